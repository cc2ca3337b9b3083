import { answersOf } from "../credentials/answers.ts";
import { Outlets, type Outlet } from "../credentials/outlets.ts";
import { enclosingFunction, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { requestInputs, type RequestInput } from "../input/request-input.ts";
import { reachedSinks, type Reached } from "../input/untrusted-sinks.ts";
import { FLAG_NAME } from "../data/telling-names.ts";
import { presenceOf } from "../protection/caller-presence.ts";
import { beginning, MEMBERS_AND_AWAITS } from "../values/chains.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import { readableIn } from "../values/readable.ts";
import type { Located } from "../values/trace.ts";
import { CAPABILITY, isOpenToAnybody, prefixOf, REMADE } from "./open-records.ts";
import { keySinksOf, type KeyKind } from "./key-sinks.ts";

/** A record that is read by whom it belongs to, and sent back. */
export interface ToldRecord extends Reached<KeyKind> {
  /** What is sent back, in the answer. */
  readonly answer: Node;
}

/** Others know it too, so it is no proof of who asks: unlike the name of a public profile, or the address of a wallet. */
const PERSONAL = /e_?mail|phone|mobile|ssn|passport/iu;

/**
 * What is stored under a prefix and a person's email address or phone number that the request names, and sent back to
 * whoever asks: nothing on the way asks who that is, or compares what was read with anything that he knows. Where that is
 * not certain, nothing is found.
 */
export function toldRecords(file: FileModel): readonly ToldRecord[] {
  if (!file.handlers.possible) return [];
  const found = reachedSinks(file, (call) => readSinks(file, call), (_sink, inputs) => (inputs.some(isProof) ? undefined : inputs.find(isPersonal)));
  if (found.length === 0) return [];
  const answers = answersIn(file);
  return found.flatMap((reached): readonly ToldRecord[] => {
    const { value } = reached.sink;
    const read = reached.through === undefined && value.place.module === file ? readOf(file, value) : undefined;
    if (!read || !isOpenToAnybody(file, reached.node) || isAskedAbout(file, read)) return [];
    for (const outlet of answers) {
      const [shown] = readableIn(file.tracer, outlet.value, outlet.node, ({ value: part }) => (isOf(part, read) ? read : undefined));
      if (shown) return [{ ...reached, answer: shown.node }];
    }
    return [];
  });
}

function readSinks(file: FileModel, call: Located<CallValue>) {
  const keys = keySinksOf(file, call).filter(({ kind, value }) => kind === "key" && !REMADE.test(prefixOf(value) ?? "cache"));
  const command = keys.length > 0 ? file.clients.commandOf(call) : undefined;
  return command?.access === "read" ? keys : [];
}

/** The command that reads a key. */
function readOf(file: FileModel, key: Located): CallValue | undefined {
  return file.calls.find(({ value }) => value.args.some((arg) => arg === key.value))?.value;
}

/** What was read, or a member of it that is no yes or no. */
const isOf = (part: Value, read: CallValue): boolean =>
  part === read || (part.kind === "member" && !FLAG_NAME.test(part.property ?? "") && beginning(part, MEMBERS_AND_AWAITS) === read);

const isPersonal = ({ kind, path, whole }: RequestInput): boolean => !whole && kind !== "cookie" && kind !== "header" && PERSONAL.test(path.at(-1) ?? "");

const isProof = ({ kind, path }: RequestInput): boolean => kind === "cookie" || kind === "header" || CAPABILITY.test(path.at(-1) ?? "");

function answersIn(file: FileModel): readonly Outlet[] {
  const outlets = new Outlets(file);
  const sent = file.calls.flatMap((call) => outlets.of(call, call.node).filter(({ kind }) => kind === "response"));
  return [...sent, ...answersOf(file)];
}

/** A condition asks more than whether the record is there, or a call is given it beside something of the request. */
function isAskedAbout(file: FileModel, read: CallValue): boolean {
  const fn = read.node && enclosingFunction(read.node);
  if (!fn) return true;
  const isOfRecord = (value: Value): boolean => dependsOn(value, (part) => part === read);
  const asksMore = (test: Value): boolean => isOfRecord(test) && presenceOf(test, isOfRecord) === undefined;
  const compares = ({ args }: CallValue): boolean =>
    args.some(isOfRecord) && args.some((arg) => !isOfRecord(arg) && requestInputs(file, { value: arg, place: file.place }).length > 0);
  return [...stepsIn(file.evaluator.fn(fn).body)].some((step) => (step.op === "if" && asksMore(step.test)) || (step.op === "call" && compares(step.call)));
}
