import { classifyEnvName } from "../sdk/env-names.ts";
import type { Product } from "../sdk/packages.ts";
import type { Node } from "./ast.ts";
import type { Client } from "./clients.ts";
import type { FileModel } from "./file.ts";
import { dependsOn } from "./reach.ts";
import type { CallValue } from "./ir.ts";
import { constantOf } from "./values.ts";

/** A client with full access that a module builds or imports ready-made. */
export interface FullAccessClient {
  readonly node: Node;
  readonly product: string;
  /** There is no read-only use of it. */
  readonly serverOnly: boolean;
}

const NAMES: Readonly<Partial<Record<Product, string>>> = {
  redis: "Redis",
  ratelimit: "Ratelimit",
  qstash: "QStash",
  workflow: "Workflow",
  vector: "Vector",
  search: "Search",
  kafka: "Kafka",
};

/** Second character of a Redis token: which of the two tokens it is (bytes 0x01 and 0x02). */
const READ_ONLY_TOKEN = /^A[g-v]/u;

/**
 * Clients of the file whose credential has full access. Those whose secret is read at one of the `told` nodes are left
 * out: the read has been reported. A credential that is not known is no evidence.
 */
export function browserClients(file: FileModel, told: ReadonlySet<Node>): readonly FullAccessClient[] {
  const found: FullAccessClient[] = [];
  const nodes = new Set<Node>();
  for (const node of file.callNodes) {
    const value = file.evaluator.value(node);
    if (value.kind !== "call") continue;
    const client = file.clients.clientOf({ value, place: file.place });
    // What a function of another file builds is that file's affair.
    if (!client?.sdk || client.construction?.value !== value || client.sdk.role === "receiver-class") continue;
    const reads = dependsOn(value, (part) => part.node !== undefined && part !== value && (told.has(part.node) || nodes.has(part.node)));
    const hasToken = !reads && hasFullAccess(file, client, value);
    if (!hasToken) continue;
    nodes.add(node);
    found.push({ node, product: NAMES[client.product] ?? client.product, serverOnly: client.sdk.serverOnly });
  }
  for (const statement of file.ast.body) {
    if (statement.type !== "ImportDeclaration" || statement.importKind === "type") continue;
    for (const specifier of statement.specifiers) {
      const [variable] = file.evaluator.scopeManager.getDeclaredVariables(specifier);
      const client = variable && file.clients.clientOf({ value: file.evaluator.ref(variable), place: file.place });
      if (client?.sdk?.role === "client-instance" && variable?.references.length) {
        found.push({ node: specifier, product: NAMES[client.product] ?? client.product, serverOnly: true });
      }
    }
  }
  return found;
}

function hasFullAccess(file: FileModel, client: Client, call: CallValue): boolean {
  const { sdk } = client;
  if (!sdk) return false;
  if (sdk.role === "limiter-class") return true;
  if (client.envMethod !== undefined && client.envMethod !== "") return true;
  const options = sdk.options && call.args[sdk.options.index];
  if (!options || !sdk.options) return sdk.serverOnly && sdk.env !== undefined;
  return sdk.options.secrets.some((name) =>
    file.tracer.property({ value: options, place: file.place }, name).some(({ value }) => {
      if (value.kind === "env" && value.name !== undefined) {
        const { envPrefixes, readOnlyTokenEnv } = file.settings;
        return classifyEnvName(value.name, envPrefixes, readOnlyTokenEnv)?.access !== "read-only";
      }
      const constant = constantOf(value);
      return constant !== undefined && constant.length > 20 && !READ_ONLY_TOKEN.test(constant);
    }),
  );
}
