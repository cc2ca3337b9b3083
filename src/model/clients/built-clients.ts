import type { Client } from "./clients.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { classifyEnvName } from "../../sdk/env-names.ts";
import type { Located } from "../values/trace.ts";
import { constantOf } from "../values/values.ts";

/** What a client may do, as far as its credential tells. */
export type Access = "full" | "read-only" | "unknown";

/** A client's access and what says so. */
export interface KnownAccess {
  readonly access: Access;
  /** The credential, where it is known to be one thing. */
  readonly credential: Located | undefined;
}

/** Tokens whose first byte (0x02), and Vector and Search tokens whose role, say that they only read: upstash-facts, section 4. */
const READ_ONLY_TOKEN: readonly RegExp[] = [/^A[g-v][\w-]{2}(?:AAI[a-z]cD|ASQg)[\w-]{35,110}={0,2}$/u, /^A[A-C][A-Za-z\d+/]IM[GH][A-Za-z\d+/]{60,}={0,2}$/u];

const UNKNOWN_ACCESS: KnownAccess = { access: "unknown", credential: undefined };

/**
 * What a client's credential lets it do. Read-only needs evidence for whatever the credential may be: a name or a shape that
 * says so, on each way.
 */
export function readsOnly(file: FileModel, client: Client): KnownAccess {
  const { construction, sdk } = client;
  if (!construction || !sdk?.options) return UNKNOWN_ACCESS;
  const { value, place } = construction;
  const options = value.args[sdk.options.index];
  const credentials = options ? sdk.options.secrets.flatMap((name) => file.tracer.property({ value: options, place }, name)) : [];
  const [first, ...others] = credentials;
  if (!first || !credentials.every((credential) => isReadOnly(file, credential.value))) return UNKNOWN_ACCESS;
  return { access: "read-only", credential: others.length === 0 ? first : undefined };
}

function isReadOnly(file: FileModel, value: Value): boolean {
  if (value.kind === "env" && value.name !== undefined) {
    const { envPrefixes, readOnlyTokenEnv } = file.settings;
    return classifyEnvName(value.name, envPrefixes, readOnlyTokenEnv)?.access === "read-only";
  }
  const constant = constantOf(value);
  return constant !== undefined && READ_ONLY_TOKEN.some((shape) => shape.test(constant));
}

/** Whether an object that is handed an options object with this client builds on it: `new Ratelimit({ redis })`. */
export function clientsHandedOver(file: FileModel, call: CallValue): readonly { readonly value: Value; readonly client: Client }[] {
  const path = file.tracer.canonical({ value: call.callee, place: file.place });
  if (!path || !BUILT_ON_CLIENTS.test(path.source)) return [];
  const [options] = call.args;
  const object = options && file.tracer.only({ value: options, place: file.place });
  if (object?.value.kind !== "object") return [];
  return object.value.entries.flatMap(({ key, value, spread }) => {
    if (spread || (key !== "redis" && key !== "vector" && key !== "index")) return [];
    const client = file.clients.clientOf({ value, place: object.place });
    return client && value.node ? [{ value, client }] : [];
  });
}

/** Packages of Upstash that keep data of their own with the client that they are given. */
const BUILT_ON_CLIENTS = /^@upstash\/(?:ratelimit|lock|realtime|rag-chat|semantic-cache|query)$/u;
