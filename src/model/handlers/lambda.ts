import type { FileModel } from "../file.ts";
import { declaredType } from "../values/chains.ts";
import type { TypeShape, Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { exportsNamed } from "./exported.ts";
import { unwrapHandler, type Framework, type Handler, type Outside } from "./handler.ts";
import { placeInPackage } from "./package.ts";

/*
 * Functions of AWS Lambda that answer HTTP requests, and Netlify's functions of that form.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html, https://middy.js.org/docs/intro/getting-started
 */

const HTTP_TYPE = /^(?:APIGateway\w*|ALB(?:Event|Handler)|LambdaFunctionURL\w*|HandlerEvent)$/u;
const SIGN = /statusCode|APIGateway|LambdaFunctionURL|ALBEvent/u;
const NETLIFY = /(?:^|\/)netlify\/functions\//u;

/** Decided by what it exports, and words: an answer's status code, or the type of an HTTP event. */
export function mayHoldLambda(file: FileModel): boolean {
  const isCommonJs = file.usesGlobal("module") || file.usesGlobal("exports");
  return (isCommonJs || file.exportedNames.has("handler") || importsHttpType(file)) && SIGN.test(file.text);
}

function importsHttpType({ importedNames, sources, text }: FileModel): boolean {
  for (const name of importedNames) if (HTTP_TYPE.test(name)) return true;
  // A namespace of types.
  return sources.has("aws-lambda") || (sources.has("@netlify/functions") && text.includes("andler"));
}

/** Exports that take an HTTP event by their types, or are called `handler` and answer with a status code. */
export function lambdaHandlers(file: FileModel): readonly Handler[] {
  const path = placeInPackage(file)?.path ?? file.relativePath;
  const framework: Framework = NETLIFY.test(path) ? "netlify-lambda" : "lambda";
  return exportsNamed(file, (name) => name !== "default").flatMap(({ name, value, node }) => {
    const opened = withoutMiddy(file, value);
    const { functions } = unwrapHandler(file.tracer, opened.value);
    const isTyped = isHttpType(declaredType(value.value)) || functions.some(({ fn }) => fn.params.slice(0, 1).some(({ type }) => isHttpType(type)));
    const answers = name === "handler" && functions.some(({ fn, place }) => fn.returns.some((returned) => hasStatus(file, { value: returned, place })));
    if (!isTyped && !answers) return [];
    const title = `the ${framework === "lambda" ? "Lambda" : "Netlify"} function ${name}`;
    return [{ framework, method: "ANY", title, route: undefined, node, ...opened, outside: nothing }];
  });
}

const nothing = (): Outside => ({ middleware: [] });

function isHttpType(type: TypeShape | undefined): boolean {
  if (!type) return false;
  switch (type.kind) {
    case "import":
      return HTTP_TYPE.test(type.name) || type.args.some(isHttpType);
    case "named":
      return type.target ? isHttpType(type.target) || type.args.some(isHttpType) : HTTP_TYPE.test(type.name) || type.args.some(isHttpType);
    case "any-of":
    case "all":
      return type.of.some(isHttpType);
    default:
      return false;
  }
}

function hasStatus(file: FileModel, located: Located): boolean {
  return file.tracer.alternatives(located).some(({ value }) => value.kind === "object" && value.entries.some(({ key }) => key === "statusCode"));
}

const MAX_LINKS = 20;

/** `middy(fn).use(limit)`, `middy().use(limit).handler(fn)`: the function, and what runs before it. */
function withoutMiddy(file: FileModel, exported: Located): Pick<Handler, "value" | "before"> {
  const before: Located[] = [];
  let at = file.tracer.alternatives(exported)[0] ?? exported;
  for (let links = 0; links < MAX_LINKS; links++) {
    const { value, place } = at;
    const callee = value.kind === "call" ? target(value.callee) : undefined;
    if (value.kind !== "call" || callee?.kind !== "member") break;
    const [first] = value.args;
    const isMiddy = file.tracer.canonical({ value: callee.object, place })?.source === "@middy/core";
    if (!isMiddy || !first) break;
    if (callee.property === "use" || callee.property === "before") before.unshift({ value: first, place });
    if (callee.property === "handler") return { value: { value: first, place }, before: [...before, ...usedBy(file, { value: callee.object, place })] };
    at = file.tracer.alternatives({ value: callee.object, place })[0] ?? { value: callee.object, place };
  }
  return before.length > 0 ? { value: at, before } : { value: exported, before };
}

function usedBy(file: FileModel, chain: Located): readonly Located[] {
  const used: Located[] = [];
  let at: Located | undefined = chain;
  for (let links = 0; at && links < MAX_LINKS; links++) {
    const found: Located | undefined = file.tracer.alternatives(at)[0];
    const callee: Value | undefined = found?.value.kind === "call" ? target(found.value.callee) : undefined;
    if (found?.value.kind !== "call" || callee?.kind !== "member") break;
    const [first] = found.value.args;
    if (first) used.unshift({ value: first, place: found.place });
    at = { value: callee.object, place: found.place };
  }
  return used;
}
