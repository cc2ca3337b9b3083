import { costlyOf, type CostlyKind } from "../../sdk/costly/index.ts";
import { parsePath, type CanonicalPath } from "../../sdk/canonical.ts";
import { isForeignHost } from "../../sdk/foreign-hosts.ts";
import { REQUESTS, RESPONSE_PARAMETERS, SINKS, type SinkKind, type SinkRow } from "../../sdk/sinks.ts";
import { contains, type Node } from "../syntax/ast.ts";
import { deliveryOf, mayDeliver } from "../commands/deliveries.ts";
import type { FileModel } from "../file.ts";
import { unwrapHandler } from "../handlers/index.ts";
import type { CallValue, FunctionFacts, ParamValue, Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A value at a place where it gets out of the program. */
export interface Outlet {
  readonly kind: SinkKind;
  /** Follows "sent to", "stored"; empty where the kind says it all. */
  readonly label: string;
  readonly value: Located;
  /** Where the value stands in the linted file. */
  readonly node: Node;
  /** Any value may stand there, so that a yes or no can take its place. */
  readonly takesAnything: boolean;
  /** The call is made in a function of the project that this file calls: only its arguments are this file's affair. */
  readonly isBehind: boolean;
}

/** Chooses among the calls that steps make. */
export type CallsOf = (steps: readonly Step[]) => Iterable<CallValue>;

/** Functions in functions that a call is followed into. */
const MAX_DEPTH = 2;
const MAX_CALLS = 300;

/** Finds where calls let values out: `sdk/sinks.ts` by what is called, requests by their host, stores by what they store. */
export class Outlets {
  readonly #file: FileModel;
  #responses: ReadonlyMap<FunctionFacts, string> | undefined;

  constructor(file: FileModel) {
    this.#file = file;
  }

  /** What the arguments of a call are let out by; empty where it lets nothing out, or that is not known. */
  of(call: Located<CallValue>, node: Node): readonly Outlet[] {
    if (call.value.args.length === 0) return [];
    return this.#of(call, node, false);
  }

  /**
   * The outlets in the project's functions that a call runs, with what they are handed there.
   * @param callsOf the calls of a function's body that matter
   */
  behind(call: Located<CallValue>, node: Node, callsOf: CallsOf = callsIn, depth = 0): readonly Outlet[] {
    const { value, place } = call;
    if (value.isNew || value.spreadAt !== undefined || depth > MAX_DEPTH) return [];
    return this.#file.tracer.functions({ value: value.callee, place }).flatMap((callee) => {
      const inside = this.#file.tracer.inside(call, callee);
      const found: Outlet[] = [];
      let calls = 0;
      for (const inner of callsOf(callee.fn.body)) {
        if (calls++ > MAX_CALLS) break;
        if (!inner.args.some((arg) => dependsOn(arg, isParameter))) continue;
        const located = { value: inner, place: inside };
        const own = mayLetOut(inner.callee) ? this.#of(located, node, true) : [];
        found.push(...(own.length > 0 ? own : this.behind(located, node, callsOf, depth + 1)));
      }
      return found;
    });
  }

  #of(call: Located<CallValue>, node: Node, isBehind: boolean): readonly Outlet[] {
    const { value, place } = call;
    const outlet = (arg: Value, kind: SinkKind, label: string, takesAnything = false): Outlet => {
      const shown = isBehind || !arg.node || !contains(node, arg.node) ? node : arg.node;
      return { kind, label, value: { value: arg, place }, node: shown, takesAnything, isBehind };
    };
    const path = this.#file.tracer.canonical({ value: value.callee, place }) ?? this.#pathOfResponse(value.callee);
    const row = path && SINKS.match(path);
    if (row) return argumentsOf(value, row).map((arg) => outlet(arg, row.kind, row.label, row.takesAnything));
    if (path && REQUESTS.match(path)) {
      const host = this.#hostOf(value.args[0], place);
      return host !== undefined && isForeignHost(host) ? value.args.map((arg) => outlet(arg, "request", host)) : [];
    }
    const costly = path && costlyOf(path);
    if (costly && SENT_ON.has(costly.kind)) return value.args.map((arg) => outlet(arg, "service", `a call that ${costly.label}`));
    if (costly && STORED.has(costly.kind)) return value.args.map((arg) => outlet(arg, "store", `by a call that ${costly.label}`));
    const command = this.#file.clients.commandOf(call) ?? (mayDeliver(this.#file.text) ? deliveryOf(this.#file.clients, this.#file.tracer, call) : undefined);
    if (command?.access !== "write") return [];
    return command.values.map((part) => outlet(part.value, "store", `by \`${command.name}\``));
  }

  /** `response.status(500).json` of a handler that does not declare what it is handed. */
  #pathOfResponse(callee: Value): CanonicalPath | undefined {
    const names: string[] = [];
    let at = target(callee);
    for (let steps = 0; steps < 20; steps++) {
      if (at.kind === "member") {
        names.unshift(at.property ?? "*");
        at = target(at.object);
      } else if (at.kind === "call") at = target(at.callee);
      else break;
    }
    const type = at.kind === "param" && names.length > 0 ? this.#responseType(at) : undefined;
    if (type === undefined) return undefined;
    const { source, path } = parsePath(type);
    return { source, path: [...path, ...names] };
  }

  #responseType({ fn, index, rest }: ParamValue): string | undefined {
    if (rest) return undefined;
    this.#responses ??= this.#findHandlers();
    const framework = this.#responses.get(fn);
    // Express tells handlers of errors by their four parameters.
    const place = framework === "express" && fn.params.length === 4 ? index - 1 : index;
    const known = framework === undefined ? undefined : RESPONSE_PARAMETERS[framework]?.[place];
    if (known !== undefined || framework !== undefined || index !== 1) return known;
    // A controller that its router's file imports: both names together are no accident.
    const [request, response] = fn.params;
    return /^_?req(?:uest)?$/u.test(request?.name ?? "") && /^res(?:ponse)?$/u.test(response?.name ?? "") ? "express#Response" : undefined;
  }

  #findHandlers(): ReadonlyMap<FunctionFacts, string> {
    const found = new Map<FunctionFacts, string>();
    if (!this.#file.handlers.possible) return found;
    for (const { framework, value, before } of this.#file.handlers.all) {
      for (const part of [value, ...before]) {
        for (const { fn } of unwrapHandler(this.#file.tracer, part).functions) found.set(fn, framework);
      }
    }
    return found;
  }

  /** The host that a request goes to. Undefined: not known, or this server's own. */
  #hostOf(address: Value | undefined, place: Located["place"], depth = 0): string | undefined {
    if (!address || depth > 4) return undefined;
    const { tracer } = this.#file;
    const hosts = tracer.alternatives({ value: address, place }).map((found): string | undefined => {
      const { value } = found;
      if (value.kind === "literal") return typeof value.value === "string" ? hostIn(value.value, true) : undefined;
      if (value.kind === "template") {
        const texts = value.parts.map((part) => tracer.constant({ value: part, place: found.place }));
        const end = texts.findIndex((text) => typeof text !== "string");
        return hostIn(texts.slice(0, end < 0 ? undefined : end).join(""), end < 0);
      }
      if (value.kind === "call" && value.isNew) return this.#hostOf(value.args[1] ?? value.args[0], found.place, depth + 1);
      if (value.kind !== "object") return undefined;
      const [given] = ["baseURL", "url", "uri"].flatMap((name) => tracer.property(found, name));
      return given && this.#hostOf(given.value, given.place, depth + 1);
    });
    return hosts.every((host) => host !== undefined && host === hosts[0]) ? hosts[0] : undefined;
  }
}

/** What is called may be such a function: anything but a parameter, or a function of the project, which is followed into. */
function mayLetOut(callee: Value): boolean {
  const { kind } = target(callee);
  return kind === "member" || kind === "global" || kind === "import" || kind === "call" || kind === "class";
}

const SENT_ON: ReadonlySet<CostlyKind> = new Set<CostlyKind>(["mail", "sms", "llm", "payment"]);
const STORED: ReadonlySet<CostlyKind> = new Set<CostlyKind>(["data-write", "blob"]);

const isParameter = ({ kind }: Value): boolean => kind === "param";

function argumentsOf({ args }: CallValue, { shown }: SinkRow): readonly Value[] {
  return shown === "all" ? args : shown.flatMap((index) => args[index] ?? []);
}

/** The host at the beginning of an address; where the text goes on, it has to be complete. */
function hostIn(address: string, isWhole: boolean): string | undefined {
  const [, host, end] = /^(?:https?|wss?):\/\/(?:[^/?#@\s]*@)?([\w.-]+)([/:?#]?)/iu.exec(address) ?? [];
  return host !== undefined && (isWhole || end !== "") ? host.toLowerCase() : undefined;
}
