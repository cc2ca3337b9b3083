import { RECOMMENDED_KINDS } from "../../sdk/costly/index.ts";
import { coverageOf, middlewareBefore } from "../protection/coverage.ts";
import { destinationsOf, fits, usesQstash, type Destination } from "./qstash-destinations.ts";
import { contains, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { mayUseUpstash } from "../relevance.ts";
import type { Handler } from "../handlers/index.ts";
import { exposureOf } from "../protection/protection.ts";
import { checksBefore, signatureCheckOf, type SignatureCheck } from "./signature-checks.ts";

/** A handler that QStash calls and that lets in what QStash has not sent. */
export interface OpenDestination {
  readonly handler: Handler;
  readonly check: SignatureCheck;
  /** What says that QStash calls it, in words; undefined: it stands beside a handler that checks. */
  readonly because: string | undefined;
  /**
   * The handler beside it that checks: one that runs the same function, or another method of the same path. What an
   * application answers at its other paths is for other callers.
   */
  readonly beside: string | undefined;
}

const READS_HEADER = /upstash-[a-z]/iu;
const NAMES_QSTASH = /@upstash\/(?:qstash|workflow)/u;

/** The file may answer QStash, or check its signatures: decided from text, path and dependencies. */
export function mayReceiveMessages(file: FileModel): boolean {
  const { text, mentionsUpstash } = file;
  // `upstash-signature`, also written as `Upstash-Signature`
  if ((mentionsUpstash || file.handlers.possible) && (READS_HEADER.test(text) || NAMES_QSTASH.test(text))) return true;
  // Last, because it may have to look at the texts of all files.
  return (file.handlers.possible || (text.includes(".verify") && mayUseUpstash(file))) && usesQstash(file);
}

/**
 * The handlers of a file that QStash calls and that let in anybody else.
 * @param broken calls of `verify()` that are worth nothing: handlers around them are left out
 */
export function openDestinations(file: FileModel, broken: readonly Node[]): readonly OpenDestination[] {
  if (!file.handlers.possible) return [];
  const handlers = file.handlers.all.filter(({ framework }) => framework !== "next-action");
  const isTold = handlers.length > 0 && usesQstash(file);
  const destinations = isTold ? destinationsOf(file) : [];
  const mayRead = READS_HEADER.test(file.text);
  const mayCheck = NAMES_QSTASH.test(file.text);
  const found: OpenDestination[] = [];
  const checks = new Map<Handler, SignatureCheck>();
  for (const handler of handlers) {
    const destination = destinations.find((one) => isFor(one, handler));
    if (!destination && !mayRead && !mayCheck) continue;
    const check = signatureCheckOf(file, handler);
    checks.set(handler, check);
    if (check.verdict !== "open" && check.verdict !== "bypassed") continue;
    if (check.functions.some(({ node }) => node && broken.some((call) => contains(node, call)))) continue;
    const [header] = check.headers;
    const because = destination
      ? `\`${destination.by}\` in ${destination.file} sends to it`
      : header !== undefined
        ? `it reads the \`${header}\` header`
        : check.verdict === "bypassed" && check.byQstash
          ? "it checks its signature"
          : undefined;
    if (because !== undefined) found.push({ handler, check, because, beside: undefined });
  }
  for (const [handler, check] of checks) {
    if (check.verdict !== "open" || found.some((one) => one.handler === handler)) continue;
    const checked = [...checks].filter(([, other]) => other.verdict === "checked" && other.byQstash);
    const beside = checked.find((other) => runsTheSame(check, other[1])) ?? checked.find(([other]) => other.route === handler.route);
    if (!beside || !(runsTheSame(check, beside[1]) || doesTheWork(file, handler))) continue;
    found.push({ handler, check, because: undefined, beside: beside[0].title });
  }
  return found.filter(({ handler }) => !isCovered(file, handler));
}

function isFor(destination: Destination, { route, method }: Handler): boolean {
  return route !== undefined && (method === "ANY" || method === destination.method) && fits(destination, route);
}

const runsTheSame = (check: SignatureCheck, checked: SignatureCheck): boolean => check.functions.some((fn) => checked.functions.includes(fn));

/** The handler does costly work of its own that nothing stands before. */
function doesTheWork(file: FileModel, handler: Handler): boolean {
  const exposure = exposureOf(file, handler);
  if (exposure.guarded || exposure.caller) return false;
  return exposure.open.some(({ kind }) => RECOMMENDED_KINDS.has(kind));
}

/** Something that runs before it in another file checks: where a router is mounted, or a middleware. */
function isCovered(file: FileModel, handler: Handler): boolean {
  const { framework, route } = handler;
  if (framework !== "next-app" && framework !== "next-pages") return coverageOf(file, handler).guarded;
  const before = route === undefined ? undefined : middlewareBefore(file, route);
  return before !== undefined && route !== undefined && checksBefore(file, before, route);
}
