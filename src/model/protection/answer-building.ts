import { mayBeOfSize, TOKENIZERS } from "../../sdk/limiters.ts";
import { lastName } from "./caller-checks.ts";
import { onlyTells } from "./notices.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn, partsOf } from "../values/reach.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A picture of what the address says: the same for all who ask for it, and kept by caches. */
export const RENDERS_IMAGES = new Set(["next/og", "@vercel/og"]);
const BUILDS_ANSWERS = new Set(["next/server", ...RENDERS_IMAGES]);
const READS_BODY = new Set(["json", "text", "formData", "blob", "arrayBuffer", "bytes"]);

/** Links of a chain of members and calls. */
const MAX_LINKS = 30;

/** `Response.json({ ok: true })`, `c.text("ok")`, `res.end()`, or a function of the project whose body says more. */
export function buildsAnswer(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  if (readsAsset(tracer, { value, place })) return true;
  // A helper's parameters are the arguments of a call that was looked at before.
  if (!place.frame && passesParameter(value)) return false;
  const callee = target(value.callee);
  if (callee.kind === "member" && target(callee.object).kind === "param") {
    return !(value.args.length === 0 && READS_BODY.has(callee.property ?? ""));
  }
  const source = tracer.canonical({ value: value.callee, place });
  if (source) return BUILDS_ANSWERS.has(source.source) || (source.source === "global" && !/^\$?fetch$/u.test(source.path[0] ?? ""));
  // The answer of the call before: `res.status(200).json({})`.
  if (callee.kind === "member" && target(callee.object).kind === "call") return true;
  return tracer.functions({ value: value.callee, place }).length > 0;
}

/** `fetch(new URL("./font.ttf", import.meta.url))`, and what is made of it: a file of the bundle. */
export function readsAsset(tracer: Tracer, { value, place }: Located): boolean {
  let at: Value = value;
  for (let links = 0; links < MAX_LINKS; links++) {
    if (at.kind === "ref") at = at.target;
    else if (at.kind === "await") at = at.value;
    else if (at.kind === "member") at = at.object;
    else if (at.kind !== "call") return false;
    else if (at.callee.kind !== "global") at = at.callee;
    else {
      const url = at.callee.name === "fetch" && at.args[0] ? tracer.only({ value: at.args[0], place })?.value : undefined;
      return url?.kind === "call" && url.isNew && url.args[1] !== undefined && dependsOn(url.args[1], (part) => part.kind === "global" && part.name === "import.meta");
    }
  }
  return false;
}

/** An argument is, or is made of, a parameter of the function that the call stands in. */
export function passesParameter({ args }: CallValue): boolean {
  return args.some((arg) => dependsOn(arg, (part) => part.kind === "param"));
}

/**
 * A function of the project that limits nobody, whatever its name says: a stub, one that only measures what it is
 * given, such as `isWithinTokenLimit(prompt)`, or one that only tells of limits, such as `RateLimitWarningEmail({ name })`.
 */
export function isIdle(tracer: Tracer, callee: Located): boolean {
  const functions = tracer.functions(callee);
  if (functions.length === 0) return isTokenizer(tracer.canonical(callee)?.source);
  return functions.every(({ fn }) => isStub(fn)) || (mayBeOfSize(lastName(callee.value) ?? "") && onlyMeasures(tracer, callee, 0)) || onlyTells(tracer, callee);
}

/** A package, or a part of one: `gpt-tokenizer/model/gpt-4o`. */
const isTokenizer = (source: string | undefined): boolean => source !== undefined && TOKENIZERS.has(source.split("/", source.startsWith("@") ? 2 : 1).join("/"));

/** Functions that measure by each other. */
const MAX_DEPTH = 3;

/** Waits for nothing, and asks nothing that was there before the call: it can't know who has called how often. */
function onlyMeasures(tracer: Tracer, callee: Located, depth: number): boolean {
  const functions = tracer.functions(callee);
  return functions.length > 0 && depth < MAX_DEPTH && functions.every(({ fn, place }) => !fn.isAsync && [...callsIn(fn.body)].every((call) => {
    const called = target(call.callee);
    if (called.kind === "member") return MEASURED.has(rootOf(called).kind);
    return tracer.functions({ value: call.callee, place }).length === 0 ? !call.isNew : onlyMeasures(tracer, { value: call.callee, place }, depth + 1);
  }));
}

/** What was handed in or has been made of it, and what the language has, such as `Math.ceil()`. */
const MEASURED = new Set<Value["kind"]>(["param", "literal", "template", "global"]);

function rootOf(value: Value): Value {
  let root = target(value);
  for (let links = 0; links < MAX_LINKS; links++) {
    if (root.kind === "member") root = target(root.object);
    else if (root.kind === "call" && !root.isNew) root = target(root.callee);
    else break;
  }
  return root;
}

/** Calls nothing, and gives back constants or what it was given. */
function isStub(fn: FunctionFacts): boolean {
  if (!callsIn(fn.body).next().done) return false;
  const isFixed = (value: Value, depth: number): boolean =>
    value.kind === "literal" || value.kind === "param" || (depth < MAX_LINKS && /^(?:object|array|ref|await)$/u.test(value.kind) && partsOf(value).every((part) => isFixed(part, depth + 1)));
  return fn.returns.every((value) => isFixed(value, 0));
}
