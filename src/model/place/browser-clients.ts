import { credentialShape } from "../../sdk/credential-shapes.ts";
import { classifyEnvName } from "../../sdk/env-names.ts";
import { isServerSdk, type Product } from "../../sdk/packages.ts";
import type { Node } from "../syntax/ast.ts";
import type { Client } from "../clients/clients.ts";
import type { FileModel } from "../file.ts";
import { MAX_LINKS } from "../values/chains.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { leadingToUpstash } from "../relevance.ts";
import { isServerOnlyBranch } from "../flow/server-branch.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/** A client with full access that a file builds. */
export interface FullAccessClient {
  readonly node: Node;
  readonly product: string;
  /** There is no read-only use of it. */
  readonly serverOnly: boolean;
  /** The credential, where it stands in this file as an option of the client. */
  readonly credential: Value | undefined;
}

const NAMES: Readonly<Partial<Record<Product, string>>> = {
  redis: "Redis",
  ratelimit: "Ratelimit",
  qstash: "QStash",
  workflow: "Workflow",
  vector: "Vector",
  search: "Search",
  kafka: "Kafka",
  box: "Box",
};

/**
 * Clients that the file builds, and whose credential has full access. Left out are those whose secret is read at one of the
 * `told` nodes, limiters around a client that is in the list, and what comes in by an import that is a mistake of its own
 * (no-client-import): clients of other modules, and SDKs for servers. A credential that is not known is no evidence.
 */
export function browserClients(file: FileModel, told: ReadonlySet<Node>): readonly FullAccessClient[] {
  const found: FullAccessClient[] = [];
  const nodes = new Set<Node>();
  // From the innermost outwards: a limiter around a client that has been told is no second mistake.
  for (const node of leadingToUpstash(file, file.callNodes).toReversed()) {
    const value = file.evaluator.value(node);
    if (value.kind !== "call") continue;
    const client = file.clients.clientOf({ value, place: file.place });
    if (!client?.sdk || client.construction?.value !== value || client.sdk.role === "receiver-class" || isOfServerSdk(value)) continue;
    const isTold = dependsOn(value, (part) => part !== value && part.node !== undefined && (told.has(part.node) || nodes.has(part.node)));
    const access = isTold || isServerOnlyBranch(file, node) ? undefined : fullAccess(file, client, { value, place: file.place });
    if (!access) continue;
    nodes.add(node);
    found.push({ node, product: productName(client), serverOnly: client.sdk.serverOnly, credential: access.credential });
  }
  return found;
}

/** The class comes from an SDK for servers, whose import is told. */
function isOfServerSdk({ callee }: CallValue): boolean {
  const path: string[] = [];
  let at = target(callee);
  for (let links = 0; links < MAX_LINKS && (at.kind === "member" || at.kind === "await"); links++) {
    if (at.kind === "member") path.unshift(at.property ?? "*");
    at = target(at.kind === "member" ? at.object : at.value);
  }
  return at.kind === "import" && isServerSdk(at.source, [at.name === "*" ? (path[0] ?? "*") : at.name]);
}

interface Access {
  readonly credential: Value | undefined;
}

const NO_CREDENTIAL: Access = { credential: undefined };

/** The name of a client's product, for messages. */
export const productName = ({ product }: Client): string => NAMES[product] ?? product;

/** Whether a client that is built somewhere is known to have full access. */
export function hasFullAccess(file: FileModel, client: Client, construction: Located<CallValue>): boolean {
  return fullAccess(file, client, construction) !== undefined;
}

/** How a client is known to have full access; undefined: it has not, or its credential is not known. */
function fullAccess(file: FileModel, client: Client, { value: call, place }: Located<CallValue>): Access | undefined {
  const { sdk } = client;
  if (!sdk) return undefined;
  if (sdk.role === "limiter-class") return isOnReadOnlyClient(file, { value: call, place }) ? undefined : NO_CREDENTIAL;
  if (client.envMethod !== undefined && client.envMethod !== "") return NO_CREDENTIAL;
  const readsEnvironment = sdk.serverOnly && sdk.env?.[""] !== undefined;
  const options = sdk.options && call.args[sdk.options.index];
  if (!options || !sdk.options) return readsEnvironment ? NO_CREDENTIAL : undefined;
  const located = { value: options, place };
  const given = sdk.options.secrets.flatMap((name) => file.tracer.property(located, name));
  const documented = sdk.env?.[""]?.secret ?? [];
  const full = given.find(({ value }) => isFullCredential(file, value, documented));
  if (full) return { credential: full.place.module === file ? full.value : undefined };
  return given.length === 0 && readsEnvironment && isComplete(file, located) ? NO_CREDENTIAL : undefined;
}

/** A limiter that can't work, but gives nothing away: no-write-with-read-only-token. */
function isOnReadOnlyClient(file: FileModel, { value: call, place }: Located<CallValue>): boolean {
  const clients = call.args[0] ? file.tracer.property({ value: call.args[0], place }, "redis") : [];
  return clients.some((located) => {
    const client = file.clients.clientOf(located);
    return client?.construction !== undefined && fullAccess(file, client, client.construction) === undefined;
  });
}

/** An object that is written out, so that what it does not have is left to the environment. */
function isComplete(file: FileModel, located: Located): boolean {
  const value = file.tracer.only(located)?.value;
  return value?.kind === "object" && value.entries.every(({ key, spread }) => key !== undefined && !spread);
}

function isFullCredential(file: FileModel, value: Value, documented: readonly string[]): boolean {
  if (value.node && isServerOnlyBranch(file, value.node)) return false;
  if (value.kind === "env" && value.name !== undefined) {
    const { envPrefixes, readOnlyTokenEnv } = file.settings;
    const found = classifyEnvName(value.name, envPrefixes, readOnlyTokenEnv);
    // The public variables that the Vector and Search SDKs read by themselves are there for read-only tokens.
    if (found?.publicPrefix !== undefined && documented.includes(value.name)) return false;
    return found ? found.access === "full" : !/READ_?ONLY/iu.test(value.name);
  }
  const constant = constantOf(value);
  return constant !== undefined && credentialShape(constant)?.access === "full";
}
