/** What the names that are met on the way to stored data say about it, beyond the taxonomy of sensitive names. */
import type { CallValue, MemberValue, Value } from "../values/ir.ts";
import { target } from "../values/values.ts";

/** Names of values that have no say of their own: what they hold is said by the key that they are stored under. */
export const GENERIC_NAME = /^(?:data|value|val|payload|body|result|res|json|code|token|str|string|content|secret|text|raw|serialized)$/iu;
/** Names of what is protected already. */
export const PROTECTED_NAME = /hash|encrypt|cipher|sealed|mask|redact|digest|signature|signed|anonymi[sz]|obfuscat|tokeni[sz]ed/iu;
/** Functions whose result is what was protected. */
export const UNDOING = /^(?:decrypt|decipher|unseal|unmask|unwrap|detokeni[sz]e)/iu;
/** The words of such names that say so. */
export const PROTECTING_WORDS = /encrypted|ciphered|cipher|sealed|masked|tokeni[sz]ed|_?enc(?=_|$)/giu;
/** Names of what is true or false. */
export const FLAG_NAME = /^(?:is|has|can|should|did|was|needs|use|show|allow|enable)[A-Z_]/u;

/** Names of records about somebody: `user`, `existingCustomer`, `patientData`. */
export const PERSON =
  /^(?:(?:current|existing|updated|stored|saved|found|new|db)_?)?(?:user|customer|member|patient|guest|student|employee|subscriber|applicant|account|profile|attendee)(?:_?(?:data|record|info|profile|doc))?$/iu;
/** Names of what stands for data that is not there. */
export const STAND_IN = /^(?:dummy|fake|mock|sample|placeholder|stub)(?=[A-Z_]|$)/u;
/** Names of what is looked for: a filter, or the parameters of a search. */
export const QUERY_NAME = /(?:^|[a-z_])(?:[Ff]ilters?|[Qq]uery|[Cc]riteria|[Ss]earch(?:Params)?)(?:Params|Input|Options|Schema)*$/u;

/** The name by which a value is written: a variable's, or a property's. Empty: it has none. */
export function namesOf(value: Value): readonly string[] {
  if (value.kind === "ref" && value.name !== undefined) return [value.name];
  return value.kind === "member" && value.property !== undefined ? [value.property] : [];
}

/** The name by which a function is called: its last member, or the name that it is imported under. */
export function calleeName({ callee }: CallValue): string | undefined {
  const at = target(callee);
  if (at.kind === "member") return at.property;
  if (at.kind === "import") return at.name;
  return callee.kind === "ref" || callee.kind === "global" ? callee.name : undefined;
}

/** The last word of a key or path: `$.profile.email` and `user:email` are about an email. */
export function lastWord(path: string): string {
  return path.split(/[^\p{L}\p{N}_-]+/u).findLast((word) => word !== "") ?? "";
}

/** As {@link lastWord}; empty where the path is no text. */
export function wordOf(path: unknown): readonly string[] {
  const word = typeof path === "string" ? lastWord(path) : "";
  return word === "" ? [] : [word];
}

/** A member of an enum, as far as names tell: `Audience.ALL_EMAILS`. */
export function isEnumMember({ object, property }: MemberValue): boolean {
  const [name] = namesOf(object);
  const owner = name ?? (object.kind === "import" ? object.name : undefined);
  return property !== undefined && /^[A-Z][A-Z\d_]+$/u.test(property) && owner !== undefined && /^[A-Z].*[a-z]/u.test(owner);
}
