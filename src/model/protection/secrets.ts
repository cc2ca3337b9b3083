import { COSTLY, type CostlyKind } from "../../sdk/costly/index.ts";
import type { CanonicalPath } from "../../sdk/canonical.ts";
import { publicPrefixOf } from "../../sdk/env-names.ts";
import { checksToken } from "../../sdk/sessions.ts";
import type { CallValue, ImportValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";

/*
 * What only a machine knows, or whoever was given it: secrets of the environment, signatures, hashes.
 */

const SECRET_ENV = /secret|token|key|password|passwd|pass_?phrase|signature|auth|cron|bearer/iu;
/** Keys that are there to be read by everybody. IndexNow's stands on the site: https://www.indexnow.org/documentation */
const PUBLISHED_ENV = /index_?now|publishable|public_?key/iu;
/** Tells of a secret even where the constant stands in the project; `CRON` or `STORAGE_KEY` does not. */
const SECRET_NAME = /secret|password|passwd|token$/iu;
const SECRET_CONSTANT = /^[A-Z][A-Z\d_]*$/u;

/** `header !== \`Bearer ${process.env.CRON_SECRET}\``, `digest === signature`: only a machine knows it. */
export function comparesSecret(tracer: Tracer, { value, place }: Located): boolean {
  return dependsOn(value, (part) => {
    // `mismatch |= a[i] ^ b[i]`: all of it is compared, in the same time for all callers.
    if (part.kind !== "operation" || !/^(?:[!=]==?|\^)$/u.test(part.operator)) return false;
    const [left, right] = part.operands;
    if (!left || !right || isConstant(left) || isConstant(right)) return false;
    return [left, right].some((side) => isSecretSide(tracer, { value: wholeOf(side), place }));
  });
}

/**
 * `hashOf(key) !== kept.hash`: where what is kept does not come from the caller, he knows what was hashed.
 * @param isSent whether a value comes from the caller's request
 */
export function comparesKeptHash(tracer: Tracer, { value, place }: Located, isSent: (value: Value) => boolean): boolean {
  return dependsOn(value, (part) => {
    if (part.kind !== "operation" || !/^[!=]==?$/u.test(part.operator)) return false;
    const [left, right] = part.operands;
    if (!left || !right) return false;
    return [[left, right] as const, [right, left] as const].some(
      ([hash, kept]) => !isConstant(kept) && !isSent(kept) && holds(tracer, { value: hash, place }, (inner, at) => inner.kind === "call" && makesDigest(tracer, { value: inner, place: at }, 0, HASH)),
    );
  });
}

const PARTS_OF_TEXT = new Set(["charCodeAt", "codePointAt", "charAt", "at"]);

/** `signature` of `signature.charCodeAt(i)` and `signature[i]`. */
function wholeOf(value: Value): Value {
  const part = target(value);
  const callee = part.kind === "call" ? target(part.callee) : undefined;
  if (callee?.kind === "member" && callee.property !== undefined && PARTS_OF_TEXT.has(callee.property)) return callee.object;
  return part.kind === "member" && part.property === undefined ? part.object : value;
}

function isSecretSide(tracer: Tracer, side: Located): boolean {
  return holds(tracer, side, (part, place) => isSecret(tracer, part, place) || (part.kind === "call" && makesDigest(tracer, { value: part, place }, 0, SIGNATURE)));
}

/** What makes a digest, by its name and where it comes from. */
type Makes = (name: string | undefined, path: () => CanonicalPath | undefined) => boolean;

/** Only who has the key makes it. */
const SIGNATURE: Makes = (name, path) => {
  if (name === "createHmac") return true;
  if (name === "digest") return path()?.source === "crypto" && path()?.path.includes("createHmac") === true;
  // Web Crypto signs with a key alone.
  return name === "sign" && path()?.path.at(-2) === "subtle" && /^(?:global|crypto)$/u.test(path()?.source ?? "");
};

/** Anyone can make it of what he knows. */
const HASH: Makes = (name, path) => name === "createHash" || (name === "digest" && path()?.path.at(-2) === "subtle");

/** A digest is made, by this call or by what a function of the project gives back. */
function makesDigest(tracer: Tracer, { value, place }: Located<CallValue>, depth: number, makes: Makes): boolean {
  if (makes(lastName(value.callee), () => tracer.canonical({ value: value.callee, place }))) return true;
  if (depth >= MAX_HELPERS || !/^(?:function|import)$/u.test(target(value.callee).kind)) return false;
  return tracer.alternatives({ value, place }).some(
    (made) =>
      made.value !== value &&
      dependsOn(
        made.value,
        (part) => part.kind === "call" && makesDigest(tracer, { value: part, place: made.place }, depth + 1, makes),
        (part) => saysNothingOfSecrets(tracer, part, made.place),
      ),
  );
}

const MAX_HELPERS = 3;

/** A secret of the environment is part of a value: whoever sends its like is no stranger. */
export const holdsSecret = (tracer: Tracer, side: Located): boolean => holds(tracer, side, (part, place) => isSecret(tracer, part, place));

/** A variable of the environment, or a setting, with such a name is part of a value. */
export const holdsNamed = (tracer: Tracer, side: Located, isNamed: (name: string) => boolean): boolean =>
  holds(tracer, side, (part, place) => {
    if (part.kind === "env") return part.name !== undefined && isNamed(part.name);
    const name = part.kind === "import" ? part.name : part.kind === "member" ? part.property : undefined;
    return name !== undefined && isNamed(name) && (isSecretSetting(part) || isSecretVariable(tracer, { value: part, place }));
  });

function holds(tracer: Tracer, side: Located, found: (part: Value, place: Place) => boolean, depth = 0): boolean {
  return [side, ...tracer.alternatives(side)].some(({ value, place }) =>
    dependsOn(
      value,
      (part) => {
        if (found(part, place)) return true;
        const { frame } = place;
        const given = part.kind === "param" && !part.rest && frame?.fn === part.fn && depth < MAX_HELPERS ? frame.args[part.index] : undefined;
        return frame !== undefined && given !== undefined && holds(tracer, { value: given, place: frame.place }, found, depth + 1);
      },
      (part) => saysNothingOfSecrets(tracer, part, place),
    ),
  );
}

/** A client that was given a secret answers with something else, and how long a secret is can be guessed. */
function saysNothingOfSecrets(tracer: Tracer, part: Value, place: Place): boolean {
  if (part.kind === "member") return part.property === "length" || part.property === "byteLength";
  if (part.kind !== "call") return part.kind === "object";
  return (part.isNew && !isBytes(part)) || isAnswer(tracer, { value: part, place });
}

/** `new Uint8Array(signature)` holds what it is made of. */
function isBytes({ callee }: CallValue): boolean {
  const made = target(callee);
  return made.kind === "global" && /^(?:Ui|I)nt\d+(?:Clamped)?Array$|^(?:DataView|Buffer)$/u.test(made.name);
}

function isSecret(tracer: Tracer, part: Value, place: Place): boolean {
  if (part.kind === "env") return part.name !== undefined && isSecretEnv(part.name);
  if (isSecretSetting(part)) return part.kind !== "import" || SECRET_NAME.test(part.name) || tracer.constant({ value: part, place }) === undefined;
  return isSecretVariable(tracer, { value: part, place }) || (part.kind === "import" && isImportedSecret(tracer, { value: part, place }));
}

/** `env.auth_token` of another file, where a schema has checked the environment: by its name alone it is no variable. */
function isSecretVariable(tracer: Tracer, { value, place }: Located): boolean {
  if (value.kind !== "member" || value.property === undefined || !isSecretEnv(value.property)) return false;
  return tracer.alternatives({ value, place }).every((read) => read.value.kind === "env" && read.value.name !== undefined && isSecretEnv(read.value.name));
}

/** What another module makes of a secret of the environment: `export const secret = process.env.CRON_SECRET`. */
function isImportedSecret(tracer: Tracer, { value, place }: Located<ImportValue>): boolean {
  const imported = tracer.imported(value, place);
  return imported !== undefined && isSecretText(imported.value, 0);
}

/** The secret, or a text of it. What is built with a secret, such as a client, is none. */
function isSecretText(value: Value, depth: number): boolean {
  const at = target(value);
  if (depth > MAX_TEXT) return false;
  switch (at.kind) {
    case "env":
      return at.name !== undefined && isSecretEnv(at.name);
    case "template":
      return at.parts.some((part) => isSecretText(part, depth + 1));
    case "choice":
      return at.options.some((option) => isSecretText(option, depth + 1));
    case "call": {
      const callee = target(at.callee);
      return !at.isNew && callee.kind === "member" && isSecretText(callee.object, depth + 1);
    }
    default:
      return false;
  }
}

const MAX_TEXT = 8;

/** What makes hashes and tokens: what comes out of it is as secret as what goes in. */
const MAKES_SECRETS: ReadonlySet<CostlyKind> = new Set<CostlyKind>(["password", "auth"]);

/** A store, a service or a check of a token answered: it takes a secret to ask it, and what it says is none. */
function isAnswer(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const path = value.isNew ? undefined : tracer.canonical({ value: value.callee, place });
  if (!path) return false;
  // Whose token it is.
  if (checksToken(path)) return true;
  if (path.path.length > 1 && /^@(?:upstash\/(?:redis|vector|search)|vercel\/kv)(?:\/|$)/u.test(path.source)) return true;
  const row = COSTLY.match(path);
  return row !== undefined && !MAKES_SECRETS.has(row.kind);
}

/** `env.CRON_SECRET` of a platform's bindings or a typed module, `useRuntimeConfig().cronSecret`. */
export function isSecretSetting(part: Value): boolean {
  if (part.kind !== "member" && part.kind !== "import") return false;
  const name = part.kind === "import" ? part.name : part.property;
  if (name === undefined || !isSecretEnv(name)) return false;
  if (SECRET_CONSTANT.test(name)) return true;
  const of = part.kind === "member" ? target(part.object) : undefined;
  return of?.kind === "call" && lastName(of.callee) === "useRuntimeConfig";
}

function isConstant(value: Value): boolean {
  const at = target(value);
  return at.kind === "literal";
}

export function isSecretEnv(name: string): boolean {
  return SECRET_ENV.test(name) && !PUBLISHED_ENV.test(name) && publicPrefixOf(name) === undefined;
}
