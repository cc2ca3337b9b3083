import { isLastingSession, PUTS_SESSION } from "../../sdk/sessions.ts";
import { answeringCall } from "./caller-presence.ts";
import type { FileModel } from "../file.ts";
import type { Handler } from "../handlers/index.ts";
import { dependsOnPackage } from "../handlers/package.ts";
import { contextMember } from "../handlers/trpc.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * Sessions of libraries that are there for everybody, and empty for strangers: `if (!session) throw` turns nobody away, where
 * `if (!session.user) throw` does.
 */

/** Frameworks whose handlers find the session of such a library on the request that they are handed. */
const ON_REQUEST: ReadonlySet<Handler["framework"]> = new Set<Handler["framework"]>(["express", "fastify", "koa", "next-pages"]);

/** Calls that tell who calls, as far as a reading has met them. */
export class Lookups {
  readonly #calls = new Set<CallValue>();
  /** Those that answer strangers with a session that is empty. */
  readonly #lasting = new Set<CallValue>();
  readonly #tracer: Tracer;

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  get size(): number {
    return this.#calls.size;
  }

  add({ value, place }: Located<CallValue>): void {
    if (this.#calls.has(value)) return;
    this.#calls.add(value);
    if (isThereForAll(this.#tracer, { value, place })) this.#lasting.add(value);
  }

  has(call: CallValue): boolean {
    return this.#calls.has(call);
  }

  /** What the call answers is there for strangers, too. */
  isLasting(call: CallValue): boolean {
    return this.#lasting.has(call);
  }

  /** The part says who calls; of a session that is there for all, a member does. */
  tells(part: Value): boolean {
    if (part.kind === "call") return this.#calls.has(part) && !this.#lasting.has(part);
    if (part.kind !== "member" || this.#lasting.size === 0) return false;
    const call = answeringCall(part);
    return call !== undefined && this.#lasting.has(call);
  }
}

/** The value is such a session, whichever of its alternatives it is. False: it may be nothing, or that can't be told. */
export function isThereForAll(tracer: Tracer, located: Located): boolean {
  const found = tracer.alternatives(located);
  return found.every(({ value, place }) => {
    const at = unwaited(value);
    const path = at.kind === "call" && !at.isNew ? tracer.canonical({ value: at.callee, place }) : undefined;
    return path !== undefined && isLastingSession(path);
  });
}

/** What a handler's framework, or the project's context of tRPC, keeps as `session` is such a session. False: that can't be told. */
export function keepsLastingSession(file: FileModel, handler: Handler): boolean {
  if (ON_REQUEST.has(handler.framework)) return dependsOnPackage(file, PUTS_SESSION) === true;
  if (handler.framework !== "trpc") return false;
  const kept = contextMember(file, handler, "session");
  return kept.length > 0 && kept.every((made) => isThereForAll(file.tracer, { ...made, value: lastOf(made.value) }));
}

/** `await getSession(req, res)` of `req && res && (await getSession(req, res))`: a request of the adapter brings both. */
function lastOf(value: Value): Value {
  const at = target(value);
  const last = at.kind === "choice" && at.operator === "&&" ? at.options.at(-1) : undefined;
  return last ?? value;
}

const unwaited = (value: Value): Value => {
  const at = target(value);
  return at.kind === "await" ? target(at.value) : at;
};
