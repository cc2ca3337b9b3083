import { keepsCaller } from "../../sdk/sessions.ts";
import { MAX_LINKS } from "../values/chains.ts";
import type { Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { nameCaller } from "./caller-checks.ts";

/*
 * Who calls, where a framework hands the request of the moment to whatever function asks for it: `getRequestEvent().locals.user`
 * of SvelteKit, in a helper that is given nothing.
 */

/**
 * The member says who calls, as middleware keeps it with the request of the moment, whichever function has asked for that; or so does
 * what a function hands out: `current()`. What it hands out in its place where there is nothing says nothing else.
 */
export function isKeptCaller(tracer: Tracer, { value, place }: Located): boolean {
  const written = chainOf(value);
  if (target(written.root).kind !== "call" || (written.names.length > 0 && !nameCaller(written.names.slice(-1)))) return false;
  // `locals.user`, where `locals` may also be something that was sent, says nothing.
  const told = tracer.alternatives({ value, place }).filter((found) => found.value.kind !== "literal" || Boolean(found.value.value));
  return told.length > 0 && told.every((found) => {
    const chain = chainOf(found.value);
    if (target(chain.root).kind !== "call") return false;
    return chain.names.some((_, index) => {
      const [kept, rest] = [chain.members[index], chain.names.slice(index + 1)];
      if (!kept || !nameCaller(rest)) return false;
      const path = tracer.canonical({ value: kept, place: found.place });
      return path !== undefined && keepsCaller(path);
    });
  });
}

/** The members that are read, the outermost last, and what they are read of; none where it is no member. */
function chainOf(value: Value): { readonly root: Value; readonly names: readonly (string | undefined)[]; readonly members: readonly Value[] } {
  const members: Value[] = [];
  const names: (string | undefined)[] = [];
  let at = target(value);
  for (let links = 0; (at.kind === "member" || at.kind === "await") && links < MAX_LINKS; links++) {
    if (at.kind === "member") {
      members.unshift(at);
      names.unshift(at.property);
    }
    at = target(at.kind === "member" ? at.object : at.value);
  }
  return { root: at, names, members };
}
