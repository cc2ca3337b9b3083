import { isFunction, unwrap, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { beginning, EVERY_LINK } from "../values/chains.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { importLeadsToUpstash } from "../relevance.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** Where an error of Upstash is caught, and the call that it may come from. */
export interface Caught {
  /** The `catch` clause, or the function handed to `.catch()`. */
  readonly by: Node;
  /** The command or method, or the project's function that runs one. */
  readonly call: string;
}

const MAX_DEPTH = 3;
const RUNS = {};

/** Knows which values of a file are errors that a call to Upstash may have thrown. */
export class CaughtErrors {
  readonly #file: FileModel;
  readonly #known = new Map<Node, string | undefined>();

  constructor(file: FileModel) {
    this.#file = file;
  }

  /** Undefined: the value is no such error, or that is not known. */
  of(located: Located): Caught | undefined {
    for (const { value } of this.#file.tracer.alternatives(located)) {
      const found = target(value);
      const by = found.kind === "unknown" ? found.node : found.kind === "param" && found.index === 0 ? found.fn.node : undefined;
      const tried = by && triedBy(by);
      if (!by || !tried) continue;
      const call = this.#upstashIn(tried);
      if (call !== undefined) return { by, call };
    }
    return undefined;
  }

  /** The first call in a part of the file that reaches Upstash. */
  #upstashIn(tried: Node): string | undefined {
    if (this.#known.has(tried)) return this.#known.get(tried);
    const [start, end] = tried.range;
    let found: string | undefined;
    for (const node of this.#file.callNodes) {
      if (node.range[0] < start || node.range[1] > end || isCaughtWithin(node, tried)) continue;
      const value = this.#file.evaluator.value(node);
      if (value.kind !== "call" || value.isNew) continue;
      found = this.#runs({ value, place: this.#file.place }, 0);
      if (found !== undefined) break;
    }
    this.#known.set(tried, found);
    return found;
  }

  /** The name of the command or method that a call runs, itself or in the functions of the project. */
  #runs(call: Located<CallValue>, depth: number): string | undefined {
    const { clients, tracer } = this.#file;
    const command = clients.commandOf(call);
    // What ioredis and node-redis throw says what Redis answered, and a request that fails says nothing of its command.
    if (command) return command.via === undefined ? command.name : undefined;
    const callee = target(call.value.callee);
    if (callee.kind === "member" && callee.property !== undefined) {
      const client = clients.clientOf({ value: callee.object, place: call.place });
      if (client) return callee.property;
    }
    if (depth >= MAX_DEPTH || (call.place.module === this.#file && !this.#mayLead(callee))) return undefined;
    const name = callee.kind === "member" ? callee.property : call.value.callee.kind === "ref" ? call.value.callee.name : undefined;
    const runs = tracer.functions({ value: call.value.callee, place: call.place }).some(({ fn, place }) => this.#functionRuns(fn, place, depth));
    return runs ? (name ?? "the function") : undefined;
  }

  /** What is called is of the file, or of a module that leads to Upstash. */
  #mayLead(callee: Value): boolean {
    const at = beginning(callee, EVERY_LINK);
    return at.kind !== "import" || importLeadsToUpstash(this.#file, at.source, at.name);
  }

  #functionRuns(fn: FunctionFacts, { module }: Place, depth: number): boolean {
    const place = { module };
    return this.#file.tracer.memo(RUNS, { value: { kind: "function", fn }, place }, false, () =>
      uncaughtCalls(fn.body).some((value) => !value.isNew && this.#runs({ value, place }, depth + 1) !== undefined),
    );
  }
}

/** What a `catch` clause, or a function handed to `.catch()`, catches the errors of. */
function triedBy(by: Node): Node | undefined {
  if (by.type === "CatchClause") return (by.parent).block;
  const parent = isFunction(by) ? (by.parent) : undefined;
  if (parent?.type !== "CallExpression") return undefined;
  const callee = unwrap(parent.callee);
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return undefined;
  const { name } = callee.property;
  const handles = (name === "catch" && parent.arguments[0] === (by as Node)) || (name === "then" && parent.arguments[1] === (by as Node));
  return handles ? callee.object : undefined;
}

/** What runs the promise that it is handed beside the request. */
const BESIDE = /^(?:waitUntil|after)$/u;

/** The promise does not fail what is around it: `Promise.allSettled([…])`, `waitUntil(…)`, `void …`. */
function isSettledBy(parent: Node, at: Node): boolean {
  if (parent.type === "UnaryExpression") return parent.operator === "void";
  if (parent.type !== "CallExpression" || parent.callee === at) return false;
  const callee = unwrap(parent.callee);
  if (callee.type === "Identifier") return BESIDE.test(callee.name);
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return false;
  return BESIDE.test(callee.property.name) || (callee.property.name === "allSettled" && callee.object.type === "Identifier" && callee.object.name === "Promise");
}

/** Another `catch` stands between a call and what is tried around it, or nobody waits for it there. */
function isCaughtWithin(node: Node, tried: Node): boolean {
  for (let at = node; at.parent && at !== tried; at = at.parent) {
    const { parent } = at;
    if (isSettledBy(parent, at)) return true;
    if (parent.type === "TryStatement" && parent.handler && parent.block === at && parent.block !== tried) return true;
    if (parent.type === "MemberExpression" && parent.object === at && parent.property.type === "Identifier" && parent.property.name === "catch" && parent !== tried.parent) return true;
  }
  return false;
}

/** The calls whose errors leave a function: those in a `try` with a handler do not. */
function uncaughtCalls(steps: readonly Step[]): readonly CallValue[] {
  return steps.flatMap((step): readonly CallValue[] => {
    switch (step.op) {
      case "call":
        return [step.call];
      case "if":
        return uncaughtCalls([...step.then, ...step.else]);
      case "loop":
        return uncaughtCalls(step.body);
      case "try":
        return uncaughtCalls([...(step.handler ?? step.block), ...step.finalizer]);
      case "switch":
        return step.cases.flatMap(({ body }) => uncaughtCalls(body));
      default:
        return [];
    }
  });
}
