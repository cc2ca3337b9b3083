import { isUpstashSpecifier } from "../../sdk/packages.ts";
import { Credentials, type Credential } from "./credentials.ts";
import type { Node } from "../syntax/ast.ts";
import { unwrap } from "../syntax/ast.ts";
import { answersOf } from "./answers.ts";
import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import { markupOutlets } from "../syntax/markup.ts";
import { Outlets, type Outlet } from "./outlets.ts";
import { readableIn } from "../values/readable.ts";
import { isKnownAbsent } from "../values/presence.ts";
import { partsOf } from "../values/reach.ts";
import { importLeadsToUpstash } from "../relevance.ts";
import { target } from "../values/values.ts";

/** A credential that gets out of the program. */
export interface Exposure {
  readonly credential: Credential;
  readonly outlet: Outlet;
  /** The smallest node that shows it. */
  readonly node: Node;
}

/** Every credential that the file lets out, each node once. */
export function exposuresOf(file: FileModel): readonly Exposure[] {
  const credentials = new Credentials(file);
  const outlets = new Outlets(file);
  const found = new Map<Node, Exposure>();
  const look = (outlet: Outlet): void => {
    const { value, node, isBehind } = outlet;
    for (const shown of readableIn(file.tracer, value, node, (part, left) => credentials.shown(part, left), isBehind)) {
      const { what: credential, node: at } = shown;
      if (found.has(at) || (credential.kind === "variable" && isKnownAbsent(file, at, credential.name))) continue;
      if (credential.mayBePublic && (outlet.kind === "response" || outlet.kind === "browser")) continue;
      found.set(at, { credential, outlet, node: at });
    }
    // Loggers write out objects: a client with the headers that it sends.
    const client = outlet.kind === "log" && !isBehind ? credentials.client(value) : undefined;
    if (client && !found.has(node)) found.set(node, { credential: client, outlet, node });
  };
  for (const node of file.callNodes) {
    if (unwrap(node) !== node) continue;
    const value = file.evaluator.value(node);
    if (value.kind !== "call" || !value.args.some((arg) => mayHold(file, arg))) continue;
    const call = { value, place: file.place };
    const own = outlets.of(call, node);
    for (const outlet of own) look(outlet);
    // Only calls that hand over a credential are followed.
    const hands = own.length === 0 && value.args.some((arg) => arg.node && readableIn(file.tracer, { value: arg, place: file.place }, arg.node, (part, left) => credentials.shown(part, left)).length > 0);
    if (hands) for (const outlet of outlets.behind(call, node)) look(outlet);
  }
  for (const outlet of answersOf(file)) if (mayHold(file, outlet.value.value)) look(outlet);
  for (const outlet of markupOutlets(file, (value) => mayHold(file, value))) look(outlet);
  return [...found.values()].sort((one, other) => one.node.range[0] - other.node.range[0]);
}

/**
 * A cheap look before values are followed: variables of the environment, and what comes from modules that lead to Upstash.
 */
function mayHold(file: FileModel, value: Value): boolean {
  const seen = new Set<Value>();
  const stack = [value];
  for (let part = stack.pop(); part && seen.size < MAX_PARTS; part = stack.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    switch (part.kind) {
      case "env":
        return true;
      case "import":
        if (isUpstashSpecifier(part.source) || importLeadsToUpstash(file, part.source, part.name)) return true;
        break;
      case "operation":
        if (part.operator === "+" || part.operator === "+=") stack.push(...part.operands);
        break;
      case "class":
      case "this":
        stack.push(...part.cls.members.values(), ...part.cls.statics.values());
        break;
      case "function":
        break;
      case "call": {
        const callee = target(part.callee);
        // What a function of the file returns, or the one that `then` hands a promise's value to.
        const called = callee.kind === "function" ? [callee] : callee.kind === "member" && callee.property === "then" ? part.args : [];
        for (const fn of called.map(target)) if (fn.kind === "function") stack.push(...fn.fn.returns);
        stack.push(part.callee, ...part.args);
        break;
      }
      default:
        stack.push(...partsOf(part));
    }
  }
  return false;
}

const MAX_PARTS = 300;
