import { httpRequestOf } from "../clients/http-requests.ts";
import type { CallValue } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { constantOf } from "../values/values.ts";
import { HOLE, urlText } from "./destination-urls.ts";

/*
 * Messages that are sent through QStash's REST API without its SDK, and headers by which it is told where answers go.
 * https://upstash.com/docs/qstash/api/publish, https://upstash.com/docs/qstash/features/callbacks
 */

/** Somebody whom QStash is told to call. */
interface Sent {
  /** As {@link urlText} has it. */
  readonly address: string;
  /** In upper case. */
  readonly method: string;
}

const HOST = /^https?:\/\/qstash[\w-]*\.upstash\.io\//u;
const BASE = /^(?:(?:\w+_)?QSTASH_URL|QSTASH_BASE_URL)$/u;
/** Behind it stands whom to call. */
const ENDPOINT = /\/v[12]\/(?:publish|schedules|enqueue\/[^/]+)\//u;
const CALLBACKS = new Set(["upstash-callback", "upstash-failure-callback"]);

/** Whom a request to QStash tells it to call; nothing where it is no such request, or that can't be told. */
export function sentByHand(tracer: Tracer, { value, place }: Located<CallValue>): readonly Sent[] {
  const request = httpRequestOf(tracer, { value, place });
  if (!request) return [];
  const parts = [request.base, request.address].filter((part) => part !== undefined);
  const text = parts.map((part) => urlText(tracer, part)).join("");
  if (!HOST.test(text) && !parts.some(isOfQstash)) return [];
  const headers = value.args.flatMap((arg) => tracer.property({ value: arg, place }, "headers")).flatMap(headersIn);
  const asked = headers.find(({ name }) => name === "upstash-method");
  const method = asked && constantOf(asked.located.value)?.toUpperCase();
  const address = toldIn(text);
  const callbacks = headers.filter(isCallback).map(({ located }) => ({ address: urlText(tracer, located), method: "POST" }));
  return [...(address === undefined ? [] : [{ address, method: method ?? "POST" }]), ...callbacks];
}

/** `QSTASH_URL` of the environment. */
const isOfQstash = ({ value }: Located): boolean => dependsOn(value, (part) => part.kind === "env" && BASE.test(part.name ?? ""));

/** Whom an address of QStash tells it to call. */
function toldIn(text: string): string | undefined {
  const endpoint = ENDPOINT.exec(text);
  if (endpoint) return text.slice(endpoint.index + endpoint[0].length);
  // `QSTASH_URL` used to end with the path: `https://qstash.upstash.io/v1/publish/`.
  return text.startsWith(HOLE) ? text.slice(HOLE.length) : undefined;
}

/** Where answers, and failures, are to be sent by what headers say. */
export function callbacksIn(headers: Located): readonly Located[] {
  return headersIn(headers).filter(isCallback).map(({ located }) => located);
}

const isCallback = ({ name }: Header): boolean => CALLBACKS.has(name);

interface Header {
  /** In lower case. */
  readonly name: string;
  readonly located: Located;
}

/** The headers that an object writes down, one by one. */
function headersIn({ value, place }: Located): readonly Header[] {
  if (value.kind !== "object") return [];
  return value.entries.flatMap((entry) => (entry.key === undefined || entry.spread ? [] : [{ name: entry.key.toLowerCase(), located: { value: entry.value, place } }]));
}
