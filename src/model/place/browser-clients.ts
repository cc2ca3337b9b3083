import { credentialShape } from "../../sdk/credential-shapes.ts";
import { classifyEnvName } from "../../sdk/env-names.ts";
import type { Product } from "../../sdk/packages.ts";
import type { Node } from "../syntax/ast.ts";
import { unwrap } from "../syntax/ast.ts";
import type { Client } from "../clients/clients.ts";
import { comesFromServerFunction, type Among, patternsOf, runtimeImports } from "../credentials/environment.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { leadingToUpstash } from "../relevance.ts";
import { isServerOnlyBranch, saysServer } from "../flow/server-branch.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, memberOf, target } from "../values/values.ts";

/** A client with full access that a file builds, or takes from another module. */
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
 * Clients of the file whose credential has full access. Those whose secret is read at one of the `told` nodes, and
 * limiters around a client that is in the list, are left out. A credential that is not known is no evidence.
 */
export function browserClients(file: FileModel, told: ReadonlySet<Node>): readonly FullAccessClient[] {
  const found: FullAccessClient[] = [];
  const nodes = new Set<Node>();
  const add = (node: Node, client: Client, access: Access): void => {
    if (nodes.has(node) || isServerOnlyBranch(file, node)) return;
    nodes.add(node);
    found.push({ node, product: productName(client), serverOnly: client.sdk?.serverOnly ?? true, credential: access.credential });
  };
  const addTaken = (node: Node, value: Value): void => {
    const client = takenFromElsewhere(file, { value, place: file.place });
    if (client) add(node, client, NO_CREDENTIAL);
  };
  const among: Among = (nodes) => leadingToUpstash(file, nodes);
  for (const { node, value } of runtimeImports(file, among)) addTaken(node, value);
  for (const node of among(file.memberNodes)) {
    if (unwrap(node) === node && isModule(file.evaluator.value(node.object))) addTaken(node, file.evaluator.value(node));
  }
  for (const { pattern, value } of patternsOf(file, among)) {
    if (!isModule(value)) continue;
    for (const property of pattern.properties) {
      if (property.type !== "Property" || property.computed || property.key.type !== "Identifier") continue;
      addTaken(property, memberOf(value, property.key.name));
    }
  }
  // From the innermost outwards: a limiter around a client that has been told is no second mistake.
  for (const node of among(file.callNodes).toReversed()) {
    const value = file.evaluator.value(node);
    if (value.kind !== "call") continue;
    const located = { value, place: file.place };
    const client = file.clients.clientOf(located);
    if (!client?.sdk || client.sdk.role === "receiver-class") continue;
    if (client.construction?.value !== value) {
      // `getRedis()` of another file; what is made from an imported client has been told.
      if (leadsToImport(value.callee) && value.args.every((argument) => !file.clients.clientOf({ value: argument, place: file.place }))) {
        addTaken(node, value);
      }
      continue;
    }
    const isTold = dependsOn(value, (part) => part !== value && part.node !== undefined && (told.has(part.node) || nodes.has(part.node)));
    const access = isTold ? undefined : fullAccess(file, client, { value, place: file.place });
    if (access) add(node, client, access);
  }
  return found;
}

/** The client with full access that a value of another module is. */
function takenFromElsewhere(file: FileModel, located: Located): Client | undefined {
  const client = file.clients.clientOf(located);
  if (!client?.sdk) return undefined;
  if (client.sdk.role === "client-instance") return client;
  const { construction } = client;
  if (!construction || construction.place.module === file || client.sdk.role === "receiver-class") return undefined;
  if (construction.place.module.directives.includes("use server") || comesFromServerFunction(file, located)) return undefined;
  if (isBuiltOnOneSide(file, located)) return undefined;
  return fullAccess(file, client, construction) && client;
}

/** `typeof window === "undefined" ? Redis.fromEnv() : null` in the other module. */
function isBuiltOnOneSide(file: FileModel, located: Located): boolean {
  const { value, place } = located;
  const own = target(value);
  const imported = own.kind === "import" ? file.tracer.imported(own, place) : undefined;
  if (imported) return isBuiltOnOneSide(file, imported);
  return own.kind === "choice" && own.test !== undefined && saysServer(file, { value: own.test, place }) !== undefined;
}

/** The namespace of a module: `import * as`, `require()`, `await import()`. */
function isModule(value: Value): boolean {
  const at = target(value);
  const module = at.kind === "await" ? target(at.value) : at;
  return module.kind === "import";
}

function leadsToImport(callee: Value): boolean {
  let at = target(callee);
  while (at.kind === "member" || at.kind === "await") at = target(at.kind === "member" ? at.object : at.value);
  return at.kind === "import";
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
