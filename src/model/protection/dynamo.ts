import type { CanonicalPath } from "../../sdk/canonical.ts";
import { COSTLY, type CostlyRow } from "../../sdk/costly/index.ts";
import type { CallValue, ObjectValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { objectAt } from "./row-conditions.ts";

/*
 * What a call asks of DynamoDB: its clients send commands that are made apart.
 * https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-lib-dynamodb/
 */

const SOURCE = /^(?:@aws-sdk\/(?:lib|client)-dynamodb|aws-sdk)$/u;
const OF_ONE = /^Get(?:Item)?Command$/u;
const GETS = /^get(?:Item)?$/u;
/** Attributes that say nothing of what they hold: the whole of a table may be kept under them. */
const PLAIN_KEY = /^(?:pk|sk|hk|rk|hash_?key|range_?key|partition_?key|sort_?key)$/iu;

/** The work of a command that is sent; as the table has it where that is not known. */
export function workOfCommand(tracer: Tracer, call: Located<CallValue>, path: CanonicalPath, row: CostlyRow): CostlyRow {
  const command = commandSentBy(tracer, call, path);
  const changes = command && COSTLY.match(command.path);
  return changes?.kind === "data-write" ? changes : row;
}

/**
 * One item is asked for, by its whole key.
 * @param isGuessed whether callers may guess what has this name
 */
export function getsOneItem(tracer: Tracer, call: Located<CallValue>, isGuessed: (name: string) => boolean): boolean {
  const path = tracer.canonical({ value: call.value.callee, place: call.place });
  if (!path || !SOURCE.test(path.source)) return false;
  const command = commandSentBy(tracer, call, path);
  const isGet = command ? OF_ONE.test(command.path.path.at(-1) ?? "") : GETS.test(lastName(call.value.callee) ?? "");
  const key = isGet ? keyOf(tracer, command?.call ?? call) : undefined;
  if (!key || key.entries.length === 0) return false;
  return key.entries.every((entry) => entry.key !== undefined && !entry.spread && !namesIn(entry.value, [entry.key]).some(isGuessed)) && key.entries.some(saysWhat);
}

interface Sent {
  readonly call: Located<CallValue>;
  readonly path: CanonicalPath;
}

/** `client.send(new GetCommand({ … }))` */
function commandSentBy(tracer: Tracer, { value, place }: Located<CallValue>, path: CanonicalPath): Sent | undefined {
  const [first] = value.args;
  if (!first || !SOURCE.test(path.source) || lastName(value.callee) !== "send") return undefined;
  const command = tracer.only({ value: first, place });
  if (command?.value.kind !== "call" || !command.value.isNew) return undefined;
  const made = tracer.canonical({ value: command.value.callee, place: command.place });
  return made && { call: { value: command.value, place: command.place }, path: made };
}

/** `Key: { id }`, `Key: marshall({ id })` */
function keyOf(tracer: Tracer, { value, place }: Located<CallValue>): ObjectValue | undefined {
  const [options] = value.args;
  const [key, more] = options ? tracer.property({ value: options, place }, "Key") : [];
  if (!key || more) return undefined;
  const at = target(key.value);
  const [inner] = at.kind === "call" && lastName(at.callee) === "marshall" ? at.args : [];
  return objectAt(inner ?? at);
}

/** What is asked for is told by the attribute's name, or by a constant text before what the caller names. */
function saysWhat({ key, value }: ObjectValue["entries"][number]): boolean {
  if (key !== undefined && !PLAIN_KEY.test(key)) return true;
  const at = attribute(value);
  return at.kind === "literal" || (at.kind === "template" && at.parts.some((part) => part.kind === "literal" && part.value !== ""));
}

/** What an attribute is called, and what it is made of. */
function namesIn(value: Value, names: readonly string[]): readonly string[] {
  const at = attribute(value);
  const parts = at.kind === "template" ? at.parts : [value];
  return [...names, ...parts.map((part) => (part.kind === "literal" ? String(part.value) : (lastName(part) ?? "")))];
}

/** `id`, `{ S: id }` */
function attribute(value: Value): Value {
  const typed = objectAt(value)?.entries;
  return target(typed?.length === 1 && typed[0] ? typed[0].value : value);
}
