import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { holdsNamed } from "./secrets.ts";

/*
 * Passwords of the environment that people type. They are short enough to be guessed by whoever may try often, which the long
 * random secrets of machines are not.
 */

const PASSWORD = /(?:^|_)(?:pass(?:word|wd|code|phrase)?|pin(?:_?code)?)(?:_|$)|password|passcode/iu;
/** What services send each other. */
const OF_MACHINES = /web_?hook|cron|api|bot|service|internal|deploy|worker|queue|hash|salt|token|key/iu;

/**
 * What a caller types is compared with a password of the environment: `body.password === process.env.ADMIN_PASSWORD`.
 * Unlike what stands in a header, which programs send.
 */
export function comparesPassword(file: FileModel, { value, place }: Located): boolean {
  return dependsOn(value, (part) => part.kind === "operation" && /^[!=]==?$/u.test(part.operator) && isPair(file, part.operands, place));
}

/** The same by a call that takes as long for all: `timingSafeEqual(Buffer.from(password), Buffer.from(expected))`. */
export const handsOverPassword = (file: FileModel, { value, place }: Located<CallValue>): boolean => isPair(file, value.args, place);

function isPair(file: FileModel, [left, right]: readonly Value[], place: Located["place"]): boolean {
  if (!left || !right || target(left).kind === "literal" || target(right).kind === "literal") return false;
  const isTyped = (value: Value): boolean => typedParts(value).some((part) => requestInputs(file, { value: part, place }).some(({ kind }) => kind === "body" || kind === "query"));
  const isKept = (value: Value): boolean => holdsNamed(file.tracer, { value, place }, (name) => PASSWORD.test(name) && !OF_MACHINES.test(name));
  const isGuess = (typed: Value, kept: Value): boolean => isKept(kept) && isTyped(typed) && !isSignature(typed, kept, isTyped);
  return isGuess(left, right) || isGuess(right, left);
}

/** `body.signature !== sign(body, process.env.PASSPHRASE)`: what is compared is made of the message, too, and no password that is tried. */
function isSignature(sent: Value, made: Value, isTyped: (value: Value) => boolean): boolean {
  return target(sent).kind !== "call" && dependsOn(made, (part) => part.kind === "call" && part.args.some((arg) => dependsOn(arg, isTyped)));
}

/** The value, and what a call such as `Buffer.from(password)` is handed. */
function typedParts(value: Value): readonly Value[] {
  const at = target(value);
  return at.kind === "call" ? [value, ...at.args] : [value];
}
