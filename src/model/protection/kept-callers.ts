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

/** The member says who calls, as middleware keeps it with the request of the moment, whichever function has asked for that. */
export function isKeptCaller(tracer: Tracer, { value, place }: Located): boolean {
  const written = chainOf(value);
  if (!written || !nameCaller(written.names.slice(-1)) || target(written.root).kind !== "call") return false;
  // `locals.user`, where `locals` may also be something that was sent, says nothing.
  return tracer.alternatives({ value, place }).every((found) => {
    const chain = chainOf(found.value);
    if (!chain || target(chain.root).kind !== "call") return false;
    return chain.names.some((_, index) => {
      const [kept, rest] = [chain.members[index], chain.names.slice(index + 1)];
      if (!kept || !nameCaller(rest)) return false;
      const path = tracer.canonical({ value: kept, place: found.place });
      return path !== undefined && keepsCaller(path);
    });
  });
}

/** The members that are read, the outermost last, and what they are read of; undefined: it is no member. */
function chainOf(value: Value): { readonly root: Value; readonly names: readonly (string | undefined)[]; readonly members: readonly Value[] } | undefined {
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
  return members.length > 0 ? { root: at, names, members } : undefined;
}
