import { passthroughOf } from "../../sdk/passthrough.ts";
import type { Settings } from "../../settings.ts";
import type { FileModel } from "../file.ts";
import { sentName } from "../input/request-input.ts";
import { contains, type Node } from "../syntax/ast.ts";
import { Clients, type Command, type CommandValue } from "../clients/clients.ts";
import { isAnyClock } from "../values/clock.ts";
import { fullOptions, fullReturns } from "../values/empty-where.ts";
import { UNKNOWN, type CallValue, type FunctionValue, type MemberValue, type ObjectValue, type RefValue, type TemplateValue, type Value } from "../values/ir.ts";
import { DeclaredData, isFlagKind, isOfCoin } from "./declared-data.ts";
import { deeper, firstFindings, type Finding, type Trail } from "./findings.ts";
import { isMasked, keepsContent } from "./kept-content.ts";
import { formOfKey, isReadUnder, storedUnder } from "./kept-records.ts";
import { isGenerated } from "./predictable.ts";
import { ProtectedValues } from "./protected-values.ts";
import { classifyKeyPrefix, classifyName, classifyRecord, isOrganisationsContact, mayBeNumber } from "./sensitive-names.ts";
import { isFlag } from "../values/primitive-kind.ts";
import { keywordOf, propertiesOfType, propertiesOfValue } from "../values/shapes.ts";
import {
  calleeName,
  FLAG_NAME,
  GENERIC_NAME,
  isEnumMember,
  namesOf,
  PERSON,
  PROTECTED_NAME,
  PROTECTING_WORDS,
  STAND_IN,
  UNDOING,
  wordOf,
} from "./telling-names.ts";
import type { Located, LocatedType, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

const BOOLEAN_OPERATORS = new Set(["!", "===", "!==", "==", "!=", "<", ">", "<=", ">=", "in", "instanceof", "typeof", "void", "delete"]);
/** What keys and tokens begin with, or are joined by; dots and stars in a row stand for what is left out. */
const MARK = /^(?!.*(?:\.\.|\*))[\w.:/-]*$/u;
const MAX_DEPTH = 16;
/** Values that one search looks at. */
const MAX_STEPS = 2000;
/**
 * Finds what a command would store in plain text.
 * @param shown where findings are shown when the command stands in a function that this node is an argument of
 */
export function storedInPlain(file: FileModel, command: Command, shown?: Node): readonly Finding[] {
  return new Search(file, shown).command(command);
}

/**
 * True where a function hands out what it is given in a form that can be read: it is no encryptor, whatever its name.
 * False: it protects its argument, or that is not known.
 */
export function handsOnPlain(file: FileModel, fn: Located<FunctionValue>, at: Node): boolean {
  return new Search(file).isPlainResult(fn, at);
}

/**
 * Finds what a text, such as a key, shows in plain text.
 * @param node where findings are shown that no smaller node of the linted file shows
 */
export function shownInPlain(file: FileModel, text: Located, node: Node): readonly Finding[] {
  return new Search(file).text(text, node);
}

/** Stands for personal data of which no more is known than that. */
const SOMEBODYS: RefValue = { kind: "ref", name: "email", target: UNKNOWN, type: undefined };

class Search {
  readonly #file: FileModel;
  readonly #tracer: Tracer;
  readonly #settings: Settings;
  readonly #protected: ProtectedValues;
  readonly #declared: DeclaredData;
  readonly #shown: Node | undefined;
  #keyPrefix: string | undefined;
  #steps = 0;
  /** Variables that are being looked into. */
  readonly #open = new Set<Value>();
  #command: Command | undefined;
  /** A write that is read to learn what records hold: it is not asked where its own record comes from. */
  readonly #isEvidence: boolean;

  constructor(file: FileModel, shown?: Node, isEvidence = false) {
    const { tracer, settings } = file;
    this.#isEvidence = isEvidence;
    this.#file = file;
    this.#tracer = tracer;
    this.#settings = settings;
    this.#protected = new ProtectedValues(tracer, settings);
    this.#declared = new DeclaredData(file, (value, node) => new Search(file).isSealed(value, node));
    this.#shown = shown;
  }

  command(command: Command): readonly Finding[] {
    const { call, keys, fields, values } = command;
    this.#command = command;
    this.#keyPrefix = keys[0] && this.#constantPrefix({ value: keys[0], place: call.place });
    return values.flatMap((value) => this.#stored(value, call, fields));
  }

  text(located: Located, node: Node): readonly Finding[] {
    return this.#data(located, { names: [], node, inline: true, depth: 0, words: undefined });
  }

  isPlainResult({ value: { fn }, place }: Located<FunctionValue>, node: Node): boolean {
    const trail: Trail = { names: ["email"], node, inline: false, depth: 0, words: undefined };
    return fullReturns(fn).some((value) => this.#data({ value, place }, trail).length > 0);
  }

  /** Something protects it on its way, and nothing of what it is made of is left to be read. */
  isSealed({ value, place }: Located, node: Node): boolean {
    const at = target(value);
    const call = at.kind === "await" ? target(at.value) : at;
    if (call.kind !== "call" || !this.#protected.isMade({ value: call, place })) return false;
    // Whatever it is given may be called, it is somebody's.
    const given: CallValue = { ...call, args: call.args.map(() => SOMEBODYS) };
    return this.#data({ value: given, place }, { names: [], node, inline: false, depth: 0, words: undefined }).length === 0;
  }

  #stored({ value, role }: CommandValue, call: Located<CallValue>, fields: readonly Value[]): readonly Finding[] {
    const { place } = call;
    const node = this.#shown ?? value.node ?? call.value.node;
    if (!node) return [];
    const words = this.#keyPrefix === undefined ? undefined : classifyKeyPrefix(this.#keyPrefix);
    const names = role === "value" ? this.#fieldNames(fields, place) : [];
    const trail: Trail = { names, node, inline: !this.#shown, depth: 0, words };
    if (role === "scoredMember" || role === "geoMember") return this.#part({ value, place }, "member", trail);
    if (role === "keyPathValue") {
      const path = this.#tracer.property({ value, place }, "path").map((part) => this.#tracer.constant(part));
      return this.#part({ value, place }, "value", { ...trail, names: path.flatMap(wordOf), words: undefined });
    }
    if (role === "keyEntries" && value.kind === "object") {
      // The entries of mset are records of their own, each under its key.
      return value.entries.flatMap((entry) =>
        this.#data(
          { value: entry.value, place },
          { ...trail, node: this.#shown ?? entry.value.node ?? node, names: wordOf(entry.key) },
        ),
      );
    }
    return this.#data({ value, place }, trail);
  }

  /** `hsetnx(key, "email", value)`, `json.set(key, "$.email", value)`: the field says what the value is. */
  #fieldNames([field]: readonly Value[], place: Place): readonly string[] {
    return wordOf(field && this.#tracer.constant({ value: field, place }));
  }

  #constantPrefix(key: Located): string | undefined {
    for (const { value, place: at } of this.#tracer.alternatives(key)) {
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
    const { value, place } = located;
    const entry = value.kind === "object" ? value.entries.findLast(({ key }) => key === name) : undefined;
    const parts = entry ? [{ value: entry.value, place }] : this.#tracer.property(located, name);
    return parts.flatMap((part) => {
      const { node } = part.value;
      const shown = node && contains(trail.node, node) ? { node } : { inline: false };
      return this.#data(part, { ...trail, ...shown, depth: trail.depth + 1 });
    });
  }

  #data(located: Located, trail: Trail): readonly Finding[] {
    const { value, place } = located;
    if (trail.depth > MAX_DEPTH || this.#steps++ > MAX_STEPS) return [];
    const here = trail.inline && value.node ? { ...trail, node: value.node, holder: undefined } : trail;
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
        const options = value.operator === "&&" ? value.options.slice(-1) : fullOptions(value.operator === "?:" ? value.test : undefined, value.options);
        // `password = await hash(password)`: which of the two is stored is not known.
        if (value.operator === "=" && options.some((option) => this.#protected.leadsThrough({ value: option, place }))) return [];
        return firstFindings(options.map((option) => this.#data({ value: option, place }, next)));
      }
      case "template": {
        if (isMasked(value)) return [];
        const found = value.parts.flatMap((part) => this.#data({ value: part, place }, { ...next, names: [] }));
        return found.length > 0 || !this.#isGeneratedSecret({ value, place }, trail.names) ? found : this.#leaf(located, here);
      }
      case "operation":
        if (BOOLEAN_OPERATORS.has(value.operator)) return [];
        if (value.operator === "+" || value.operator === "+=") return value.operands.flatMap((part) => this.#data({ value: part, place }, next));
        return this.#leaf(located, here);
      case "object":
        return this.#record(value, place, next);
      case "array":
        return value.items.flatMap((item) => this.#data({ value: item, place }, next.inline ? next : { ...next, holder: deeper(next.holder, "") }));
      case "ref":
        return this.#reference(located, here);
      case "call":
        return this.#call({ value, place }, next);
      case "member":
        return this.#member(located, here);
      case "import":
        return this.#followed(located, here);
      case "param":
        return this.#param(located, here);
      default:
        return this.#leaf(located, here);
    }
  }

  get #clients(): Clients {
    return new Clients(this.#tracer, this.#settings);
  }

  /** `sk_${nanoid()}` under the name of a secret: a mark before it does not make it another thing. */
  #isGeneratedSecret({ value: { parts }, place }: Located<TemplateValue>, names: readonly string[]): boolean {
    const { sensitiveNames } = this.#settings;
    if (!names.some((name) => classifyName(name, sensitiveNames)?.category === "credentials")) return false;
    const written = parts.map((part) => this.#tracer.constant({ value: part, place }));
    const made = parts.flatMap((part, index) => (written[index] === undefined ? [{ value: part, place }] : []));
    if (written.some((text) => typeof text === "string" && !MARK.test(text)) || made.some((part) => this.#protected.leadsThrough(part))) return false;
    return made.some((part) => isGenerated(this.#tracer, this.#clients, part));
  }

  #reference(located: Located, trail: Trail): readonly Finding[] {
    const { value, place } = located;
    if (value.kind !== "ref" || (value.name !== undefined && STAND_IN.test(value.name))) return [];
    const names = value.name === undefined ? trail.names : [...trail.names, value.name];
    const next: Trail = { ...trail, names, inline: value.name === undefined && trail.inline, depth: trail.depth + 1 };
    const declared = value.type && keywordOf(this.#tracer, { type: value.type, place });
    if (declared === "boolean" || declared === "literals") return [];
    if (target(value).kind === "unknown") return this.#leaf(located, next);
    // `text += line`: what is made of itself.
    if (this.#open.has(value.target)) return [];
    this.#open.add(value.target);
    const found = this.#variable({ value, place }, trail, next);
    this.#open.delete(value.target);
    return found;
  }

  #variable({ value, place }: Located<RefValue>, trail: Trail, next: Trail): readonly Finding[] {
    const sealed = this.#sealed(value, place, value.node);
    const without = (found: readonly Finding[]): readonly Finding[] =>
      sealed.size === 0 ? found : found.filter(({ holder }) => holder === undefined || !sealed.has(holder.property));
    if (value.type && value.target.kind !== "object") {
      const typed = this.#declared.of({ value, place }, next);
      if (typed.length > 0) return this.#protected.leadsThrough({ value: value.target, place }) ? [] : without(typed);
    }
    const found = without(this.#data({ value: value.target, place }, value.type ? { ...next, type: { type: value.type, place } } : next));
    if (found.length > 0) return found;
    const used = this.#used({ value, place }, trail, sealed);
    return used.length > 0 ? used : this.#keptBefore({ value, place }, trail, sealed);
  }

  /**
   * A record of somebody whose shape nothing declares, by what the file does with it: `user.email` is read, or was written,
   * so the whole `user` holds it. What was read of a secret says nothing, since databases hold its hash under that name.
   */
  #used({ value, place }: Located<RefValue>, trail: Trail, sealed: ReadonlySet<string>): readonly Finding[] {
    const { node: reference, name } = value;
    if (!reference || name === undefined || value.type || !PERSON.test(name) || !this.#isUnknownRecord({ value: value.target, place })) return [];
    const uses = place.module.memberUses?.(reference);
    if (!uses) return [];
    const written = uses.written.filter(({ node, property }) => node.range[1] <= reference.range[0] && !sealed.has(property));
    const names = [...written.map(({ property }) => property), ...[...uses.read].filter((property) => !sealed.has(property))];
    return classifyRecord([...new Set(names)], this.#settings.sensitiveNames).flatMap(({ name: property, sensitivity }): readonly Finding[] => {
      if (sensitivity.strength !== "strong") return [];
      const shown = { sensitivity, name: property, node: trail.node, holder: deeper(trail.holder, property) };
      const own = written.findLast((one) => one.property === property);
      if (own) return this.#isPlain({ value: own.value, place }, 0) ? [shown] : [];
      return sensitivity.category === "credentials" || sensitivity.category === "session" ? [] : [shown];
    });
  }

  /**
   * A record that is read from Redis and written back under the same key holds what the project puts there elsewhere. A
   * secret need not be readable: the record of a user holds the hash of a password under that name.
   */
  #keptBefore({ value, place }: Located<RefValue>, trail: Trail, sealed: ReadonlySet<string>): readonly Finding[] {
    const { project } = this.#tracer;
    const [key] = this.#command?.name === "set" ? this.#command.keys : [];
    if (this.#isEvidence || !project || !key || !this.#command || value.type || !this.#isUnknownRecord({ value: value.target, place })) return [];
    const form = formOfKey(this.#tracer, { value: key, place: this.#command.call.place });
    const clients = this.#clients;
    if (form === undefined || !isReadUnder(clients, this.#tracer, { value: value.target, place }, form)) return [];
    const found = storedUnder(form, {
      project,
      clients,
      tracer: this.#tracer,
      // Other files have no nodes to show anything on.
      stored: (command) => new Search(this.#file, trail.node, true).command(command),
      isUnknown: (located) => this.#isUnknownRecord(located),
    });
    const open = found.filter(({ name, holder, sensitivity: { category } }) => category !== "credentials" && category !== "session" && !sealed.has(holder?.property ?? name));
    if (!open.some(({ sensitivity }) => sensitivity.strength === "strong")) return [];
    return open.map(({ name, sensitivity, holder }) => ({ sensitivity, name, node: trail.node, holder: deeper(trail.holder, holder?.property ?? name) }));
  }

  /** What comes from outside of the code, such as a look-up or a parser, with all that it has. */
  #isUnknownRecord(located: Located): boolean {
    if (propertiesOfValue(this.#tracer, located) || this.#protected.leadsThrough(located)) return false;
    return this.#tracer.alternatives(located).every(({ value }) => value.kind === "call" || value.kind === "unknown");
  }

  #member(located: Located, trail: Trail): readonly Finding[] {
    const { value, place } = located;
    if (value.kind !== "member") return [];
    if (value.property === "length" || value.property === "size" || isEnumMember(value)) return [];
    const isElement = value.property === undefined || /^\d+$/u.test(value.property);
    const names = [...trail.names, ...(isElement ? namesOf(value.object) : [sentName(this.#file, located) ?? value.property ?? ""])];
    const type = value.property === undefined ? undefined : this.#memberType(value.object, value.property, place);
    if (type === "boolean" || type === "literals" || this.#isOverwritten(located)) return [];
    const found = this.#followed(located, { ...trail, names });
    return type === "number" ? found.filter(({ sensitivity }) => mayBeNumber(sensitivity)) : found;
  }

  /** `body.password = await hash(body.password)` stands before: what was there is gone. */
  #isOverwritten({ value, place }: Located): boolean {
    if (value.kind !== "member" || value.property === undefined) return false;
    return this.#sealed(value.object, place, value.node).has(value.property);
  }

  /** The members of a variable that a protected value was put into, before a place of the file. */
  #sealed({ node: reference }: Value, place: Place, at: Node | undefined): ReadonlySet<string> {
    const uses = reference && at ? place.module.memberUses?.(reference) : undefined;
    const found = new Set<string>(uses?.deleted);
    for (const { property, value, node } of uses?.written ?? []) {
      const isBefore = at !== undefined && node.range[1] <= at.range[0];
      if (isBefore && this.#protected.leadsThrough({ value, place })) found.add(property);
    }
    return found;
  }

  /** The argument of the call that is being read; else a parameter is judged by its own name. */
  #param(located: Located, trail: Trail): readonly Finding[] {
    const { value, place } = located;
    if (value.kind !== "param") return [];
    const { name } = value.fn.params[value.index] ?? {};
    const named = name === undefined || trail.names.at(-1) === name ? trail : { ...trail, names: [...trail.names, name] };
    const given = place.frame?.fn === value.fn && !value.rest ? place.frame.args[value.index] : undefined;
    if (!given || !place.frame) return this.#followed(located, named);
    const { node } = given;
    // An argument of the call that is shown can be shown itself.
    const shown = this.#shown && node && contains(this.#shown, node) ? { node, inline: true } : { inline: false };
    return this.#data({ value: given, place: place.frame.place }, { ...trail, ...shown, depth: trail.depth + 1 });
  }

  #memberType(object: Value, property: string, place: Place): ReturnType<typeof keywordOf> {
    const type = propertiesOfValue(this.#tracer, { value: object, place })?.get(property);
    return type && keywordOf(this.#tracer, type);
  }

  /** Goes where a member, import or parameter leads; what leads nowhere is judged by its names and type. */
  #followed(located: Located, trail: Trail): readonly Finding[] {
    const next = { ...trail, inline: false, depth: trail.depth + 1 };
    const alternatives = this.#tracer.alternatives(located);
    const known = alternatives.filter(({ value }) => leadsOn(located.value, value));
    if (known.length === 0) return this.#leaf(located, trail);
    return firstFindings(known.map((alternative) => this.#data(alternative, next)));
  }

  #record(object: ObjectValue, place: Place, trail: Trail): readonly Finding[] {
    const types = trail.type && propertiesOfType(this.#tracer, trail.type);
    const flags = new Set(object.entries.filter(({ key, value }) => this.#isDeclaredFlag(types?.get(key ?? "")) || isFlag(this.#tracer, { value, place })));
    // A flag is no company that makes another name telling.
    const names = object.entries.flatMap((entry) => (entry.key === undefined || flags.has(entry) ? [] : [entry.key]));
    const { sensitiveNames } = this.#settings;
    const sensitive = new Map(classifyRecord(names, sensitiveNames, trail.isContact).map((found) => [found.name, found.sensitivity]));
    const prefix = this.#keyPrefix;
    const words = trail.words && prefix !== undefined ? classifyKeyPrefix(prefix, names) : trail.words;
    const written = new Set<string>();
    return object.entries.toReversed().flatMap((entry): readonly Finding[] => {
      const isShown = trail.inline && entry.value.node && contains(trail.node, entry.value.node);
      const node = isShown && entry.value.node ? entry.value.node : trail.node;
      const holder = isShown ? undefined : deeper(trail.holder, entry.key ?? "");
      const next = { ...trail, node, words, holder };
      if (entry.spread) {
        return this.#spread(entry, place, next, written).map((found) =>
          isShown || !trail.holder ? found : { ...found, holder: deeper(trail.holder, "") },
        );
      }
      const { key } = entry;
      if (key === undefined) return this.#data({ value: entry.value, place }, { ...next, names: [] });
      if (written.has(key)) return [];
      written.add(key);
      if (flags.has(entry)) return [];
      const found = this.#data({ value: entry.value, place }, { ...next, names: [key], type: types?.get(key), isContact: isOrganisationsContact(key, names, sensitiveNames) });
      const promoted = sensitive.get(key);
      if (!promoted) return found.filter((finding) => !this.#isPublicIn(key, finding));
      if (found.length > 0 || promoted.strength === "strong") return found;
      // A weak name among others that make it telling, such as a code beside an email address.
      return this.#isPlain({ value: entry.value, place }, 0) ? [{ sensitivity: promoted, name: key, node, holder }] : [];
    }).toReversed();
  }

  #isDeclaredFlag(type: LocatedType | undefined): boolean {
    return type !== undefined && isFlagKind(keywordOf(this.#tracer, type));
  }

  /** The record's other fields make the name public, such as the phone number of a shop with opening hours. */
  #isPublicIn(key: string, { sensitivity }: Finding): boolean {
    const alone = classifyName(key, this.#settings.sensitiveNames);
    return alone?.strength === "strong" && alone.label === sensitivity.label;
  }

  /** What a spread brings, without what it leaves out and what is written behind it. */
  #spread(entry: ObjectValue["entries"][number], place: Place, trail: Trail, written: ReadonlySet<string>): readonly Finding[] {
    const found = this.#data({ value: entry.value, place }, { ...trail, names: [], holder: undefined });
    return found.filter(({ name, holder }) => {
      const property = holder?.property ?? name;
      return !entry.omit?.includes(property) && !written.has(property);
    });
  }

  #call(call: Located<CallValue>, within: Trail): readonly Finding[] {
    const { value, place } = call;
    const callee = target(value.callee);
    // The time of day is nobody's secret, whatever the key says.
    if (this.#protected.isProtected(call) || isAnyClock(value) || isFlag(this.#tracer, call)) return [];
    // The parts around what is sealed, such as its tag, are not what the key names.
    const trail = within.words && this.#protected.isMade(call) ? { ...within, words: undefined } : within;
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
    if (callee.kind === "member" && callee.property !== undefined) {
      const mapped = this.#mapped(call, callee, trail);
      if (mapped) return mapped;
      if (keepsContent(callee.property, value)) return this.#data({ value: callee.object, place }, trail);
    }
    const name = calleeName(value);
    if (name !== undefined && UNDOING.test(name)) {
      // What was encrypted is readable again: the argument's name says what it is.
      const read = value.args.flatMap(namesOf).map((encrypted) => encrypted.replace(PROTECTING_WORDS, ""));
      return this.#leaf(call, { ...trail, names: [...trail.names, ...read] });
    }
    const returned = this.#returned(call, trail);
    if (returned) return returned;
    const resolved = this.#tracer.alternatives(call).filter((alternative) => alternative.value !== value);
    if (resolved.length > 0) {
      return firstFindings(resolved.map((alternative) => this.#data(alternative, { ...trail, inline: false })));
    }
    const typed = this.#declared.of(call, trail);
    if (typed.length > 0) return typed;
    // What an unknown function makes of personal data may be its protection.
    const given = { ...trail, names: [], inline: false, words: undefined };
    const transforms = value.args.some((arg) => this.#data({ value: arg, place }, given).length > 0);
    if (!transforms) {
      const sent = sentName(this.#file, call);
      return this.#leaf(call, sent === undefined ? trail : { ...trail, names: [...trail.names, sent] });
    }
    // `normalizeEmail(email)`: by its name the result is personal data still.
    const result = name === undefined ? undefined : classifyName(name, this.#settings.sensitiveNames);
    return result?.strength === "strong" ? this.#leaf(call, { ...trail, names: [...trail.names, name ?? ""] }) : [];
  }

  /** What the called functions hand out. Undefined: they can't be read. */
  #returned(call: Located<CallValue>, trail: Trail): readonly Finding[] | undefined {
    const functions = this.#tracer.functions({ value: call.value.callee, place: call.place });
    if (functions.length === 0 || call.value.isNew) return undefined;
    const next = { ...trail, inline: false, depth: trail.depth + 1 };
    let isProtected = false;
    const found = functions.flatMap(({ fn, place: at }) => {
      const place = this.#tracer.inside(call, { fn, place: at });
      return fullReturns(fn).flatMap((value) => {
        isProtected ||= this.#protected.isMade({ value, place });
        return this.#data({ value, place }, fn.returnType ? { ...next, type: { type: fn.returnType, place: at } } : next);
      });
    });
    if (found.length > 0) return firstFindings([found]);
    return isProtected ? [] : this.#declared.of(call, trail);
  }

  /** `users.map((user) => user.email)`: what the function makes of each element. */
  #mapped({ value, place }: Located<CallValue>, { object, property }: MemberValue, trail: Trail): readonly Finding[] | undefined {
    const [first] = value.args;
    if (!first || (property !== "map" && property !== "flatMap")) return undefined;
    const functions = this.#tracer.functions({ value: first, place });
    if (functions.length === 0) return undefined;
    const element: CallValue = { kind: "call", callee: first, args: [{ kind: "member", object, property: undefined }], isNew: false };
    return firstFindings(
      functions.map(({ fn, place: at }) => {
        const within = this.#tracer.inside({ value: element, place }, { fn, place: at });
        const next = { ...trail, inline: false, holder: deeper(trail.holder, "") };
        return fn.returns.flatMap((returned) => this.#data({ value: returned, place: within }, next));
      }),
    );
  }

  /** What leads no further is judged by its type, by the names on the way to it, innermost first, and by the key. */
  #leaf(located: Located, trail: Trail): readonly Finding[] {
    if (trail.names.some((name) => FLAG_NAME.test(name))) return [];
    const typed = this.#declared.of(located, trail);
    if (typed.length > 0) return typed;
    const { names, words } = trail;
    if (located.value.kind === "call" && this.#protected.isMade(located)) return [];
    const { sensitiveNames } = this.#settings;
    for (const name of names.toReversed()) {
      if (PROTECTED_NAME.test(name)) return [];
      const sensitivity = classifyName(name, sensitiveNames);
      if (sensitivity?.strength !== "strong") continue;
      if (sensitivity.category === "credentials" && isOfCoin(propertiesOfValue(this.#tracer, located))) continue;
      // Databases hold the hash of a password under that name: `{ passwordHash: user.password }`.
      const isHash = sensitivity.label === "password" && names.some((outer) => PROTECTED_NAME.test(outer));
      return isHash ? [] : [{ sensitivity, name, node: trail.node, holder: trail.holder }];
    }
    const last = names.at(-1);
    const isTold = words?.strength === "strong" || names.some((name) => classifyName(name, sensitiveNames)?.strength === "weak");
    if (words && isTold && (last === undefined ? trail.depth > 0 : names.every((name) => GENERIC_NAME.test(name)))) {
      return [{ sensitivity: words, name: last ?? "value", node: trail.node, holder: trail.holder }];
    }
    return [];
  }

  /** Data that is stored as it is: no constant, flag or protected form. */
  #isPlain(located: Located, depth: number): boolean {
    return this.#tracer.alternatives(located).every(({ value, place }) => {
      if (value.kind === "literal" || value.kind === "env" || depth > 4) return false;
      if (value.kind === "operation") return !BOOLEAN_OPERATORS.has(value.operator);
      if (value.kind !== "call") return !namesOf(located.value).some((name) => PROTECTED_NAME.test(name) || FLAG_NAME.test(name));
      return !this.#protected.isMade({ value, place });
    });
  }
}

/** What a value was followed to says more than the value: `holder.held` leads to `user.email`, `user.email` to itself. */
function leadsOn(from: Value, to: Value): boolean {
  if (to === from) return false;
  if (to.kind !== "member") return true;
  return to.property !== undefined && (from.kind !== "member" || to.property !== from.property);
}

