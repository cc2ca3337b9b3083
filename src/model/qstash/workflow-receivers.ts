import { sdkExport } from "../../sdk/packages.ts";
import { lastName, stageBranches } from "../protection/caller-checks.ts";
import { wrapped, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { optionOf } from "../values/options.ts";
import { tellsStage, wordsFor } from "./signature-checks.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A call that makes a workflow's handler, or a workflow for one. */
export interface ServeCall {
  readonly call: Located<CallValue>;
  /** As the SDK calls it: `serve`, `createWorkflow`. */
  readonly name: string;
  /** It answers requests by itself. */
  readonly answers: boolean;
  readonly options: Located | undefined;
}

/** What becomes of the check of signatures (upstash-facts, section 7.2; `tests/sdk/workflow-receivers.test.ts` runs it). */
export type ReceiverState =
  /** A `receiver` is handed over, or nothing can be said. */
  | { readonly is: "fine" }
  /** `receiver` is there and holds nothing: no check, even where the keys are set. */
  | { readonly is: "off"; readonly value: string; readonly node: Node | undefined }
  /** There is a receiver under a condition only. */
  | { readonly is: "conditional"; readonly condition: string | undefined; readonly node: Node | undefined }
  /** `env` is written out and holds no signing keys. */
  | { readonly is: "no-keys"; readonly node: Node | undefined }
  /** It is left to the environment. */
  | { readonly is: "implicit" };

const FINE: ReceiverState = { is: "fine" };
const NAMES = /^(?:serve|serveMany|servePagesRouter|serveManyPagesRouter|createWorkflow|createWorkflowPagesRouter)$/u;
const KEYS = ["QSTASH_CURRENT_SIGNING_KEY", "QSTASH_NEXT_SIGNING_KEY"];

/** Text test: false where none of these functions is named, and no receiver. */
export const mayServe = (text: string): boolean => ["serve", "createWorkflow", "receiver"].some((word) => text.includes(word));

/** Every call of the file that makes a workflow. */
export function serveCalls(file: FileModel): readonly ServeCall[] {
  const found: ServeCall[] = [];
  for (const node of file.callNodes) {
    if (node.type !== "CallExpression") continue;
    const value = file.evaluator.value(node);
    if (value.kind !== "call" || !mayBeServe(value.callee)) continue;
    const path = file.tracer.canonical({ value: value.callee, place: file.place });
    const name = path?.path.findLast((part) => part !== "default" && part !== "*");
    const sdk = path && name !== undefined && path.path.length <= 2 ? sdkExport(path.source, name) : undefined;
    if (sdk?.product !== "workflow" || name === undefined || !NAMES.test(name)) continue;
    const index = sdk.options?.index ?? 1;
    // What is spread may hold the options.
    if (value.spreadAt !== undefined && value.spreadAt <= index) continue;
    const options = value.args[index];
    found.push({
      call: { value, place: file.place },
      name,
      answers: sdk.role === "serve",
      options: options && { value: options, place: file.place },
    });
  }
  return found;
}

/** By the name, or where it comes from an import under another one. */
function mayBeServe(callee: Value): boolean {
  // `serve(…)(context)` runs what has been made.
  if (target(callee).kind === "call") return false;
  const name = lastName(callee);
  if (name !== undefined && NAMES.test(name)) return true;
  const at = target(callee);
  return at.kind === "import" || at.kind === "member" || at.kind === "choice" ? NAMES.test(lastName(at) ?? "") || callee.kind === "ref" : false;
}

/** Nobody's request gets there: the handler stays in the file, which calls it with requests of its own making. */
export function isCalledByHand(file: FileModel, { call: { value } }: ServeCall): boolean {
  const declarator = value.node && wrapped(value.node).parent;
  if (declarator?.type !== "VariableDeclarator" || declarator.parent.parent.type !== "Program") return false;
  const variables = file.evaluator.scopeManager.getDeclaredVariables(declarator);
  const uses = variables.flatMap(({ references }) => references.filter(({ init }) => !init));
  return uses.length > 0 && uses.every(({ identifier }) => {
    const member = wrapped(identifier).parent;
    const callee = member?.type === "MemberExpression" && member.object === identifier ? wrapped(member) : wrapped(identifier);
    const call = callee.parent?.type === "CallExpression" && callee.parent.callee === callee ? file.evaluator.value(callee.parent) : undefined;
    return call?.kind === "call" && call.args.length > 0 && call.args.some((arg) => isOwnRequest(file, { value: arg, place: file.place }));
  });
}

function isOwnRequest(file: FileModel, located: Located): boolean {
  const found = file.tracer.alternatives(located);
  return found.length > 0 && found.every(({ value, place }) => {
    const path = value.kind === "call" && value.isNew ? file.tracer.canonical({ value: value.callee, place }) : undefined;
    return path?.path.at(-1) === "Request" && value.kind === "call" && !value.args.some((arg) => dependsOn(arg, ({ kind }) => kind === "param"));
  });
}

export function receiverStateOf(file: FileModel, { options }: ServeCall): ReceiverState {
  if (!options) return { is: "implicit" };
  const option = optionOf(file.tracer, options, "receiver");
  if (option.is === "given") {
    const { entry, values } = option;
    // Behind a spread, the value is to be read where the object stands; a plain one, here.
    const [first] = values;
    const located = first && values.length === 1 ? first : { value: entry.value, place: options.place };
    const state = stateOf(file, located.value === entry.value || values.length > 1 ? { value: entry.value, place: placeOf(file, options, entry.value) } : located, 0);
    const node = entry.node ?? entry.value.node;
    if (state.is === "off") return { is: "off", value: state.value, node };
    return state.is === "maybe" ? { is: "conditional", condition: state.condition, node } : FINE;
  }
  if (option.is === "unknown") return FINE;
  const env = optionOf(file.tracer, options, "env");
  if (env.is === "given" && env.values.length > 0 && env.values.every((value) => holdsNoKeys(file, value))) {
    return { is: "no-keys", node: env.entry.node ?? env.entry.value.node };
  }
  return env.is === "unknown" ? FINE : { is: "implicit" };
}

/** The module in which a value is written: that of the file, unless the options come from elsewhere. */
function placeOf(file: FileModel, options: Located, value: Value): Located["place"] {
  if (value.node) return file.place;
  return file.tracer.only(options)?.place ?? options.place;
}

type State = { readonly is: "on" | "unknown" } | { readonly is: "off"; readonly value: string } | { readonly is: "maybe"; readonly condition: string | undefined };

const ON: State = { is: "on" };
const UNKNOWN: State = { is: "unknown" };
const MAX_DEPTH = 10;

function stateOf(file: FileModel, located: Located, depth: number): State {
  const { tracer } = file;
  const { place } = located;
  const value = target(located.value);
  const next = (inner: Value): State => stateOf(file, { value: inner, place }, depth + 1);
  if (depth > MAX_DEPTH) return UNKNOWN;
  switch (value.kind) {
    case "literal":
      return value.value ? ON : { is: "off", value: String(value.value) };
    case "object":
      return ON;
    case "choice":
      return ofChoice(value, next);
    case "import": {
      const imported = tracer.imported(value, place);
      return imported ? stateOf(file, imported, depth + 1) : UNKNOWN;
    }
    case "call": {
      if (value.isNew) return ON;
      const [callee, ...others] = tracer.functions({ value: value.callee, place });
      if (!callee || others.length > 0) return UNKNOWN;
      const inside = tracer.inside({ value, place }, callee);
      return ofReturns(callee.fn, callee.fn.returns.map((returned) => stateOf(file, { value: returned, place: inside }, depth + 1)));
    }
    case "member":
    case "param": {
      const only = tracer.only({ value, place });
      return only && only.value !== value ? stateOf(file, only, depth + 1) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** A function that makes one receiver or another, or none where its one condition says so. */
function ofReturns({ body }: FunctionFacts, states: readonly State[]): State {
  const [first, ...more] = states;
  if (!first) return UNKNOWN;
  if (more.length === 0 || states.every(({ is }) => is === first.is && is !== "maybe")) return first;
  const tests = body.flatMap((step) => (step.op === "if" ? [step.test] : step.op === "call" || step.op === "set" || step.op === "return" ? [] : undefined));
  const [test] = tests;
  if (!test || tests.length > 1 || stageBranches(test) || tellsStage(test) || !states.every(({ is }) => is === "on" || is === "off")) return UNKNOWN;
  return { is: "maybe", condition: wordsFor(test) };
}

function ofChoice({ operator, options, test }: Value & { kind: "choice" }, next: (value: Value) => State): State {
  const [first, second] = options;
  if (!first || !second || operator === "=") return UNKNOWN;
  if (operator === "??" || operator === "||") {
    const left = next(first);
    return left.is === "off" ? next(second) : left.is === "on" ? ON : next(second).is === "on" ? ON : UNKNOWN;
  }
  const condition = test ?? first;
  const [whenTrue, whenFalse]: readonly [State, State] =
    operator === "?:" ? [next(first), next(second)] : [next(second), { is: "off", value: "false" }];
  // What holds in production is what counts.
  const stage = stageBranches(condition);
  if (stage?.then) return whenFalse;
  if (stage?.otherwise) return whenTrue;
  if (whenTrue.is === "off" && whenFalse.is === "off") return whenTrue;
  const isOff = whenTrue.is === "off" || whenFalse.is === "off";
  if (isOff && tellsStage(condition)) return UNKNOWN;
  if (isOff) return { is: "maybe", condition: wordsFor(condition) };
  return whenTrue.is === "maybe" ? whenTrue : whenFalse.is === "maybe" ? whenFalse : whenTrue.is === "on" && whenFalse.is === "on" ? ON : UNKNOWN;
}

/** `env: {}`, `env: { MY_KEY: "…" }` */
function holdsNoKeys(file: FileModel, { value, place }: Located): boolean {
  if (value.kind !== "object") return false;
  return KEYS.some((key) => optionOf(file.tracer, { value, place }, key).is === "absent");
}
