import type { TSESTree } from "@typescript-eslint/types";
import { enclosingFunction, type Node } from "../syntax/ast.ts";
import type { Clients, Command } from "../clients/clients.ts";
import { expiryOf } from "./expiry.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import type { FileModel } from "../file.ts";
import { signatureOf } from "./key-signature.ts";
import type { Place, Tracer } from "../values/trace.ts";

/** Whether a key gets its expiry around a write, by the ways that the function can take from there. */
export type Around = "always" | "sometimes" | "never" | "unknown";

/** Commands that give a key an end, or remove it. */
const ENDING = new Set(["expire", "pexpire", "expireat", "pexpireat", "hexpire", "hpexpire", "hexpireat", "hpexpireat", "setex", "psetex", "del", "unlink", "getdel"]);
/** Commands that keep an expiry which the key has. */
const REPLACING = new Set(["set", "getset", "mset", "msetnx", "setnx"]);
/** What may do anything with the keys that it is given. */
const OPEN = new Set(["eval", "evalsha", "functions.call"]);
const MAX_CALLS = 4;

/**
 * What is done with the key of a write in the function, or module, that it stands in.
 * @param steps what that function does
 * @param write the call that writes: the command's own, or that of the function which runs it
 */
export function expiryAround(tracer: Tracer, clients: Clients, command: Command, steps: readonly Step[], write: CallValue, place: Place): Around {
  const [key] = command.keys;
  if (!key) return "unknown";
  const search = new Paths(tracer, clients, signatureOf(tracer, { value: key, place: command.call.place }), write);
  search.keepsEarlier = !REPLACING.has(command.name);
  const states = search.run(steps, place, new Set<State>(["before"]), 0);
  const ends = new Set([...search.returned, ...states]);
  ends.delete("before");
  ends.delete("early");
  if (search.isOpen || ends.size === 0) return "unknown";
  if (!ends.has("open")) return "always";
  return ends.has("ended") ? "sometimes" : "never";
}

/** Where a path is: the write is still to come, maybe with an end that the key has by then; is made; has an end. */
type State = "before" | "early" | "open" | "ended";

class Paths {
  /** States at the returns of the function. */
  readonly returned = new Set<State>();
  /** Something was met that may do anything with the key. */
  isOpen = false;
  /** The write keeps an expiry that the key has. */
  keepsEarlier = false;
  readonly #tracer: Tracer;
  readonly #clients: Clients;
  readonly #key: string;
  readonly #write: CallValue;
  readonly #active = new Set<FunctionFacts>();

  constructor(tracer: Tracer, clients: Clients, key: string, write: CallValue) {
    this.#tracer = tracer;
    this.#clients = clients;
    this.#key = key;
    this.#write = write;
  }

  run(steps: readonly Step[], place: Place, start: ReadonlySet<State>, depth: number): ReadonlySet<State> {
    let states = start;
    for (const step of steps) {
      if (states.size === 0) return states;
      states = this.#step(step, place, states, depth);
    }
    return states;
  }

  /** True where a call gives the key an end, itself or in the functions that it leads to, on all ways. */
  #ends({ value, place }: { readonly value: CallValue; readonly place: Place }, depth: number): boolean {
    const command = this.#clients.commandOf({ value, place });
    if (command) {
      const keys = command.keys.map((key) => signatureOf(this.#tracer, { value: key, place }));
      if (OPEN.has(command.name) && command.args.some(({ role, value: list }) => role === "scriptKeys" && list.kind === "array" && list.items.some((item) => signatureOf(this.#tracer, { value: item, place }) === this.#key))) {
        this.isOpen = true;
      }
      if (!keys.includes(this.#key) || value.node === this.#write.node) return false;
      return ENDING.has(command.name) || (command.name !== "hexpire" && expiryOf(this.#tracer, command) !== "none");
    }
    if (depth >= MAX_CALLS) return false;
    const functions = this.#tracer.functions({ value: value.callee, place });
    return functions.length > 0 && functions.every((callee) => {
      const states = this.#inside(callee.fn, this.#tracer.inside({ value, place }, callee), new Set<State>(["open"]), depth + 1);
      return states.size > 0 && !states.has("open");
    });
  }

  /** The states at all ends of a function that is called on the way. */
  #inside(fn: FunctionFacts, place: Place, start: ReadonlySet<State>, depth: number): ReadonlySet<State> {
    if (this.#active.has(fn) || depth > MAX_CALLS) return start;
    this.#active.add(fn);
    const inner = new Paths(this.#tracer, this.#clients, this.#key, this.#write);
    inner.keepsEarlier = this.keepsEarlier;
    for (const active of this.#active) inner.#active.add(active);
    const states = inner.run(fn.body, place, start, depth);
    this.#active.delete(fn);
    this.isOpen ||= inner.isOpen;
    return new Set([...states, ...inner.returned]);
  }

  #step(step: Step, place: Place, states: ReadonlySet<State>, depth: number): ReadonlySet<State> {
    const run = (steps: readonly Step[], from: ReadonlySet<State> = states): ReadonlySet<State> => this.run(steps, place, from, depth);
    switch (step.op) {
      case "call":
        return this.#call(step.call, place, states, depth);
      case "if":
        return new Set([...run(step.then), ...run(step.else)]);
      case "loop": {
        const after = run(step.body);
        return step.atLeastOnce ? after : new Set([...states, ...after]);
      }
      case "try": {
        const block = run(step.block);
        const handler = step.handler ? run(step.handler) : [];
        return run(step.finalizer, new Set([...block, ...handler]));
      }
      case "switch": {
        const open = step.cases.every((branch) => branch.test !== undefined) ? [...states] : [];
        return new Set([...step.cases.flatMap((branch) => [...run(branch.body)]), ...open]);
      }
      case "return":
        for (const state of states) this.returned.add(state);
        return new Set();
      case "throw":
        return new Set();
      default:
        return states;
    }
  }

  #call(call: CallValue, place: Place, states: ReadonlySet<State>, depth: number): ReadonlySet<State> {
    const isWrite = call === this.#write || (call.node !== undefined && call.node === this.#write.node);
    if (isWrite) return new Set([...states].map((state): State => (state === "early" || state === "ended" ? "ended" : "open")));
    // What an unknown function runs of what it is given may stand here too: `after(() => redis.expire(key, 60))`.
    let now = states;
    for (const fn of now.has("open") ? call.args.flatMap(inlineFunctions) : []) {
      const inner = this.#inside(fn, place, now, depth + 1);
      if (inner.has("ended") && !inner.has("open")) now = inner;
    }
    const mayEnd = now.has("open") || (this.keepsEarlier && now.has("before"));
    if (!mayEnd || !this.#ends({ value: call, place }, depth)) return now;
    return new Set([...now].map((state): State => (state === "open" ? "ended" : state === "before" && this.keepsEarlier ? "early" : state)));
  }
}

function inlineFunctions(value: Value): readonly FunctionFacts[] {
  if (value.kind === "function") return [value.fn];
  return value.kind === "ref" && value.target.kind === "function" ? [value.target.fn] : [];
}

/**
 * Whether the key of a write gets an expiry in the function of the linted file that the write stands in, or in one
 * around it. Also unknown: another function of the file gives keys with that beginning an expiry.
 * @param node the call that writes: the command's own, or that of a project's function
 */
export function expiryAt(file: FileModel, command: Command, node: TSESTree.CallExpression): Around {
  const own = inFunction(file, command, node);
  if (own === "always" || own === "unknown") return own;
  // The wrapper that is called may see to it itself.
  const { frame } = command.call.place;
  if (frame) {
    const inside = expiryAround(file.tracer, file.clients, command, frame.fn.body, command.call.value, command.call.place);
    if (inside !== "never") return inside;
  }
  if (outside(file, command, node)) return "always";
  return isEndedElsewhere(file, command, node) ? "unknown" : own;
}

function inFunction(file: FileModel, command: Command, node: TSESTree.CallExpression): Around {
  const value = file.evaluator.value(node);
  if (value.kind !== "call") return "unknown";
  const fn = enclosingFunction(node);
  const steps = fn ? file.evaluator.fn(fn).body : file.body;
  return expiryAround(file.tracer, file.clients, command, steps, value, file.place);
}

/** `await Promise.all(ids.map(async (id) => { … }))`: what follows the callback follows the write. */
function outside(file: FileModel, command: Command, node: Node): boolean {
  const fn = enclosingFunction(node);
  const call = fn?.parent;
  if (call?.type !== "CallExpression") return false;
  return inFunction(file, command, call) === "always" || outside(file, command, call);
}

const ENDING_TEXT = /\b(?:p?expire(?:at)?|setex)\b/u;

function isEndedElsewhere(file: FileModel, command: Command, node: Node): boolean {
  const [key] = command.keys;
  if (!key || !ENDING_TEXT.test(file.text)) return false;
  const { tracer } = file;
  const own = enclosingFunction(node);
  const signature = signatureOf(tracer, { value: key, place: command.call.place });
  const [prefix = ""] = /^"[^"]+/u.exec(signature) ?? [];
  return file.callNodes.some((call) => {
    if (call.type !== "CallExpression" || enclosingFunction(call) === own) return false;
    const other = file.commandAt(call);
    if (!other || !ENDING.has(other.name)) return false;
    return other.keys.some((ended) => {
      const found = signatureOf(tracer, { value: ended, place: other.call.place });
      return found === signature || (prefix !== "" && found.startsWith(prefix));
    });
  });
}
