import { classifyRequest, isCaptchaCheck, isFreeRequest, type CostlyKind } from "../../sdk/costly/index.ts";
import { instanceBase, instanceOptions } from "../clients/http-requests.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { ADDRESS, addressesOf, hasBeginning, HOLE } from "./request-addresses.ts";
import { mayBeRest, restWork } from "./rest-rows.ts";
import { isSecretEnv, isSecretSetting } from "./secrets.ts";

const METHODS: ReadonlySet<string> = new Set(["get", "head", "post", "put", "patch", "delete"]);

/** Work as it is told and counted. */
export interface FetchWork {
  readonly kind: CostlyKind;
  readonly label: string;
  /** A look-up of one record, or of a few. */
  readonly isLight?: boolean;
}

/**
 * The costly work of a `fetch()`: a service that costs money by its host, and by what is asked of it, or one that is asked
 * with the server's own key. A query that is sent to a database so is a query.
 * @param isOfCaller a call that answers with what is the caller's, whatever it was asked with
 * @returns undefined: neither, or the host is not known
 */
export function fetchWork(tracer: Tracer, call: Located<CallValue>, isOfCaller: (call: CallValue) => boolean = () => false): FetchWork | undefined {
  const { value: { args }, place } = call;
  const [url] = args;
  if (!url) return undefined;
  const addresses = addressesOf(tracer, { value: url, place });
  const ofRows = addresses.find(mayBeRest);
  const query = ofRows === undefined ? undefined : restWork({ address: ofRows, method: methodOf(tracer, call), call: call.value });
  if (query) return query;
  const written = addresses.find(hasBeginning);
  const made = written === undefined || target(call.value.callee).kind === "global" ? [] : instanceOptions(tracer, call);
  const address = made.length > 0 && written !== undefined && !ADDRESS.test(written) ? below(tracer, call, written) : written;
  const parts = address === undefined ? undefined : ADDRESS.exec(address)?.groups;
  const host = parts?.["host"];
  if (address === undefined || host === undefined) return undefined;
  const path = parts?.["path"] ?? "";
  const isWhole = !path.slice(path.lastIndexOf("/") + 1).includes(HOLE);
  const asked = { host, path, isWhole, method: methodOf(tracer, call) };
  if (isFreeRequest(asked)) return undefined;
  const row = classifyRequest(asked);
  if (row) return row;
  const shown = [...args, ...made.map((options) => options.value)];
  const isKey = (part: Value): boolean => (part.kind === "env" ? part.name !== undefined && isSecretEnv(part.name) : part.kind === "member" && isSecretSetting(part));
  // Few hold any: only then is it asked what that is a part of.
  const holdsSecret = shown.some((arg) => dependsOn(arg, isKey) && dependsOn(arg, isKey, (part) => part.kind === "call" && isOfCaller(part)));
  return holdsSecret && !isCaptchaCheck(address) ? { kind: "fetch", label: `calls ${host} with the server's own key` } : undefined;
}

/** An address that is relative to what the client that sends was made with; undefined: that is not known. */
function below(tracer: Tracer, call: Located<CallValue>, written: string): string | undefined {
  const base = instanceBase(tracer, call);
  const text = base && addressesOf(tracer, base).find(hasBeginning);
  return text === undefined ? undefined : `${text.replace(/\/$/u, "")}/${written.replace(/^\//u, "")}`;
}

/** In upper case; undefined: not known. */
function methodOf(tracer: Tracer, { value: { callee, args }, place }: Located<CallValue>): string | undefined {
  const at = target(callee);
  if (at.kind === "member" && METHODS.has(at.property ?? "")) return at.property?.toUpperCase();
  const [, options] = args;
  if (!options) return at.kind === "member" ? undefined : "GET";
  const given = tracer.only({ value: options, place });
  if (given?.value.kind !== "object" || given.value.entries.some(({ key, spread }) => spread ?? key === undefined)) return undefined;
  const method = given.value.entries.findLast(({ key }) => key === "method");
  if (!method) return at.kind === "member" ? undefined : "GET";
  const constant = tracer.constant({ value: method.value, place: given.place });
  return typeof constant === "string" ? constant.toUpperCase() : undefined;
}
