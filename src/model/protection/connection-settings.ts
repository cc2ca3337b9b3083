import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";

/*
 * Statements that set what a connection, or a transaction, goes by, such as the id that the policies of Postgres ask for. They look
 * at no table, and are over with it.
 */

/** How a value is written: a parameter, a text, a number or a word, with the type that it is cast to. */
const VALUE = /^(?:\$\d{0,3}|'[^'\\]{0,200}'|[\w.]{1,80})(?:::\w{1,20})?$/u;
const CALL = /^set_config ?\((?<values>[^()]{1,800})\)(?: as \w{1,40})?$/iu;
/** `set_config('app.tenant', $1, true)` */
const VALUES_OF_CALL = 3;
/** `SET LOCAL statement_timeout = '5s'`, and no password or variable of all connections. */
const SET = /^set (?:local |session )?(?<name>[\w.]{1,80})(?: ?= ?| to )(?<value>[^;]{1,240})$/iu;
const SET_OTHER = /^(?:set (?:local |session )?role [\w"]{1,60}|set transaction (?:read only|read write|isolation level [a-z ]{1,20})|reset [\w.]{1,80})$/iu;

/** Fragments that a library puts into a statement as they are written, in the place of a parameter. */
const WRITTEN_AS_IT_IS = /^(?:raw|unsafe|sql|join|literal|identifier)$/iu;

/** A call of SQL that does nothing but set something for its own connection. What can't be read is no such call. */
export function onlySetsUpConnection(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const [first] = value.args;
  if (!first || value.spreadAt !== undefined) return false;
  const given = tracer.only({ value: first, place });
  if (given?.value.kind !== "call") return isSetting(tracer, value.args, place);
  // `execute(sql`SELECT set_config(…)`)`
  const path = tracer.canonical({ value: given.value.callee, place: given.place });
  return path?.path.at(-1) === "sql" && !path.source.startsWith(".") && isSetting(tracer, given.value.args, given.place);
}

function isSetting(tracer: Tracer, [first, ...parameters]: readonly Value[], place: Located["place"]): boolean {
  const written = first && tracer.only({ value: first, place })?.value;
  const text = written && textOf(written);
  if (text === undefined || !namesSettings(text)) return false;
  return parameters.every((value) => tracer.alternatives({ value, place }).every((found) => found.value.kind !== "call" || !WRITTEN_AS_IT_IS.test(lastName(found.value.callee) ?? "")));
}

/** A text, or the texts of a template with `$` for what stands between them. */
function textOf(written: Value): string | undefined {
  const parts = written.kind === "array" ? written.items.map((item) => textOfPart(target(item))) : [textOfPart(written)];
  return parts.includes(undefined) ? undefined : parts.join("$");
}

const textOfPart = (value: Value): string | undefined => (value.kind === "literal" && typeof value.value === "string" ? value.value : undefined);

function namesSettings(written: string): boolean {
  const text = written.trim().replace(/;$/u, "").trim().replaceAll(/\s+/gu, " ");
  if (text.slice(0, SELECT.length).toLowerCase() === SELECT) return text.slice(SELECT.length).split(/, ?(?=set_config\b)/iu).every(isCallOfSetting);
  const { name, value = "" } = SET.exec(text)?.groups ?? {};
  return name === undefined ? SET_OTHER.test(text) : name.toLowerCase() !== "password" && VALUE.test(value);
}

function isCallOfSetting(call: string): boolean {
  const values = CALL.exec(call.trim())?.groups?.["values"]?.split(",") ?? [];
  return values.length === VALUES_OF_CALL && values.every((value) => VALUE.test(value.trim()));
}

const SELECT = "select ";
