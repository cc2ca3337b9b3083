import { passthroughOf, STRING_METHODS_KEEPING_VALUE } from "../sdk/passthrough.ts";
import { looksLikeProtectorName, protectorOf } from "../sdk/protectors.ts";
import type { Settings } from "../settings.ts";
import { referenceNames, type Command, type CommandValue } from "./clients.ts";
import type { CallValue, ObjectValue, Value } from "./ir.ts";
import type { Node } from "./ast.ts";
import { classifyKeyPrefix, classifyName, classifyRecord, type Sensitivity } from "./sensitive-names.ts";
import { dependsOn } from "./reach.ts";
import { keywordOf, propertiesOfValue } from "./shapes.ts";
import type { Located, Place, Tracer } from "./trace.ts";
import { target } from "./values.ts";

/** Personal data or a secret that a write would store as it is. */
export interface Finding {
  readonly sensitivity: Sensitivity;
  /** The name that says so: a property, variable, or the beginning of a key. */
  readonly name: string;
  /** The smallest node of the linted file that shows it. */
  readonly node: Node;
}

/** Names of values that have no say of their own: what they hold is said by the key that they are stored under. */
const GENERIC_NAME = /^(?:data|value|val|payload|body|result|res|json|code|token|str|string|content|secret|text|raw|serialized)$/iu;
const PROTECTED_NAME = /hash|encrypt|cipher|sealed|mask|redact|digest|signature|signed|anonymi[sz]|obfuscat|tokeni[sz]ed/iu;
const FLAG_NAME = /^(?:is|has|can|should|did|was|needs|use|show|allow|enable)[A-Z_]/u;
const BOOLEAN_OPERATORS = new Set(["!", "===", "!==", "==", "!=", "<", ">", "<=", ">=", "in", "instanceof", "typeof", "void", "delete"]);
const MAX_DEPTH = 16;

/** Finds what a command would store in plain text. */
export function storedInPlain(tracer: Tracer, settings: Settings, command: Command): readonly Finding[] {
  const search = new Search(tracer, settings, command);
  return command.values.flatMap((value) => search.stored(value));
}

interface Trail {
  /** Names met on the way, outermost first. */
  readonly names: readonly string[];
  /** Where a finding is shown: follows the syntax of the call, and stays there when values lead elsewhere. */
  readonly node: Node;
  readonly inline: boolean;
  readonly depth: number;
}

class Search {
  readonly #tracer: Tracer;
  readonly #settings: Settings;
  readonly #command: Command;
  readonly #keyWords: Sensitivity | undefined;

  constructor(tracer: Tracer, settings: Settings, command: Command) {
    this.#tracer = tracer;
    this.#settings = settings;
    this.#command = command;
    const prefix = this.#constantPrefix(command.keys[0]);
    this.#keyWords = prefix === undefined ? undefined : classifyKeyPrefix(prefix);
  }

  stored({ value, role }: CommandValue): readonly Finding[] {
    const { place } = this.#command.call;
    const node = value.node ?? this.#command.call.value.node;
    if (!node) return [];
    const names = role === "value" ? this.#fieldNames() : [];
    const trail: Trail = { names, node, inline: true, depth: 0 };
    if (role === "scoredMember" || role === "geoMember") return this.#part({ value, place }, "member", trail);
    if (role === "keyPathValue") return this.#part({ value, place }, "value", trail);
    if (role === "keyEntries" && value.kind === "object") {
      // The entries of mset are records of their own, each under its key.
      return value.entries.flatMap((entry) =>
        this.#data({ value: entry.value, place }, { ...trail, node: entry.value.node ?? node, names: entry.key === undefined ? [] : [lastWord(entry.key)] }),
      );
    }
    return this.#data({ value, place }, trail);
  }

  /** `hsetnx(key, "email", value)`, `json.set(key, "$.email", value)`: the field says what the value is. */
  #fieldNames(): readonly string[] {
    const [field] = this.#command.fields;
    const constant = field && this.#tracer.constant({ value: field, place: this.#command.call.place });
    const name = typeof constant === "string" ? lastWord(constant) : "";
    return name === "" ? [] : [name];
  }

  #constantPrefix(key: Value | undefined): string | undefined {
    if (!key) return undefined;
    const { place } = this.#command.call;
    for (const { value, place: at } of this.#tracer.alternatives({ value: key, place })) {
      if (value.kind === "literal" && typeof value.value === "string") return value.value;
      if (value.kind !== "template") continue;
      const text: string[] = [];
      for (const part of value.parts) {
        const constant = this.#tracer.constant({ value: part, place: at });
        if (typeof constant === "string") text.push(constant);
        else if (text.length > 0) break;
      }
      if (text.length > 0) return text.join("");
    }
    return undefined;
  }

  #part(located: Located, name: string, trail: Trail): readonly Finding[] {
    const parts = this.#tracer.property(located, name);
    return parts.flatMap((part) => this.#data(part, { ...trail, inline: false, depth: trail.depth + 1 }));
  }

  #data(located: Located, trail: Trail): readonly Finding[] {
    const { value, place } = located;
    if (trail.depth > MAX_DEPTH) return [];
    const here = trail.inline && value.node ? { ...trail, node: value.node } : trail;
    const next = { ...here, depth: trail.depth + 1 };
    switch (value.kind) {
      case "literal":
      case "env":
      case "function":
      case "class":
        return [];
      case "await":
        return this.#data({ value: value.value, place }, next);
      case "choice": {
        const options = value.operator === "&&" ? value.options.slice(-1) : value.options;
        return firstFindings(options.map((option) => this.#data({ value: option, place }, next)));
      }
      case "template":
        return value.parts.flatMap((part) => this.#data({ value: part, place }, { ...next, names: [] }));
      case "operation":
        if (BOOLEAN_OPERATORS.has(value.operator)) return [];
        if (value.operator === "+") return value.operands.flatMap((part) => this.#data({ value: part, place }, next));
        return this.#leaf(located, here);
      case "object":
        return this.#record(value, place, next);
      case "array":
        return value.items.flatMap((item) => this.#data({ value: item, place }, next));
      case "ref":
        return this.#reference(located, here);
      case "call":
        return this.#call({ value, place }, next);
      case "member":
        return this.#member(located, here);
      case "import":
      case "param":
        return this.#followed(located, here);
      default:
        return this.#leaf(located, here);
    }
  }

  #reference(located: Located, trail: Trail): readonly Finding[] {
    const { value, place } = located;
    if (value.kind !== "ref") return [];
    const names = value.name === undefined ? trail.names : [...trail.names, value.name];
    const next: Trail = { ...trail, names, inline: value.name === undefined && trail.inline, depth: trail.depth + 1 };
    const declared = value.type && keywordOf(this.#tracer, { type: value.type, place });
    if (declared === "boolean") return [];
    if (target(value).kind === "unknown") return this.#leaf(located, next);
    if (value.type && value.target.kind !== "object") {
      const typed = this.#typed(located, next);
      if (typed.length > 0) return this.#isSafe({ value: value.target, place }) ? [] : typed;
    }
    return this.#data({ value: value.target, place }, next);
  }

  #member(located: Located, trail: Trail): readonly Finding[] {
    const { value } = located;
    if (value.kind !== "member") return [];
    const names = value.property === undefined || /^\d+$/u.test(value.property) ? trail.names : [...trail.names, value.property];
    return this.#followed(located, { ...trail, names });
  }

  /** Goes where a member, import or parameter leads; what leads nowhere is judged by its names and type. */
  #followed(located: Located, trail: Trail): readonly Finding[] {
    const next = { ...trail, inline: false, depth: trail.depth + 1 };
    const alternatives = this.#tracer.alternatives(located);
    const known = alternatives.filter(({ value }) => value !== located.value && value.kind !== "member");
    if (known.length === 0) return this.#leaf(located, trail);
    return firstFindings(known.map((alternative) => this.#data(alternative, next)));
  }

  #record(object: ObjectValue, place: Place, trail: Trail): readonly Finding[] {
    const names = object.entries.flatMap(({ key }) => (key === undefined ? [] : [key]));
    const sensitive = new Map(
      classifyRecord(names, this.#settings.sensitiveNames).map((found) => [found.name, found.sensitivity]),
    );
    const written = new Set<string>();
    return object.entries.toReversed().flatMap((entry): readonly Finding[] => {
      const node = trail.inline && entry.value.node && inside(entry.value.node, trail.node) ? entry.value.node : trail.node;
      if (entry.spread) return this.#spread(entry, place, { ...trail, node });
      const { key } = entry;
      if (key !== undefined && written.has(key)) return [];
      if (key !== undefined) written.add(key);
      const promoted = key === undefined ? undefined : sensitive.get(key);
      const found = this.#data({ value: entry.value, place }, { ...trail, node, names: key === undefined ? [] : [key] });
      if (found.length > 0 || !promoted || promoted.strength === "strong") return found;
      // A weak name among others that make it telling, such as a code beside an email address.
      return this.#isPlain({ value: entry.value, place }, 0) ? [{ sensitivity: promoted, name: key ?? "", node }] : [];
    }).toReversed();
  }

  #spread(entry: ObjectValue["entries"][number], place: Place, trail: Trail): readonly Finding[] {
    const found = this.#data({ value: entry.value, place }, { ...trail, names: [] });
    return found.filter(({ name }) => !entry.omit?.includes(name));
  }

  #call(call: Located<CallValue>, trail: Trail): readonly Finding[] {
    const { value, place } = call;
    const callee = target(value.callee);
    if (this.#isProtected(call)) return [];
    const path = this.#tracer.canonical({ value: value.callee, place });
    const passed = path && passthroughOf(path);
    if (passed) {
      const args = passed.args === "all" ? value.args : passed.args === "receiver" ? [] : passed.args.flatMap((index) => value.args[index] ?? []);
      const receiver = passed.args === "receiver" && callee.kind === "member" ? [callee.object] : [];
      // What a name says of the whole is not said of each of several parts.
      const inner = [...args, ...receiver];
      const names = inner.length === 1 && inner[0]?.kind !== "array" ? trail.names : [];
      return inner.flatMap((arg) => this.#data({ value: arg, place }, { ...trail, names }));
    }
    if (callee.kind === "member" && callee.property !== undefined && STRING_METHODS_KEEPING_VALUE.has(callee.property)) {
      return this.#data({ value: callee.object, place }, trail);
    }
    const resolved = this.#tracer.alternatives(call).filter((alternative) => alternative.value !== value);
    if (resolved.some((alternative) => this.#isMadeByProtector(alternative))) return [];
    if (resolved.length > 0) {
      return firstFindings(resolved.map((alternative) => this.#data(alternative, { ...trail, inline: false })));
    }
    // What an unknown function makes of personal data may be its protection.
    const transforms = value.args.some((arg) => this.#data({ value: arg, place }, { ...trail, names: [], inline: false }).length > 0);
    return transforms ? [] : this.#leaf(call, trail);
  }

  /** What a declared type says of the data. */
  #typed(located: Located, trail: Trail): readonly Finding[] {
    const properties = propertiesOfValue(this.#tracer, located);
    if (!properties) return [];
    const names = [...properties].flatMap(([name, type]) => (type && keywordOf(this.#tracer, type) === "boolean" ? [] : [name]));
    return classifyRecord(names, this.#settings.sensitiveNames).map(({ name, sensitivity }) => ({
      sensitivity,
      name,
      node: trail.node,
    }));
  }

  #leaf(located: Located, trail: Trail): readonly Finding[] {
    if (trail.names.some((name) => PROTECTED_NAME.test(name) || FLAG_NAME.test(name))) return [];
    const typed = this.#typed(located, trail);
    if (typed.length > 0) return typed;
    for (const name of trail.names.toReversed()) {
      const sensitivity = classifyName(name, this.#settings.sensitiveNames);
      if (sensitivity?.strength === "strong") return [{ sensitivity, name, node: trail.node }];
    }
    const words = this.#keyWords;
    const last = trail.names.at(-1);
    const isTold = words?.strength === "strong" || trail.names.some((name) => classifyName(name)?.strength === "weak");
    if (words && isTold && (last === undefined ? trail.depth > 0 : trail.names.every((name) => GENERIC_NAME.test(name)))) {
      return [{ sensitivity: words, name: last ?? "value", node: trail.node }];
    }
    return [];
  }

  /** Passed through something that makes it unreadable. */
  #isProtected({ value, place }: Located<CallValue>): boolean {
    const { settings } = { settings: this.#settings };
    const callee = target(value.callee);
    if (callee.kind === "import") {
      const names = referenceNames(callee, place, this.#tracer);
      if (names.some((name) => settings.encryptors.has(name) || settings.hashers.has(name) || settings.sanitizers.has(name))) return true;
    }
    const path = this.#tracer.canonical({ value: value.callee, place });
    if (path && protectorOf(path)) return true;
    const name = callee.kind === "member" ? callee.property : callee.kind === "import" ? callee.name : calleeName(value);
    const isReadable = this.#tracer.functions({ value: value.callee, place }).length > 0;
    return !isReadable && name !== undefined && looksLikeProtectorName(name) !== undefined;
  }

  /** What a function hands out is made with an encrypting, hashing or signing call. */
  #isMadeByProtector({ value, place }: Located): boolean {
    return value.kind !== "object" && dependsOn(value, (part) => part.kind === "call" && this.#isProtected({ value: part, place }));
  }

  /** True where a value leads through something that protects it. */
  #isSafe(located: Located): boolean {
    return this.#tracer.alternatives(located).some(
      ({ value, place }) => value.kind === "call" && this.#isProtected({ value, place }),
    );
  }

  /** Data that is stored as it is: no constant, flag or protected form. */
  #isPlain(located: Located, depth: number): boolean {
    return this.#tracer.alternatives(located).every(({ value, place }) => {
      if (value.kind === "literal" || value.kind === "env" || depth > 4) return false;
      if (value.kind === "operation") return !BOOLEAN_OPERATORS.has(value.operator);
      if (value.kind !== "call") return !namesOf(located.value).some((name) => PROTECTED_NAME.test(name) || FLAG_NAME.test(name));
      return !this.#isProtected({ value, place });
    });
  }
}

function namesOf(value: Value): readonly string[] {
  if (value.kind === "ref" && value.name !== undefined) return [value.name];
  return value.kind === "member" && value.property !== undefined ? [value.property] : [];
}

function calleeName(call: CallValue): string | undefined {
  return call.callee.kind === "ref" ? call.callee.name : call.callee.kind === "global" ? call.callee.name : undefined;
}

function inside(inner: Node, outer: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** `$.profile.email` and `user:email` are about an email. */
function lastWord(path: string): string {
  return path.split(/[^\p{L}\p{N}_-]+/u).findLast((word) => word !== "") ?? "";
}

/** Alternatives that say the same are one finding. */
function firstFindings(alternatives: readonly (readonly Finding[])[]): readonly Finding[] {
  return alternatives.find((found) => found.length > 0) ?? [];
}

