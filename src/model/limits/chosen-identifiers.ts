import { isAddress } from "./addresses.ts";
import type { Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, MemberValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { requestInputs, untrustedInput, type RequestInput } from "../input/request-input.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** An identifier, or a part of one, that the caller of a request makes up as he likes. */
export interface Chosen {
  readonly input: RequestInput;
  /** The node in the file that shows it; undefined where only other files do. */
  readonly node: Node | undefined;
}

/** What an identifier is made of. */
export interface Origin {
  /** The first part that the caller chooses. */
  readonly chosen: Chosen | undefined;
  /** Something in it is neither constant nor the caller's choice, or is not known: it may tell callers apart. */
  readonly apart: boolean;
}

const CONSTANT: Origin = { chosen: undefined, apart: false };
const APART: Origin = { chosen: undefined, apart: true };
const MAX_DEPTH = 20;

/**
 * Headers that go through proxies as the caller wrote them, or that only browsers are honest about. Left out are those
 * that a platform sets itself (`x-real-ip`, `cf-connecting-ip`, `x-vercel-forwarded-for`), and those that may hold a
 * credential. https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-Forwarded-For#security_and_privacy_concerns
 */
const FORGEABLE = /^(?:x-forwarded-for|x-forwarded|forwarded-for|forwarded|x-client-ip|x-cluster-client-ip|x-original-forwarded-for|user-agent|accept|accept-language|referer|x-fingerprint|x-device-id)$/u;

/** Methods of texts whose result still begins with what the caller wrote. */
const TEXT_METHODS = new Set(["toString", "trim", "toLowerCase", "toUpperCase", "split", "map", "at", "shift", "replace", "replaceAll", "slice", "substring", "normalize"]);

/** Methods of lists after which the entry of the nearest proxy comes first, or comes in. */
const FROM_THE_END = new Set(["pop", "reverse", "toReversed", "findLast", "find", "filter", "join"]);

/** What the identifier of a limit is made of, by the time of a call of the file. */
export function originOf(file: FileModel, identifier: Located, call: Located<CallValue>): Origin {
  return new Origins(file, call).of(identifier, undefined, 0);
}

class Origins {
  readonly #file: FileModel;
  readonly #call: Located<CallValue>;
  readonly #open = new Set<Value>();

  constructor(file: FileModel, call: Located<CallValue>) {
    this.#file = file;
    this.#call = call;
  }

  /** @param shown the node nearest to the limit that stands for the value */
  of(located: Located, shown: Node | undefined, depth: number): Origin {
    const { value, place } = located;
    if (depth > MAX_DEPTH) return APART;
    const follow = (next: Value, node = shown): Origin => this.of({ value: next, place }, node, depth + 1);
    switch (value.kind) {
      case "literal":
      case "env":
        return CONSTANT;
      case "ref": {
        if (this.#open.has(value.target)) return APART;
        this.#open.add(value.target);
        const found = follow(value.target, shown ?? value.node);
        this.#open.delete(value.target);
        return found;
      }
      case "await":
        return follow(value.value);
      case "template":
        return together(value.parts.map((part) => follow(part, part.node)));
      case "choice":
        return this.#choice(value, place, shown, depth);
      case "param": {
        const { frame } = place;
        const given = frame?.fn === value.fn && !value.rest ? frame.args[value.index] : undefined;
        return frame && given ? this.of({ value: given, place: frame.place }, given.node ?? shown, depth + 1) : this.#leaf(located, shown);
      }
      case "call":
        return this.#called({ value, place }, shown, depth);
      case "member": {
        const made = this.#alternatives(located, shown, depth);
        if (made) return made;
        // `forwarded.split(",")[0]`; any other entry is one that a proxy may have added.
        if (value.property === "0") return follow(value.object);
        if (value.property === undefined || /^\d+$/u.test(value.property)) return APART;
        const held = this.#held(value, place);
        if (held) return this.of(held, held.value.node ?? shown, depth + 1);
        return this.#leaf(located, shown);
      }
      default:
        return this.#leaf(located, shown);
    }
  }

  #choice(value: Value & { kind: "choice" }, place: Located["place"], shown: Node | undefined, depth: number): Origin {
    const { operator, options, test } = value;
    if (operator === "=") return APART;
    // `process.env.VERCEL ? … : …`: whoever deploys it knows the platform.
    if (test && dependsOn(test, ({ kind }) => kind === "env")) return APART;
    let apart = false;
    for (const option of operator === "&&" ? options.slice(-1) : options) {
      const located = { value: option, place };
      const found = this.of(located, option.node ?? shown, depth + 1);
      if (found.chosen) return found;
      apart ||= found.apart;
      // Behind an address that the platform sets nothing else comes to pass.
      if (operator !== "?:" && found.apart && isAddress(this.#file, located)) return APART;
    }
    return { chosen: undefined, apart };
  }

  #called(call: Located<CallValue>, shown: Node | undefined, depth: number): Origin {
    const { value, place } = call;
    const callee = target(value.callee);
    const method = methodOf(value);
    if (callee.kind === "member" && method !== undefined && TEXT_METHODS.has(method)) {
      const [first] = value.args;
      const index = first && this.#file.tracer.constant({ value: first, place });
      if (method === "at" ? Number(index) !== 0 : method === "slice" && !(Number(index) >= 0)) return APART;
      return this.of({ value: callee.object, place }, shown, depth + 1);
    }
    if (callee.kind === "member" && FROM_THE_END.has(method ?? "")) return APART;
    if (callee.kind === "global" && callee.name === "String" && value.args[0]) return this.of({ value: value.args[0], place }, shown, depth + 1);
    const functions = value.isNew ? [] : this.#file.tracer.functions({ value: value.callee, place });
    const [made, ...others] = functions;
    if (!made) return this.#alternatives(call, shown, depth) ?? this.#leaf(call, shown);
    if (others.length > 0) return APART;
    const inside = this.#file.tracer.inside(call, made);
    let apart = false;
    for (const returned of made.fn.returns) {
      const located = { value: returned, place: inside };
      const found = this.of(located, value.node ?? shown, depth + 1);
      if (found.chosen) return { ...found, chosen: { ...found.chosen, node: found.chosen.node ?? value.node } };
      apart ||= found.apart;
      // `if (real) return real;` comes first, as in a choice.
      if (found.apart && isAddress(this.#file, located)) return APART;
    }
    return { chosen: undefined, apart: apart || made.fn.returns.length === 0 };
  }

  /** What the tracer knows a member or a call to be; undefined: nothing more than it says itself. */
  #alternatives(located: Located, shown: Node | undefined, depth: number): Origin | undefined {
    const all = this.#file.tracer.alternatives(located);
    if (all.some(({ value }) => value.kind === "member" || value.kind === "unknown" || (value.kind === "call" && value.node === located.value.node))) return undefined;
    const found = all.map((each) => this.of(each, each.value.node ?? shown, depth + 1));
    return found.find(({ chosen }) => chosen) ?? found[0];
  }

  /** What an object that is written in sight holds under the member's name. */
  #held({ object, property }: MemberValue, place: Located["place"]): Located | undefined {
    const holder = this.#file.tracer.only({ value: object, place });
    if (holder?.value.kind !== "object") return undefined;
    const entry = holder.value.entries.findLast(({ key, spread }) => spread === true || key === undefined || key === property);
    return entry && entry.key === property && entry.spread === undefined ? { value: entry.value, place: holder.place } : undefined;
  }

  #leaf(located: Located, shown: Node | undefined): Origin {
    const input = requestInputs(this.#file, located).find(isFreelyChosen);
    if (!input || !untrustedInput(this.#file, located, this.#call, input)) return APART;
    const node = input.kind === "header" ? (located.value.node ?? shown) : (shown ?? located.value.node);
    return { chosen: { input, node }, apart: false };
  }
}

/** Ids of things (`orderId`): a limit for each of them is one that is meant. */
const NAMES_THING = /(?<!user|account|client|device|visitor|session|customer|caller)_?id$/iu;

/** What the request itself says may be anything; a path names a thing, a cookie may be a session. */
export function isFreelyChosen({ kind, path }: RequestInput): boolean {
  if (kind === "header") return FORGEABLE.test(path[0]?.toLowerCase() ?? "");
  // What next-safe-action's middleware made stands beside what the caller sent.
  return (kind === "body" || kind === "query") && path[0] !== "ctx" && !NAMES_THING.test(path.at(-1) ?? "");
}

function together(parts: readonly Origin[]): Origin {
  const apart = parts.some((part) => part.apart);
  const chosen = parts.flatMap((part) => part.chosen ?? []);
  // Whoever changes one part gets a fresh limit; but a user's limit for each thing is one that is meant.
  return { chosen: chosen.find(({ input }) => input.kind === "header") ?? (apart ? undefined : chosen[0]), apart };
}

function methodOf({ callee }: CallValue): string | undefined {
  const called = target(callee);
  return called.kind === "member" ? called.property : undefined;
}
