import { referenceNames } from "./clients.ts";
import { exits } from "./flow.ts";
import type { Step, Value } from "./ir.ts";
import { dependsOn } from "./reach.ts";
import type { Located, Place, Tracer } from "./trace.ts";
import { constantOf, target } from "./values.ts";

/*
 * What checks of a caller look like, whoever asks: those who want a limiter, and those who want a signature.
 */

const AUTH_NAME =
  /^(?:auth|protect|authenticate|authorize|currentuser|getserversession|getsession|getauth|getuser|gettoken|isadmin|isloggedin|validaterequest|checkuser)$|auth(?:enticat|oriz|ed|session|user)|session|currentuser|isadmin|useradmin|adminuser|loggedin|jwt|bearer|accesstoken|permission|role|^(?:require|assert|ensure|enforce|verify|validate|check|get|is)_?(?:auth|user|admin|session|token|login|access|owner|member|api_?key)(?!by|name|count)/iu;
const AUTH_WORK = /sign_?(?:in|up|out)|log_?(?:in|out)$|password|register|reset|create|delete|destroy|revoke|update|refresh|set|save|store|generate|write|link/iu;
const SECRET_ENV = /secret|token|key|password|passwd|signature|auth|cron|bearer/iu;
const STAGE_ENV = /^(?:NODE_ENV|VERCEL_ENV|APP_ENV|NEXT_PUBLIC_VERCEL_ENV|ENVIRONMENT|CI|TEST)$/u;
const NEVER_RETURNING = new Set(["redirect", "permanentRedirect", "notFound", "forbidden", "unauthorized"]);

/** By its name alone, a function that finds out who calls. */
export function looksLikeAuthentication(name: string): boolean {
  return AUTH_NAME.test(name) && !AUTH_WORK.test(name);
}

/** No path gets past the steps; a redirect of Next.js never returns. */
export function turnsAway(tracer: Tracer, steps: readonly Step[], place: Place): boolean {
  if (exits(steps)) return true;
  return steps.some((step) => {
    const { callee } = step.op === "call" ? step.call : {};
    // By its name first: other modules are read to follow a callee.
    if (!callee || ![lastName(callee), lastName(target(callee))].some((name) => name !== undefined && NEVER_RETURNING.has(name))) return false;
    const path = tracer.canonical({ value: callee, place });
    return path?.source === "next/navigation" && NEVER_RETURNING.has(path.path.join("."));
  });
}

/** `header !== \`Bearer ${process.env.CRON_SECRET}\``, `digest === signature`: only a machine knows it. */
export function comparesSecret(tracer: Tracer, { value, place }: Located): boolean {
  return dependsOn(value, (part) => {
    if (part.kind !== "operation" || !/^[!=]==?$/u.test(part.operator)) return false;
    const [left, right] = part.operands;
    if (!left || !right || isConstant(left) || isConstant(right)) return false;
    return [left, right].some((side) => isSecretSide(tracer, { value: side, place }));
  });
}

function isSecretSide(tracer: Tracer, side: Located): boolean {
  return [side, ...tracer.alternatives(side)].some(({ value, place }) =>
    dependsOn(value, (part) => {
      if (part.kind === "env") return part.name !== undefined && isSecretEnv(part.name);
      if (part.kind !== "call") return false;
      const name = lastName(part.callee);
      return name === "createHmac" || (name === "digest" && tracer.canonical({ value: part.callee, place })?.source === "crypto");
    }),
  );
}

function isConstant(value: Value): boolean {
  const at = target(value);
  return at.kind === "literal";
}

export function isSecretEnv(name: string): boolean {
  return SECRET_ENV.test(name) && !/^(?:NEXT_PUBLIC_|VITE_|PUBLIC_|EXPO_PUBLIC_|NUXT_PUBLIC_)/u.test(name);
}

/** What is called comes from an export that a list of the settings names. */
export function isNamedIn(tracer: Tracer, { value, place }: Located, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  const imported = rootImport(value);
  return imported !== undefined && referenceNames(imported, place, tracer).some((name) => names.has(name));
}

function rootImport(value: Value): (Value & { kind: "import" }) | undefined {
  const at = target(value);
  if (at.kind === "import") return at;
  if (at.kind === "member") {
    const object = target(at.object);
    if (object.kind === "import" && object.name === "*" && at.property !== undefined) return { ...object, name: at.property };
    return rootImport(at.object);
  }
  return at.kind === "call" ? rootImport(at.callee) : undefined;
}

/** The last name of a callee as it is written. */
export function lastName(value: Value): string | undefined {
  switch (value.kind) {
    case "ref":
      return value.name ?? lastName(value.target);
    case "member":
      return value.property;
    case "import":
      return value.name === "default" || value.name === "*" ? undefined : value.name;
    case "global":
      return value.name;
    case "await":
      return lastName(value.value);
    case "call":
      return lastName(value.callee);
    default:
      return undefined;
  }
}

/** The branches of a stage check that run outside production only: `process.env.NODE_ENV !== "production"`. */
export function stageBranches(test: Value): { then: boolean; otherwise: boolean } | undefined {
  const at = target(test);
  if (at.kind === "operation" && at.operator === "!") {
    const inner = at.operands[0] && stageBranches(at.operands[0]);
    return inner && { then: inner.otherwise, otherwise: inner.then };
  }
  if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
    const parts = at.options.map(stageBranches).filter((part) => part !== undefined);
    if (parts.length === 0) return undefined;
    if (at.operator === "&&") return { then: parts.some((part) => part.then), otherwise: parts.length === at.options.length && parts.every((part) => part.otherwise) };
    return { then: parts.length === at.options.length && parts.every((part) => part.then), otherwise: parts.some((part) => part.otherwise) };
  }
  if (at.kind !== "operation" || !/^[!=]==?$/u.test(at.operator)) return undefined;
  const [left, right] = at.operands;
  const env = [left, right].map((side) => side && target(side)).find((side) => side?.kind === "env");
  const stage = [left, right].map((side) => side && constantOf(side)).find((side) => side !== undefined);
  if (env?.kind !== "env" || env.name === undefined || !STAGE_ENV.test(env.name) || stage === undefined) return undefined;
  const isProduction = stage === "production";
  const equal = at.operator.startsWith("=");
  // Equal to development, or different from production: not for the public.
  return isProduction ? { then: !equal, otherwise: equal } : { then: equal, otherwise: !equal };
}
