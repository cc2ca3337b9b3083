import { sdkExport, type SdkExport } from "../../sdk/packages.ts";
import { DEV_OPTION, DEV_VARIABLE, isDevelopmentCredential, isOn, VARIABLE_OF } from "../../sdk/qstash-dev.ts";
import { unwrap, type Node } from "../syntax/ast.ts";
import { stageBranches } from "../protection/caller-checks.ts";
import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import { optionOf } from "../values/options.ts";
import { tellsStage } from "./signature-checks.ts";
import { isLocalFile, mayRunInProduction } from "../flow/stage-guards.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** Something that has QStash's development server, or its public credentials, trusted in production. */
export interface DevMode {
  readonly kind: "client" | "receiver" | "credential" | "variable";
  readonly node: Node;
  /** The option or variable. */
  readonly name: string;
  /** The call whose options hold it, and the argument that is the options; undefined for variables. */
  readonly options: Node | undefined;
}

const WORDS = [DEV_OPTION, DEV_VARIABLE, "sig_", "eyJVc2VySUQi"];

/** Text test: false where none of it can be in the file, unless it is in options of another one. */
export const mayUseDevMode = (text: string): boolean => WORDS.some((word) => text.includes(word)) || /\b(?:Client|Receiver)\(|verifySignature/u.test(text);

/** Whether what a file says is for production at all, by its path. */
export const isForProduction = (file: FileModel): boolean =>
  file.runtime.place !== "test" && (file.runtime.place !== "build" || isNextConfig(file.relativePath)) && !isLocalFile(file.relativePath);

const isNextConfig = (path: string): boolean => /(?:^|\/)next\.config\.[cm]?[jt]s$/u.test(path);

export function devModesOf(file: FileModel): readonly DevMode[] {
  const found = [...inOptions(file), ...(file.text.includes(DEV_VARIABLE) || file.text.includes("sig_") || file.text.includes("eyJVc2VySUQi") ? inEnvironment(file) : [])];
  return found.filter(({ node }) => mayRunInProduction(file, node));
}

function* inOptions(file: FileModel): Generator<DevMode> {
  for (const node of file.callNodes) {
    const value = file.evaluator.value(node);
    if (value.kind !== "call" || value.args.length === 0) continue;
    const sdk = exportOf(file, value.callee);
    const argument = sdk?.options && value.args[sdk.options.index];
    if (!sdk?.options || !argument) continue;
    const options = { value: argument, place: file.place };
    const at = (entry: { readonly node?: Node; readonly value: Value }): Node => entry.value.node ?? entry.node ?? argument.node ?? node;
    const isClient = sdk.role === "client-class";
    const mode = optionOf(file.tracer, options, DEV_OPTION);
    if (mode.is === "given" && isTrue(file, mode.values, mode.entry.value)) {
      yield { kind: isClient ? "client" : "receiver", node: at(mode.entry), name: DEV_OPTION, options: argument.node };
    }
    for (const name of sdk.options.secrets) {
      const secret = optionOf(file.tracer, options, name);
      if (secret.is !== "given" || !mayBeDevelopmentCredential(file, { value: secret.entry.value, place: file.place }, secret.values)) continue;
      yield { kind: "credential", node: at(secret.entry), name: VARIABLE_OF[name] ?? name, options: argument.node };
    }
  }
}

const NAMES = /^(?:Client|Receiver|verifySignature\w*)$/u;

/** A class or wrapper of QStash or Workflow that knows the development server. */
function exportOf(file: FileModel, callee: Value): SdkExport | undefined {
  const at = target(callee);
  const isOurs = at.kind === "import" || at.kind === "class" ? true : at.kind === "member" && at.property !== undefined && NAMES.test(at.property);
  if (!isOurs) return undefined;
  const path = file.tracer.canonical({ value: callee, place: file.place });
  const name = path?.path.findLast((part) => part !== "default" && part !== "*");
  if (!path || name === undefined || path.path.length > 2 || !NAMES.test(name)) return undefined;
  const sdk = sdkExport(path.source, name);
  return sdk?.product === "qstash" || sdk?.product === "workflow" ? sdk : undefined;
}

/** `true`, or what is true in production: an option that depends on the stage is not. */
function isTrue(file: FileModel, values: readonly Located[], written: Value): boolean {
  if (values.length > 0 && values.every(({ value }) => value.kind === "literal" && value.value === true)) return true;
  const at = target(file.tracer.only({ value: written, place: file.place })?.value ?? written);
  const always = truthOf(file, written, 0);
  if (always !== undefined) return always;
  const stage = stageBranches(at);
  if (stage) return stage.otherwise && !stage.then;
  if (at.kind !== "choice" || at.operator !== "?:" || !at.test) return false;
  const inProduction = productionOption(at.test, at.options);
  return inProduction !== undefined && isTrue(file, file.tracer.alternatives({ value: inProduction, place: file.place }), inProduction);
}

/** Whatever the stage: `!false`, `isDev || true`. Undefined: it depends. */
function truthOf(file: FileModel, written: Value, depth: number): boolean | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const { value } = file.tracer.only({ value: written, place: file.place }) ?? { value: written };
  if (value.kind === "literal") return Boolean(value.value);
  const at = target(written);
  if (at.kind === "operation" && at.operator === "!") {
    const inner = at.operands[0] && truthOf(file, at.operands[0], depth + 1);
    return inner === undefined ? undefined : !inner;
  }
  if (at.kind !== "choice" || (at.operator !== "||" && at.operator !== "&&")) return undefined;
  const decisive = at.operator === "||";
  const parts = at.options.map((option) => truthOf(file, option, depth + 1));
  if (parts.includes(decisive)) return decisive;
  return parts.includes(undefined) ? undefined : !decisive;
}

const MAX_DEPTH = 8;

/** Of `test ? first : second`, what production takes. */
function productionOption(test: Value, [first, second]: readonly Value[]): Value | undefined {
  const stage = stageBranches(test);
  if (stage?.then) return second;
  return stage?.otherwise ? first : undefined;
}

/** A public value that production may come to: directly, or behind what may be missing. */
function mayBeDevelopmentCredential(file: FileModel, written: Located, values: readonly Located[]): boolean {
  const at = target(written.value);
  if (at.kind === "choice" && at.operator === "?:" && at.test) {
    const inProduction = productionOption(at.test, at.options);
    if (!inProduction && tellsStage(at.test)) return false;
    const options = inProduction ? [inProduction] : at.options;
    return options.some((value) => {
      const located = { value, place: written.place };
      return mayBeDevelopmentCredential(file, located, file.tracer.alternatives(located));
    });
  }
  if (at.kind === "choice" && (at.operator === "&&" || at.operator === "=")) return false;
  return values.some(({ value }) => value.kind === "literal" && typeof value.value === "string" && isDevelopmentCredential(value.value));
}

/** `process.env.QSTASH_DEV = "true"`, `Object.assign(process.env, { … })`, and `env` of next.config. */
function* inEnvironment(file: FileModel): Generator<DevMode> {
  for (const node of file.callNodes) {
    const value = file.evaluator.value(node);
    if (value.kind !== "call" || target(value.callee).kind !== "member") continue;
    const path = file.tracer.canonical({ value: value.callee, place: file.place });
    const [first, ...others] = value.args;
    if (path?.source !== "global" || path.path.join(".") !== "Object.assign" || !first || !isEnvironment(first)) continue;
    for (const object of others) yield* inObject(file, object);
  }
  if (!isNextConfig(file.relativePath)) return;
  const config = file.exports.get("default")?.value;
  for (const env of config ? file.tracer.property({ value: config, place: file.place }, "env") : []) yield* inObject(file, env.value);
}

function* inObject(file: FileModel, value: Value): Generator<DevMode> {
  const object = target(value);
  if (object.kind !== "object") return;
  for (const { key, value: set, node } of object.entries) {
    if (key !== undefined && node && isDevelopmentSetting(file, key, set)) yield { kind: "variable", node, name: key, options: undefined };
  }
}

/** An assignment to a variable of the environment that switches development mode on. */
export function assignedDevMode(file: FileModel, left: Node, right: Node): DevMode | undefined {
  const member = unwrap(left);
  if (member.type !== "MemberExpression") return undefined;
  const value = target(file.evaluator.value(member));
  if (value.kind !== "env" || value.name === undefined || !isDevelopmentSetting(file, value.name, file.evaluator.value(right))) return undefined;
  return mayRunInProduction(file, left) ? { kind: "variable", node: left, name: value.name, options: undefined } : undefined;
}

function isDevelopmentSetting(file: FileModel, name: string, value: Value): boolean {
  const constant = file.tracer.constant({ value, place: file.place });
  if (name === DEV_VARIABLE) return isOn(constant);
  return Object.values(VARIABLE_OF).includes(name) && typeof constant === "string" && isDevelopmentCredential(constant);
}

function isEnvironment(value: Value): boolean {
  const at = target(value);
  return at.kind === "env" && at.name === undefined;
}
