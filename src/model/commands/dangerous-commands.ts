import { lastName, stageBranches } from "../protection/caller-checks.ts";
import { namesDangerousCommand } from "../../project/glance.ts";
import type { Node } from "../syntax/ast.ts";
import { mayLeadToDanger, mayRunTowardsDanger } from "../relevance.ts";
import type { Command } from "../clients/clients.ts";
import { isRequestName } from "../clients/http-requests.ts";
import type { FileModel } from "../file.ts";
import { walk } from "../flow/flow.ts";
import { OPEN, type Guarded } from "../flow/guarded.ts";
import type { BranchFacts, FlowPolicy } from "../flow/policy.ts";
import { isCachedCall } from "../flow/next-caches.ts";
import { unwrapHandler, type Handler } from "../handlers/index.ts";
import { pagesOf } from "../handlers/pages.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { optionOf } from "../values/options.ts";
import { soundsLikeStage, tellsStage } from "../qstash/signature-checks.ts";
import { mayRunInProduction } from "../flow/stage-guards.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import { within } from "../../project/root.ts";

/** What a command does that no request should: empty the database or its scripts, or read every key of it. */
type Danger = "data" | "scripts" | "keys";

/** A dangerous command that a request runs. */
export interface DangerousCommand {
  readonly danger: Danger;
  /** As it is written: `flushall`, `functions.flush`, `SCRIPT FLUSH`. */
  readonly label: string;
  readonly command: Command;
  /** The command, or the call of this file that leads to it. */
  readonly node: Node;
  /** The file that it is in, relative to the root; undefined for this one. */
  readonly path: string | undefined;
  readonly handler: Handler;
}

/** Last names of methods; `exec` takes raw commands. */
const METHODS = /^(?:flushall|flushdb|keys|scan|scanIterator|scriptFlush|flush|exec)$/iu;

/** Decided from texts: false where neither the file nor what it imports writes such a command. */
export function mayRunDangerousCommand(file: FileModel): boolean {
  return namesDangerousCommand(file.text) || mayLeadToDanger(file);
}

/** Where requests to the file's handlers and pages run a dangerous command, in production too as far as can be read. */
export function dangerousCommands(file: FileModel): readonly DangerousCommand[] {
  const found = new Map<Node, DangerousCommand>();
  for (const handler of [...file.handlers.all, ...pagesOf(file)]) {
    if (!mayRunInProduction(file, handler.node)) continue;
    for (const one of new Search(file, handler).run()) if (!found.has(one.node)) found.set(one.node, one);
  }
  return [...found.values()].sort((one, other) => one.node.range[0] - other.node.range[0]);
}

/** Reads what a request to one handler runs. A path is guarded where it is not for production. */
class Search implements FlowPolicy {
  readonly #file: FileModel;
  readonly #handler: Handler;
  readonly #found: DangerousCommand[] = [];
  /** The last call of this file that was met: what other files do from there on, it leads to. */
  #lead: Node | undefined;
  #asksStage = false;

  constructor(file: FileModel, handler: Handler) {
    this.#file = file;
    this.#handler = handler;
  }

  run(): readonly DangerousCommand[] {
    const { tracer } = this.#file;
    for (const middleware of this.#handler.before) {
      for (const callee of tracer.functions(middleware)) walk(tracer, callee, this);
    }
    // What middleware makes of the stage, such as to answer by itself, is not known.
    if (this.#asksStage || this.#handler.before.some(({ value }) => isNamedForStage(value))) return [];
    for (const { wrappers, ...callee } of unwrapHandler(tracer, this.#handler.value).functions) {
      if (!wrappers.some(({ value }) => isNamedForStage(value))) walk(tracer, callee, this, OPEN);
    }
    return this.#found;
  }

  call(call: Located<CallValue>, state: Guarded): "skip" | undefined {
    const isOwn = call.place.module === this.#file;
    if (isOwn && call.value.node) this.#lead = call.value.node;
    const callee = target(call.value.callee);
    if (isCachedCall(this.#file.tracer, call)) return "skip";
    const mayRun = callee.kind === "member" ? callee.property !== undefined && METHODS.test(callee.property) : isRequestName(callee);
    // What leads to no such command need not be read.
    if (!mayRun) return mayRunTowardsDanger(this.#file, call) ? undefined : "skip";
    const command = this.#file.clients.commandOf(call);
    if (!command) return undefined;
    const danger = dangerOf(this.#file.tracer, command);
    const node = this.#lead;
    if (danger && node && !state.every && mayRunInProduction(this.#file, node)) {
      this.#found.push({ ...danger, command, node, path: isOwn ? undefined : this.#pathOf(call), handler: this.#handler });
    }
    return "skip";
  }

  branch(test: Located): BranchFacts | undefined {
    const [only] = this.#file.tracer.alternatives(test);
    const stage = stageBranches(test.value) ?? (only && stageBranches(only.value));
    if (stage) {
      this.#asksStage = true;
      return { then: stage.then, else: stage.otherwise };
    }
    if (!tellsStage(test.value)) return undefined;
    this.#asksStage = true;
    return { then: true, else: true };
  }

  #pathOf({ place }: Located): string | undefined {
    const { root } = this.#file;
    const { path } = place.module;
    return path !== undefined && root !== undefined && path.startsWith(root) ? within(root, path) : path;
  }
}

/** `devOnly(handler)`, `requireDevelopment` */
function isNamedForStage(value: Value): boolean {
  const name = lastName(value);
  return name !== undefined && soundsLikeStage(name);
}

/** What a command does. Undefined: nothing dangerous, or that can't be known. */
function dangerOf(tracer: Tracer, command: Command): Pick<DangerousCommand, "danger" | "label"> | undefined {
  const { name, args, isRaw } = command;
  const label = isRaw ? name.toUpperCase() : name;
  switch (name) {
    case "flushall":
    case "flushdb":
      return { danger: "data", label };
    case "scriptFlush":
    case "functions.flush":
      return { danger: "scripts", label };
    case "script":
    case "function":
      return args[0] && constantOf(args[0].value)?.toUpperCase() === "FLUSH" ? { danger: "scripts", label: `${label} FLUSH` } : undefined;
    case "keys":
      return { danger: "keys", label };
    case "scan":
    case "scanIterator":
      return isUnbounded(tracer, command) ? { danger: "keys", label } : undefined;
    default:
      return undefined;
  }
}

/** Certainly without a pattern, or with one that every key fits. */
function isUnbounded(tracer: Tracer, { args, isRaw, name, call }: Command): boolean {
  if (call.value.spreadAt !== undefined) return false;
  if (isRaw) {
    const words = args.map(({ value }) => constantOf(value));
    const at = words.findIndex((word) => word?.toUpperCase() === "MATCH");
    return at < 0 ? words.every((word, index) => index === 0 || word !== undefined) : isEverything(words[at + 1]);
  }
  const options = args[name === "scan" ? 1 : 0];
  if (!options) return true;
  const match = optionOf(tracer, { value: options.value, place: call.place }, "match");
  if (match.is === "absent") return true;
  if (match.is === "unknown") return false;
  return match.values.every((value) => isEverything(tracer.constant(value)));
}

const isEverything = (pattern: unknown): boolean => typeof pattern === "string" && /^\*+$/u.test(pattern);
