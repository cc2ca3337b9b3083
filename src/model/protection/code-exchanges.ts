import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, ObjectValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import { addressesOf, pathBehindHost } from "./request-addresses.ts";

/*
 * The end of a sign-in at another service, or of a connection to it: a caller brings a code that the service has given him, and the
 * server has it exchanged for a token. A code is good for once, nobody guesses one, and the exchange costs nothing. Whoever is given
 * a token has an account there.
 * https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.3
 */

const GRANT = "authorization_code";
const GRANT_IN_TEXT = /(?:^|[?&])grant_type=authorization_code(?:&|$)/u;
const CODE_IN_TEXT = /(?:^|[?&])code=$/u;
/** GitHub, Slack and Meta ask for no `grant_type`; where they hand out tokens tells that the code is none that has been sent to a phone. */
const HANDS_OUT = /\/(?:oauth2?\/(?:access_?)?token|oauth(?:\.v\d)?\.access)\/?$/iu;
const SAYS_SECRET = "client_secret";

/** The request exchanges a code that came with the caller's, at a service whose host is written down. */
export function exchangesCode(file: FileModel, { value, place }: Located<CallValue>): boolean {
  const [url] = value.args;
  if (!url || !value.args.some((arg) => dependsOn(arg, (part) => mayGrant(part)))) return false;
  const isSent = (code: Value): boolean => requestInputs(file, { value: code, place }).length > 0;
  // An exchange elsewhere is none: whoever names the address gives himself what he likes.
  const paths = addressesOf(file.tracer, { value: url, place }).map(pathBehindHost);
  if (paths.includes(undefined)) return false;
  const isToken = paths.every((path) => path !== undefined && HANDS_OUT.test(path));
  return value.args.some((arg) => dependsOn(arg, (part) => handsOver(part, isSent, isToken)));
}

/** A cheap question: false where nothing is made of a code. */
const mayGrant = (part: Value): boolean =>
  part.kind === "object" ? part.entries.some(({ key }) => key === "code") : part.kind === "literal" && typeof part.value === "string" && GRANT_IN_TEXT.test(part.value);

/** `{ grant_type: "authorization_code", code }`, `grant_type=authorization_code&code=${code}` */
function handsOver(part: Value, isSent: (code: Value) => boolean, isToken: boolean): boolean {
  if (part.kind === "object") return isGrant(part, isToken) && part.entries.some(({ key, value }) => key === "code" && isSent(value));
  if (part.kind !== "template") return false;
  const texts = part.parts.map((piece) => constantOf(piece));
  return texts.some((text) => text !== undefined && /grant_type=authorization_code/u.test(text)) && part.parts.some((piece, index) => CODE_IN_TEXT.test(texts[index - 1] ?? "") && isSent(encoded(piece)));
}

function isGrant({ entries }: ObjectValue, isToken: boolean): boolean {
  const grant = entries.findLast(({ key }) => key === "grant_type");
  return grant ? constantOf(grant.value) === GRANT : isToken && entries.some(({ key }) => key === SAYS_SECRET);
}

/** `encodeURIComponent(code)` */
function encoded(value: Value): Value {
  const at = target(value);
  const called = at.kind === "call" ? target(at.callee) : undefined;
  return (at.kind === "call" && called?.kind === "global" && called.name === "encodeURIComponent" && at.args[0]) || value;
}
