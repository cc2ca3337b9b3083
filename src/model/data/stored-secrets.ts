import type { Settings } from "../../settings.ts";
import type { Node } from "../syntax/ast.ts";
import type { Command } from "../clients/clients.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { classifyKeyPrefix, classifyName, type Sensitivity } from "./sensitive-names.ts";
import { entranceBehind } from "./short-lived.ts";
import { GENERIC_NAME, namesOf } from "./telling-names.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A value that is meant to be a secret: stored, or part of a key. */
export interface StoredSecret extends Located {
  readonly label: string;
  /** Its own name says so, not only the key that it is stored under. */
  readonly isNamed: boolean;
  /** Where it is shown, in the linted file. */
  readonly node: Node | undefined;
}

/** The secrets among the keys and values of a write, by their names and by what the key says. */
export function secretsIn(tracer: Tracer, settings: Settings, { keys, values, call: { place } }: Command): readonly StoredSecret[] {
  const [key] = keys;
  const located = key && { value: key, place };
  const parts = located ? readParts(tracer, located) : { prefix: "", parts: [] };
  const said = classifyKeyPrefix(parts.prefix);
  const judge = new Judge(tracer, settings, isSecret(said) ? said : undefined);
  const [stored] = values;
  const entrance = stored && stored.role !== "keyEntries" ? entranceBehind(tracer, parts.prefix, { value: stored.value, place }) : undefined;
  const ofKey = parts.parts.flatMap((part) => judge.part(part, key?.node, entrance));
  const ofValues = values.flatMap(({ value, role }) => {
    if (role === "keyEntries") return entriesOf(tracer, { value, place }).flatMap((entry) => judge.under(entry));
    return judge.stored({ value, place }, [], 0);
  });
  return [...ofKey, ...ofValues];
}

function isSecret(found: Sensitivity | undefined): found is Sensitivity {
  return found?.category === "credentials" || found?.category === "session";
}

function readParts(tracer: Tracer, key: Located): { readonly prefix: string; readonly parts: readonly Located[] } {
  for (const { value, place } of tracer.alternatives(key)) {
    if (value.kind === "literal") return { prefix: String(value.value), parts: [] };
    if (value.kind !== "template") continue;
    let prefix = "";
    const parts: Located[] = [];
    for (const part of value.parts) {
      const constant = tracer.constant({ value: part, place });
      if (typeof constant === "string" && parts.length === 0) prefix += constant;
      else if (typeof constant !== "string") parts.push({ value: part, place });
    }
    return { prefix, parts };
  }
  return { prefix: "", parts: [key] };
}

interface Entry {
  readonly prefix: string;
  readonly located: Located;
}

function entriesOf(tracer: Tracer, object: Located): readonly Entry[] {
  return tracer.alternatives(object).flatMap(({ value, place }) => {
    if (value.kind !== "object") return [];
    return value.entries.flatMap((entry): Entry[] => {
      const name: Value | undefined = entry.key === undefined ? entry.computed : { kind: "literal", value: entry.key };
      return name ? [{ prefix: readParts(tracer, { value: name, place }).prefix, located: { value: entry.value, place } }] : [];
    });
  });
}

const SERIALISING = /^(?:stringify|serialize|String)$/u;
/** Methods of what they write; `toString(36)` is given how. */
const OF_ITSELF = /^(?:toString|trim|toLowerCase|toUpperCase)$/u;
const HASHING = /^(?:hash|sha\d*|digest|createHash|update|hmac|createHmac)/iu;

/** A name that says it alone; a token to invite or to share may be read by many, and is to be guessed by nobody. */
const tells = ({ strength, label }: Sensitivity): boolean => strength === "strong" || label === "one-time token";

/** Names of a key's part that do not say of what: `id` of `session:${id}`. */
const GENERIC_KEY = /^(?:(?:new|random|unique)?_?(?:id|uid|uuid|guid|key|token|code|hash|string|str|value|val|secret)|rand|random|suffix|result)$/iu;

class Judge {
  readonly #tracer: Tracer;
  readonly #settings: Settings;
  readonly #key: Sensitivity | undefined;

  constructor(tracer: Tracer, settings: Settings, key: Sensitivity | undefined) {
    this.#tracer = tracer;
    this.#settings = settings;
    this.#key = key;
  }

  /** A part of a key; `entrance` is what it is where it leads into an account. */
  part(located: Located, shown: Node | undefined, entrance: Sensitivity | undefined): readonly StoredSecret[] {
    const names = namesBehind(located.value);
    const named = this.#named(names);
    const ofAccount = entrance && names.every((name) => GENERIC_KEY.test(name)) ? entrance.label : undefined;
    const label = named && (tells(named) || this.#key) ? named.label : ofAccount;
    // `session:${Math.random()}`: nothing but the key says what it is.
    const isBare = names.length === 0 && this.#key?.category === "session";
    if (label === undefined && !isBare) return [];
    return [{ ...located, label: label ?? this.#key?.label ?? "", isNamed: label !== undefined, node: located.value.node ?? shown }];
  }

  under({ prefix, located }: Entry): readonly StoredSecret[] {
    const said = classifyKeyPrefix(prefix);
    return new Judge(this.#tracer, this.#settings, isSecret(said) ? said : undefined).stored(located, [], 0);
  }

  /** What is stored: a value under its names, or an object of them. */
  stored(located: Located, names: readonly string[], depth: number): readonly StoredSecret[] {
    const { value, place } = located;
    if (depth > 6) return [];
    const at = target(value);
    const known = [...names, ...namesBehind(value)];
    if (at.kind === "object") return this.#entries(at.entries, place, depth);
    const inner = at.kind === "call" ? rewritten(at) : undefined;
    if (inner) return this.stored({ value: inner, place }, known, depth + 1);
    const objects = this.#tracer.alternatives(located).filter((found) => found.value.kind === "object");
    if (objects.length > 0) {
      return objects.flatMap((object) => (object.value.kind === "object" ? this.#entries(object.value.entries, object.place, depth) : []));
    }
    const named = this.#named(known);
    const isNamed = named !== undefined && (tells(named) || this.#key !== undefined);
    const isSaid = this.#key?.strength === "strong" && known.every((name) => GENERIC_NAME.test(name) || classifyName(name) !== undefined);
    if (!isNamed && !isSaid) return [];
    return [{ ...located, label: (isNamed ? named?.label : this.#key?.label) ?? "", isNamed, node: value.node }];
  }

  #entries(entries: readonly { readonly key: string | undefined; readonly value: Value; readonly spread?: true }[], place: Place, depth: number): readonly StoredSecret[] {
    return entries.flatMap((entry) => {
      if (entry.spread) return this.stored({ value: entry.value, place }, [], depth + 1);
      // What another property holds is not what the key names.
      if (entry.key === undefined || (!GENERIC_NAME.test(entry.key) && !this.#named([entry.key]))) return [];
      return this.stored({ value: entry.value, place }, [entry.key], depth + 1);
    });
  }

  #named(names: readonly string[]): Sensitivity | undefined {
    const found = names.map((name) => classifyName(name, this.#settings.sensitiveNames)).filter(isSecret);
    return found.find(tells) ?? found[0];
  }
}

/** The name of a value, or of what a function that keeps or hashes it is given. */
function namesBehind(value: Value, depth = 0): readonly string[] {
  const own = namesOf(value);
  if (own.length > 0 || depth > 3) return own;
  if (value.kind === "await") return namesBehind(value.value, depth + 1);
  if (value.kind !== "call") return [];
  const inner = rewritten(value);
  if (inner) return namesBehind(inner, depth + 1);
  const callee = target(value.callee);
  if (!HASHING.test(lastName(value.callee))) return [];
  const [first] = value.args;
  if (first) return namesBehind(first, depth + 1);
  return callee.kind === "member" ? namesBehind(callee.object, depth + 1) : [];
}

/** What a call writes in another form: `x` of `JSON.stringify(x)`, `String(x)` and `x.toString(36)`. Undefined: it does something else. */
function rewritten({ callee, args }: CallValue): Value | undefined {
  const name = lastName(callee);
  const at = target(callee);
  if (at.kind === "member" && OF_ITSELF.test(name)) return at.object;
  return SERIALISING.test(name) ? args[0] : undefined;
}

function lastName(callee: Value): string {
  const at = target(callee);
  if (at.kind === "member") return at.property ?? "";
  if (at.kind === "global" || at.kind === "import") return at.name;
  return callee.kind === "ref" ? (callee.name ?? "") : "";
}
