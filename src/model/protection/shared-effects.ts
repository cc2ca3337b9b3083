import { COSTLY } from "../../sdk/costly/index.ts";
import { LIMITERS } from "../../sdk/limiters.ts";
import { isUpstashSpecifier } from "../../sdk/packages.ts";
import { mayTakePayment } from "../../sdk/payments.ts";
import { LIBRARY_HANDLERS, VERIFIERS } from "../../sdk/verifiers.ts";
import type { Settings } from "../../settings.ts";
import { lastName } from "./caller-checks.ts";
import { isSecretSetting } from "./secrets.ts";
import type { CallValue, ImportValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Tracer } from "../values/trace.ts";

/*
 * What a function of another file does is the same for every file that calls it in the same way. It is found out once
 * in a pass, and known from then on without reading the function, or even its module, again.
 */

const OWNERS = new WeakMap<Settings, object>();

/** What is known in one pass under one configuration, by {@link wayOfCall}. */
export function effectsIn<T>({ project }: Tracer, settings: Settings): Map<string, T> | undefined {
  let owner = OWNERS.get(settings);
  if (!owner) OWNERS.set(settings, (owner = {}));
  return project?.pass.memo(owner, project.root, () => new Map<string, T>());
}

/** The export of another module that a call names, without following it anywhere. */
export function calledImport({ callee, isNew }: CallValue): ImportValue | undefined {
  const at = callee.kind === "ref" && !callee.type ? callee.target : callee;
  return !isNew && at.kind === "import" && at.name !== "*" ? at : undefined;
}

/**
 * Which function is called, and all of the arguments that can make a difference to what it does. Undefined: it is not
 * another file's of the project, or an argument may do something itself.
 */
export function wayOfCall(tracer: Tracer, { value, place }: Located<CallValue>): string | undefined {
  const imported = calledImport(value);
  const from = place.module.path;
  if (!imported || from === undefined || value.spreadAt !== undefined) return undefined;
  const path = tracer.project?.resolve(from, imported.source);
  if (path === undefined) return undefined;
  const args = value.args.map((arg) => {
    const part = tellingPart(tracer, { value: arg, place }, 0);
    // Of options that are written in the call, it is known what is left out.
    return part !== undefined && arg.kind === "object" ? `!${part}` : part;
  });
  return args.includes(undefined) ? undefined : `${path}#${imported.name}(${args.join(",")})`;
}

const MAX_NESTING = 4;
/** A longer text is taken for another one. */
const MAX_TEXT = 80;

/** A text that is the same for values that make no difference. Undefined: this one is on its own. */
function tellingPart(tracer: Tracer, located: Located, depth: number): string | undefined {
  const parts = tracer.alternatives(located).map((alternative) => ofAlternative(tracer, alternative, depth));
  return parts.includes(undefined) ? undefined : [...new Set(parts)].join("|");
}

function ofAlternative(tracer: Tracer, { value, place }: Located, depth: number): string | undefined {
  switch (value.kind) {
    case "literal":
      return `=${String(value.value).slice(0, MAX_TEXT)}`;
    case "function":
    case "class":
    case "this":
      return undefined;
    case "object":
      if (depth >= MAX_NESTING) return undefined;
      return joined(value.entries.map(({ key, value: part }) => named(key ?? "*", tellingPart(tracer, { value: part, place }, depth + 1))));
    case "array":
      if (depth >= MAX_NESTING) return undefined;
      return joined(value.items.map((part) => tellingPart(tracer, { value: part, place }, depth + 1)));
    case "template":
    case "operation": {
      if (dependsOn(value, isSecretive)) return undefined;
      // The host of a URL stands first.
      const first = value.kind === "template" ? value.parts[0] : undefined;
      return first ? named("^", depth < MAX_NESTING ? tellingPart(tracer, { value: first, place }, depth + 1) : undefined) : "?";
    }
    default:
      return tracer.memo(ORIGINS, { value, place }, "?", () => originOf(tracer, { value, place }));
  }
}

const ORIGINS = {};

/** Which library, if any, something comes from. */
function originOf(tracer: Tracer, { value, place }: Located): string | undefined {
  const path = tracer.canonical({ value, place });
  if (!isPlain(value) && dependsOn(value, (part) => isSecretive(part) || part.kind === "function")) return undefined;
  if (!path) return "?";
  return isTelling(path.source) ? `${path.source}#${path.path.join(".")}` : "~";
}

/** A parameter, an import, or a member of one, and no secret by its name. */
function isPlain(value: Value): boolean {
  let at = value;
  while (at.kind === "member" && !at.key && !isSecretSetting(at)) at = at.object;
  return at.kind === "param" || at.kind === "global" || (at.kind === "import" && !isSecretSetting(at));
}

/** Comparing with it says that the caller knows a secret. */
function isSecretive(part: Value): boolean {
  if (part.kind === "env" || isSecretSetting(part)) return true;
  if (part.kind !== "call") return false;
  const name = lastName(part.callee);
  return name === "createHmac" || name === "digest";
}

/** Some table knows the package, so that calls on what comes from it may mean something. */
function isTelling(source: string): boolean {
  return isUpstashSpecifier(source) || mayTakePayment(source) || [COSTLY, LIMITERS, VERIFIERS, LIBRARY_HANDLERS].some((table) => table.couldMatch(source));
}

function named(key: string, part: string | undefined): string | undefined {
  return part === undefined ? undefined : `${key}:${part}`;
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : `[${parts.join(",")}]`;
}
