import { ensureImport, ensureImports } from "../imports.ts";
import { headerLines, headersProperty, indented, memberOfParameter, parameter, responseRefusal, signedInUser, type Guard, type Reached, type Site } from "./parts.ts";

/*
 * Frameworks that hand over a `Request` of the Fetch API, alone or as a member of an object, and take a `Response`.
 */

/** `request` of the object that a handler gets: `({ request }) => …`, `(context) => context.request`. */
function requestMember(site: Site, name: string): Reached | undefined {
  const isAdded = site.fn.params.length === 0;
  const reached = memberOfParameter(site, { name, type: "{ request: Request }" }, "request");
  if (!reached || !isAdded) return reached;
  // Only what is needed is taken out.
  return { text: "request", params: reached.params?.includes(":") ? "{ request }: { request: Request }" : "{ request }" };
}

function header(request: string, name: string, q: string): string {
  return `${request}.headers.get(${q}${name}${q}) ?? ${q}anonymous${q}`;
}

/** A loader or an action: what it throws is the answer, or goes to the route's error boundary. */
export const remix: Guard = (site) => {
  const { quote: q, semicolon: s } = site.style;
  const request = requestMember(site, "args");
  return (
    request && {
      identifier: header(request.text, "x-real-ip", q),
      params: request.params,
      edits: request.edits,
      refusal: [
        `throw new Response(${q}Too many requests${q}, {`,
        ...indented(["status: 429,", ...headersProperty(site)], site.style),
        `})${s}`,
      ],
    }
  );
};

/** A Worker's `fetch(request, env, ctx)`; Cloudflare sets the header itself. */
export const cloudflare: Guard = (site) => {
  const request = parameter(site, { name: "request", type: "Request" });
  return request && { identifier: header(request.text, "cf-connecting-ip", site.style.quote), params: request.params, refusal: responseRefusal(site) };
};

/** `onRequestPost(context)` of Pages Functions. */
export const cloudflarePages: Guard = (site) => {
  const request = requestMember(site, "context");
  return (
    request && {
      identifier: header(request.text, "cf-connecting-ip", site.style.quote),
      params: request.params,
      edits: request.edits,
      refusal: responseRefusal(site),
    }
  );
};

/** `(request) => new Response()`: Vercel's functions, Deno, Bun, Expo. */
export const fetchFunction: Guard = (site) => {
  const request = parameter(site, { name: "request", type: "Request" });
  return request && { identifier: header(request.text, "x-real-ip", site.style.quote), params: request.params, refusal: responseRefusal(site) };
};

/** `(request, context) => …` of Netlify, where the context knows the address. */
export const netlify: Guard = (site) => {
  const [request, context] = site.fn.params;
  if (context?.type === "Identifier") return { identifier: `${context.name}.ip`, refusal: responseRefusal(site) };
  if (request && request.type !== "Identifier") return undefined;
  const reached = parameter(site, { name: "request", type: "Request" });
  return reached && { identifier: header(reached.text, "x-nf-client-connection-ip", site.style.quote), params: reached.params, refusal: responseRefusal(site) };
};

/** An API route of SolidStart, or a server route of TanStack Start. */
export const requestInObject: Guard = (site) => {
  const request = requestMember(site, "event");
  return (
    request && {
      identifier: header(request.text, "x-real-ip", site.style.quote),
      params: request.params,
      edits: request.edits,
      refusal: responseRefusal(site),
    }
  );
};

/** An endpoint of Astro, whose context knows the address. */
export const astro: Guard = (site) => {
  const isAdded = site.fn.params.length === 0;
  const address = isAdded
    ? { text: "clientAddress", params: site.typed && !isContextual(site) ? "{ clientAddress }: { clientAddress: string }" : "{ clientAddress }" }
    : memberOfParameter(site, { name: "context", type: "never" }, "clientAddress");
  if (!address) return undefined;
  const [param] = site.fn.params;
  const user = signedInUser(site, [param?.type === "Identifier" ? param.name : "locals"]);
  return {
    identifier: user === undefined ? address.text : `${user} ?? ${address.text}`,
    params: address.params,
    ...("edits" in address ? { edits: address.edits } : {}),
    refusal: responseRefusal(site),
  };
};

function isContextual(site: Site): boolean {
  return !(parameter(site, { name: "context", type: "never" })?.params?.includes(":") ?? false);
}

/** An action of Astro: `handler(input, context)`. */
export const astroAction: Guard = (site) => {
  const { fn, file, style: { quote: q, semicolon: s } } = site;
  const [input, context] = fn.params;
  if (context && context.type !== "Identifier") return undefined;
  const error = ensureImport(file, "astro:actions", "ActionError");
  const name = context?.name ?? "context";
  const user = context ? signedInUser(site, [name]) : undefined;
  return {
    identifier: user === undefined ? `${name}.clientAddress` : `${user} ?? ${name}.clientAddress`,
    imports: [error],
    ...(input ? {} : { params: "_input, context" }),
    edits: (fixer) => (input && !context ? [fixer.insertTextAfter(input, ", context")] : []),
    refusal: [`throw new ${error.name}({ code: ${q}TOO_MANY_REQUESTS${q}, message: ${q}Too many requests${q} })${s}`],
  };
};

/** A server function of TanStack Start, which asks for the request's headers. */
export const tanstack: Guard = ({ file, style: { quote: q, semicolon: s } }) => {
  const isSolid = [...file.sources].some((source) => source.startsWith("@tanstack/solid-start"));
  const source = `@tanstack/${isSolid ? "solid" : "react"}-start/server`;
  const [ask, set] = ensureImports(file, source, "getRequestHeader", "setResponseStatus");
  return {
    identifier: `${ask.name}(${q}x-real-ip${q}) ?? ${q}anonymous${q}`,
    imports: [ask, set],
    refusal: [`${set.name}(429)${s}`, `throw new Error(${q}Too many requests. Try again later.${q})${s}`],
  };
};

/** `"use server"` outside of Next.js: SolidStart knows the request of a server function. */
export const serverFunction: Guard = ({ file, style: { quote: q, semicolon: s } }) => {
  const isSolid = [...file.sources].some((source) => source.startsWith("@solidjs/") || source.startsWith("solid-js"));
  if (!isSolid) return undefined;
  const event = ensureImport(file, "solid-js/web", "getRequestEvent");
  return {
    identifier: `${event.name}()?.request.headers.get(${q}x-real-ip${q}) ?? ${q}anonymous${q}`,
    imports: [event],
    refusal: [`throw new Error(${q}Too many requests. Try again later.${q})${s}`],
  };
};

/** A function that answers with a status code; what an address stands in depends on who calls it. */
function lambdaWith(address: (site: Site, event: string) => string): Guard {
  return (site) => {
    const { rate, style, typed, fn } = site;
    const { quote: q, semicolon: s } = style;
    const event = parameter(site, { name: "event", type: "never" });
    if (!event || (typed && fn.params.length === 0 && (event.params?.includes(":") ?? false))) return undefined;
    const user = signedInUser(site, [event.text]);
    const from = address(site, event.text);
    return {
      identifier: user === undefined ? from : `${user} ?? ${from}`,
      params: event.params,
      refusal: [
        "return {",
        ...indented(["statusCode: 429,", "headers: {", ...indented(headerLines(rate, q).map((line) => `${line},`), style), "},", `body: ${q}Too many requests${q},`], style),
        `}${s}`,
      ],
    };
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export const lambda: Guard = lambdaWith(({ file }, event) => {
  if (/APIGateway(?:ProxyEventV2|ProxyHandlerV2|EventRequestContextV2)|LambdaFunctionURL/u.test(file.text)) return `${event}.requestContext.http.sourceIp`;
  if (/APIGateway(?:ProxyEvent|ProxyHandler|Event)\b/u.test(file.text)) return `${event}.requestContext.identity.sourceIp`;
  return `(${event}.requestContext.http ?? ${event}.requestContext.identity).sourceIp`;
});

export const netlifyLambda: Guard = lambdaWith(({ style: { quote: q } }, event) => `${event}.headers[${q}x-nf-client-connection-ip${q}] ?? ${q}anonymous${q}`);
