import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { staticKey } from "../model/syntax/ast.ts";
import { variableAt } from "../model/values/bindings.ts";
import type { FileModel } from "../model/file.ts";
import type { Framework } from "../model/handlers/index.ts";
import { ofH3 } from "./guards/h3.ts";
import { memberOfParameter, parameter, type Reached, type Site } from "./guards/parts.ts";
import { ensureImport } from "./imports.ts";
import { indentOf } from "./source-style.ts";

/** How a handler is told from whom a request is, and how it refuses it. */
export interface ReceiverGuard {
  /** Expressions for the signature and for the body as it was sent. */
  readonly signature: string;
  readonly body: string;
  /** What answers a request whose signature is not right. */
  readonly refusal: readonly string[];
  /** What comes behind the check. */
  readonly after?: readonly string[];
  /** Parameters to add where the function has none. */
  readonly params?: string | undefined;
  /** Other edits of the function, such as one more name in a destructuring. */
  readonly edits?: ((fixer: RuleFixer) => readonly RuleFix[]) | undefined;
  /** What the module needs beside it. */
  readonly fixes?: (fixer: RuleFixer) => RuleFix[];
}

const HEADER = "upstash-signature";

type Guard = (site: Site) => ReceiverGuard | undefined;

/** A `Request` of the Fetch API: its body is read of a copy, so that the handler can read it again. */
function ofRequest(reached: Reached | undefined, { style: { quote: q, semicolon: s } }: Site): ReceiverGuard | undefined {
  return (
    reached && {
      signature: `${reached.text}.headers.get(${q}${HEADER}${q}) ?? ${q}${q}`,
      body: `await ${reached.text}.clone().text()`,
      refusal: [`return new Response(${q}Invalid signature${q}, { status: 401 })${s}`],
      params: reached.params,
      edits: reached.edits,
    }
  );
}

/** `(request) => new Response()` */
const request: Guard = (site) => {
  const [first] = site.fn.params;
  if (first && first.type !== "Identifier") return undefined;
  return ofRequest(parameter(site, { name: "request", type: "Request" }), site);
};

/** `({ request }) => new Response()` */
const requestInObject: Guard = (site) => {
  const isAdded = site.fn.params.length === 0;
  const reached = memberOfParameter(site, { name: "context", type: "{ request: Request }" }, "request");
  if (!reached || !isAdded) return ofRequest(reached, site);
  // Only what is needed is taken out.
  return ofRequest({ text: "request", params: reached.params?.includes(":") ? "{ request }: { request: Request }" : "{ request }" }, site);
};

/** The wrapper of `@upstash/qstash` 2.12.0 refuses genuine messages: it writes the body anew before it checks it. */
const h3: Guard = (site) => {
  const { file, fn, style: { quote: q, semicolon: s } } = site;
  const event = parameter(site, { name: "event", type: "H3Event" });
  if (!event || (event.params?.includes(":") ?? false)) return undefined;
  // h3 2 has a request of the Fetch API; what h3 1 has read of a body, it gives out again.
  if (file.sources.has("nitro/h3") || new RegExp(`\\b${event.text}\\.req\\b`, "u").test(file.text.slice(...fn.range))) {
    return ofRequest({ ...event, text: `${event.text}.req` }, site);
  }
  const [header, body, error] = ["getRequestHeader", "readRawBody", "createError"].map((name) => ofH3(file, name));
  return header && body && error && {
    signature: `${header.name}(${event.text}, ${q}${HEADER}${q}) ?? ${q}${q}`,
    body: `(await ${body.name}(${event.text})) ?? ${q}${q}`,
    refusal: [`throw ${error.name}({ statusCode: 401, statusMessage: ${q}Invalid signature${q} })${s}`],
    params: event.params,
    fixes: (fixer) => [header, body, error].flatMap((one) => one.fixes(fixer)),
  };
};

/** The signature's name keeps its case behind a REST API of API Gateway. */
const lambda: Guard = (site) => {
  const { quote: q, semicolon: s } = site.style;
  const event = parameter(site, { name: "event", type: "never" });
  if (!event || event.params?.includes(":") === true) return undefined;
  const { text } = event;
  return {
    signature: `${text}.headers[${q}${HEADER}${q}] ?? ${text}.headers[${q}Upstash-Signature${q}] ?? ${q}${q}`,
    body: `${text}.isBase64Encoded ? Buffer.from(${text}.body ?? ${q}${q}, ${q}base64${q}).toString() : (${text}.body ?? ${q}${q})`,
    refusal: [`return { statusCode: 401, body: ${q}Invalid signature${q} }${s}`],
    params: event.params,
  };
};

/** What a parser has read, it keeps as it was sent in `rawBody`; without one the stream is there to be read. */
const koa: Guard = ({ file, fn, style: { quote: q, semicolon: s } }) => {
  const [param] = fn.params;
  if (param?.type !== "Identifier") return undefined;
  const ctx = param.name;
  const isParsed = new RegExp(`\\b${ctx}\\.request\\.(?:body|rawBody)\\b`, "u").test(file.text.slice(...fn.range));
  const text = isParsed ? undefined : ensureImport(file, "node:stream/consumers", "text");
  return {
    signature: `${ctx}.get(${q}${HEADER}${q})`,
    body: text ? `await ${text.name}(${ctx}.req)` : `${ctx}.request.rawBody ?? ${q}${q}`,
    refusal: [`${ctx}.status = 401${s}`, `return${s}`],
    ...(text ? { fixes: (fixer) => text.fixes(fixer) } : {}),
  };
};

/** How a framework without a wrapper reads a request and refuses it; undefined where the function takes no request. */
export const RECEIVER_GUARDS: Partial<Record<Framework, Guard>> = {
  cloudflare: request,
  fetch: request,
  expo: request,
  netlify: request,
  "cloudflare-pages": requestInObject,
  astro: requestInObject,
  remix: requestInObject,
  "tanstack-route": requestInObject,
  h3,
  /** Where it reads the request itself, nothing has read it before. */
  elysia: requestInObject,
  koa,
  lambda,
  "netlify-lambda": lambda,
  hono: ({ fn, style: { quote: q, semicolon: s } }) => {
    const [param] = fn.params;
    if (param && param.type !== "Identifier") return undefined;
    const c = param?.name ?? "c";
    return {
      signature: `${c}.req.header(${q}${HEADER}${q}) ?? ${q}${q}`,
      body: `await ${c}.req.text()`,
      refusal: [`return ${c}.text(${q}Invalid signature${q}, 401)${s}`],
      ...(param ? {} : { params: c }),
    };
  },
  express: (site) => {
    const { fn, style } = site;
    const { quote: q, semicolon: s } = style;
    const [req, res] = fn.params;
    if (req?.type !== "Identifier" || res?.type !== "Identifier") return undefined;
    const isBodyRead = fn.body !== null && new RegExp(`\\b${req.name}\\.body\\b`, "u").test(site.file.text.slice(...fn.body.range));
    return {
      signature: `${req.name}.get(${q}${HEADER}${q}) ?? ${q}${q}`,
      // What another parser has read is no text, and fails the check.
      body: `typeof ${req.name}.body === ${q}string${q} ? ${req.name}.body : ${q}${q}`,
      refusal: [`${res.name}.status(401).send(${q}Invalid signature${q})${s}`, `return${s}`],
      after: isBodyRead ? [`${req.name}.body = JSON.parse(${req.name}.body)${s}`] : [],
      fixes: rawExpressBody(site),
    };
  },
};

/**
 * Has Express keep this route's body as it was sent: a parser that comes first wins, so it is registered right behind
 * the router, or, where that is not made in this file, before the handler.
 */
function rawExpressBody({ file, handler, style }: Site): (fixer: RuleFixer) => RuleFix[] {
  const { quote: q, semicolon: s, newline } = style;
  const name = expressName(file);
  const imported = name === undefined ? ensureImport(file, "express", "text") : undefined;
  const parser = `${imported?.name ?? `${name ?? "express"}.text`}({ type: ${q}*/*${q} })`;
  return (fixer) => {
    const route = handler.node;
    const call = route.parent?.type === "CallExpression" ? route.parent : undefined;
    const router = call?.callee.type === "MemberExpression" && call.callee.object.type === "Identifier" ? call.callee.object : undefined;
    const declared = router && variableAt(file.evaluator.scopeManager, router)?.defs[0]?.node.parent;
    const imports = imported?.fixes(fixer) ?? [];
    if (!router || !call || call.callee.type !== "MemberExpression" || declared?.type !== "VariableDeclaration" || declared.range[1] > call.range[0]) {
      return [...imports, fixer.insertTextAfter(route, `, ${parser}`)];
    }
    const method = file.text.slice(...call.callee.property.range);
    const statement = declared.parent.type === "ExportNamedDeclaration" ? declared.parent : declared;
    const line = `${router.name}.${method}(${file.text.slice(...route.range)}, ${parser})${s}`;
    return [...imports, fixer.insertTextAfter(statement, `${newline}${line}`)];
  };
}

/** The name under which the file has the whole of Express. */
function expressName(file: FileModel): string | undefined {
  for (const statement of file.ast.body) {
    if (statement.type === "ImportDeclaration" && statement.source.value === "express" && statement.importKind !== "type") {
      const whole = statement.specifiers.find(({ type }) => type !== "ImportSpecifier");
      if (whole) return whole.local.name;
    }
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === "Identifier" && init && /^require\(["']express["']\)$/u.test(file.text.slice(...init.range))) return id.name;
    }
  }
  return undefined;
}

/**
 * Fastify parses the body before the handler runs, so the check is a hook of the route that comes before, and hands on
 * what it has read. Undefined: the route is not registered by `app.post(path, …)`.
 */
function fastifyHook(site: Site, receiver: string): Edits | undefined {
  const { file, style: { quote: q, semicolon: s, indent } } = site;
  const text = ensureImport(file, "node:stream/consumers", "text");
  const readable = ensureImport(file, "node:stream", "Readable");
  const lines = [
    "preParsing: async (request, reply, payload) => {",
    `${indent}const body = await ${text.name}(payload)${s}`,
    `${indent}try {`,
    `${indent}${indent}await ${receiver}.verify({ signature: String(request.headers[${q}${HEADER}${q}] ?? ${q}${q}), body })${s}`,
    `${indent}} catch {`,
    `${indent}${indent}return reply.code(401).send(${q}Invalid signature${q})${s}`,
    `${indent}}`,
    `${indent}return ${readable.name}.from([Buffer.from(body)])${s}`,
    "},",
  ];
  const added = addedToRoute(site, lines, 1);
  return added && ((fixer) => [...text.fixes(fixer), ...readable.fixes(fixer), ...added(fixer)]);
}

/**
 * Elysia parses the body where the handler takes it, so the check is a parser of the route that reads a copy, and leaves what
 * follows to the others. What it throws is answered with 400. Undefined: the handler reads the request itself.
 */
function elysiaHook(site: Site, receiver: string): Edits | undefined {
  const { style: { quote: q, semicolon: s, indent } } = site;
  if (mayReadRequest(site)) return undefined;
  return addedToRoute(site, [
    "parse: async ({ request }) => {",
    `${indent}await ${receiver}.verify({`,
    `${indent}${indent}signature: request.headers.get(${q}${HEADER}${q}) ?? ${q}${q},`,
    `${indent}${indent}body: await request.clone().text(),`,
    `${indent}})${s}`,
    "},",
  ], 2);
}

/** The request is handed on, goes by another name, or something else is asked of it than where it goes and what its headers say. */
function mayReadRequest({ file, fn }: Site): boolean {
  const [context] = fn.params;
  const isRenamed =
    context?.type === "ObjectPattern" &&
    context.properties.some((property) => property.type === "Property" && staticKey(property) === "request" && !(property.value.type === "Identifier" && property.value.name === "request"));
  return isRenamed || (fn.body !== null && /\brequest\b(?!\s*\.\s*(?:headers|url|method)\b)/u.test(file.text.slice(...fn.body.range)));
}

/** What a route is told to do before its handler runs, where that is too late. */
export const ROUTE_HOOKS: Partial<Record<Framework, (site: Site, receiver: string) => Edits | undefined>> = { fastify: fastifyHook, elysia: elysiaHook };

type Edits = (fixer: RuleFixer) => RuleFix[];

/**
 * One more option of the route that `app.post(path, …)` registers, as an argument at this place.
 * @returns undefined where the route is not registered so
 */
function addedToRoute({ file, handler, style: { indent, newline } }: Site, lines: readonly string[], at: 1 | 2): Edits | undefined {
  const path = handler.node;
  const call = path.parent?.type === "CallExpression" && path.parent.arguments[0] === path ? path.parent : undefined;
  const before = call?.arguments[at - 1];
  if (!call || !before || call.arguments.length > 3) return undefined;
  const options = call.arguments.length === 3 ? call.arguments[at] : undefined;
  if ((options && options.type !== "ObjectExpression") || (!options && call.arguments.length !== 2)) return undefined;
  const outer = indentOf(file, call);
  const block = lines.map((line) => `${newline}${outer}${indent}${line}`).join("");
  return (fixer) => [
    options
      ? fixer.insertTextAfterRange([options.range[0], options.range[0] + 1], `${block}${options.properties.length > 0 ? "" : `${newline}${outer}`}`)
      : fixer.insertTextAfter(before, `, {${block}${newline}${outer}}`),
  ];
}
