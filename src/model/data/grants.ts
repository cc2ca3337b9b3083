import { looksLikeProtectorName, protectorOf } from "../../sdk/protectors.ts";
import { isStrongSource, weaknessOf } from "../../sdk/randomness.ts";
import { handedIn } from "../flow/arguments.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { splitWords } from "./sensitive/words.ts";
import { calleeName, namesOf } from "./telling-names.ts";

/*
 * Grants: tokens that another service has given to the app, by which it acts there for itself, for a team or for somebody. The service
 * ends them, and whoever lets one expire here cuts the app off. Sessions and tokens that the app itself gives out are none.
 */

/** Names of RFC 6749 for what an authorisation server answers. */
const ON_THE_WIRE = /^(?:access_token|refresh_token|expires_in|token_type)$/u;
const REFRESHES = /^refresh_?token$/iu;
/** What is in the name of a key's part for whom a service has been connected: no one signs in as one of them. */
const GROUPS = /^(?:team|workspace|org|organi[sz]ation|tenant|guild|shop|store|installation|company|site)s?$/u;
const PERSONS = /^(?:user|uid|sub|member|session|sid|customer|email|account|viewer|device)s?$/u;

/** The record holds what is there to get new tokens with. */
export const holdsRefresh = (fields: readonly string[] | undefined): boolean => fields?.some((name) => REFRESHES.test(name)) ?? false;

/**
 * The tokens that are stored are a grant of another service: one for the whole app, or for a team, by the key; or by the record, which
 * holds what an authorisation server answers, with the token to renew it. Not where the app has made or signed a token itself. False:
 * they are none, or that can't be told.
 * @param fields the names in the record; undefined: it is no record, or they are not known
 */
export function isGrant(tracer: Tracer, key: Located, value: Located, fields: readonly string[] | undefined): boolean {
  const isAnswer = holdsRefresh(fields) && (fields ?? []).filter((name) => ON_THE_WIRE.test(name)).length > 1;
  return (isAnswer || isOfApp(tracer, key) || isOfGroup(tracer, key)) && !isOwn(tracer, value);
}

/** The same key for all who call. */
const isOfApp = (tracer: Tracer, key: Located): boolean => tracer.constant(key) !== undefined;

/** `notion:${teamId}`, `team:${id}`, and nothing in it of a person. */
function isOfGroup(tracer: Tracer, key: Located): boolean {
  return tracer.alternatives(key).some(({ value, place }) => {
    const parts = value.kind === "template" ? value.parts : [value];
    let before = "";
    let isGroup = false;
    for (const part of parts) {
      const text = tracer.constant({ value: part, place });
      const words = text === undefined ? namesIn({ value: part, place }) : String(text).split(/[^A-Za-z]+/u).map((word) => word.toLowerCase());
      if (words.some((word) => PERSONS.test(word))) return false;
      // An id of what the text before it names.
      if (text === undefined) isGroup ||= words.some((word) => GROUPS.test(word)) || (GROUPS.test(before) && words.every((word) => /^(?:id|key|slug|name)$/u.test(word)));
      before = words.findLast((word) => word !== "") ?? "";
    }
    return isGroup;
  });
}

/** The words of a part's name, of what it is a member of, and of what the call hands over for it. */
function namesIn({ value, place }: Located): readonly string[] {
  const at = target(value);
  const names = [...namesOf(value), ...namesOf(handedIn({ value, place }).value), ...(at.kind === "member" ? namesOf(at.object) : [])];
  return names.flatMap(splitWords);
}

/** Functions around a value, and records in records. */
const MAX_DEPTH = 4;

/** A token is made, signed or hashed here: of one that another service has given, the text itself is needed. */
function isOwn(tracer: Tracer, { value, place }: Located, depth = 0): boolean {
  const at = target(value);
  if (depth > MAX_DEPTH) return false;
  if (at.kind === "await") return isOwn(tracer, { value: at.value, place }, depth + 1);
  if (at.kind === "object") {
    return at.entries.some((entry) => (entry.spread || /token|jwt/iu.test(entry.key ?? "")) && isOwn(tracer, { value: entry.value, place }, depth + 1));
  }
  // What is kept encrypted is read again.
  const name = at.kind === "call" ? (calleeName(at) ?? "") : "";
  if (at.kind === "call" && at.args[0] && (looksLikeProtectorName(name) === "encrypt" || name === "stringify")) return isOwn(tracer, { value: at.args[0], place }, depth + 1);
  if (dependsOn(value, (part) => makes(tracer, { value: part, place }))) return true;
  return tracer.alternatives({ value, place }).some((found) => found.value !== at && isOwn(tracer, found, depth + 1));
}

function makes(tracer: Tracer, { value, place }: Located): boolean {
  const path = value.kind === "call" ? tracer.canonical({ value: value.callee, place }) : undefined;
  if (!path) return false;
  const does = protectorOf(path);
  return does === "sign" || does === "hash" || isStrongSource(path) || weaknessOf(path) === "random";
}
