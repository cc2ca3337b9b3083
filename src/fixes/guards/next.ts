import type { TSESTree } from "@typescript-eslint/types";
import { ensureImport } from "../imports.ts";
import { headers, headersProperty, indented, type Guard, type GuardParts, type Site } from "./parts.ts";

/** A route handler of the app router. */
export const nextApp: Guard = (site) => {
  const { file, fn, style, typed } = site;
  const { quote: q, semicolon: s } = style;
  const [param] = fn.params;
  const answer = file.ast.body.some(importsNextResponse) ? "NextResponse" : "Response";
  const init = ["{", ...indented(["status: 429,", ...headersProperty(site)], style), "},"];
  const refusal = [
    `return ${answer}.json(`,
    ...indented([`{ error: ${q}Too many requests${q} },`, ...init], style),
    `)${s}`,
  ];
  if (param && param.type !== "Identifier") return { ...throughHeaders(site), refusal };
  const request = param?.name ?? "request";
  const params = `${request}${typed ? ": Request" : ""}`;
  return { identifier: `${request}.headers.get(${q}x-real-ip${q}) ?? ${q}anonymous${q}`, refusal, ...(param ? {} : { params }) };
};

/** A server action: what it throws reaches the page's error boundary. */
export const nextAction: Guard = (site) => {
  const { quote: q, semicolon: s } = site.style;
  return { ...throughHeaders(site), refusal: [`throw new Error(${q}Too many requests. Try again later.${q})${s}`] };
};

/** An API route of the pages router. */
export const nextPages: Guard = ({ fn, rate, style: { quote: q, semicolon: s } }) => {
  const [req, res] = fn.params;
  if (req?.type !== "Identifier" || res?.type !== "Identifier") return undefined;
  return {
    identifier: `String(${req.name}.headers[${q}x-real-ip${q}] ?? ${req.name}.socket.remoteAddress)`,
    refusal: [
      ...headers(rate, q).map(([name, value]) => `${res.name}.setHeader(${name}, ${value})${s}`),
      `${res.name}.status(429).end(${q}Too many requests${q})${s}`,
      `return${s}`,
    ],
  };
};

function throughHeaders({ file, style: { quote: q } }: Site): Omit<GuardParts, "refusal"> {
  const headers = ensureImport(file, "next/headers", "headers");
  return { identifier: `(await ${headers.name}()).get(${q}x-real-ip${q}) ?? ${q}anonymous${q}`, imports: [headers] };
}

function importsNextResponse(node: TSESTree.ProgramStatement): boolean {
  return (
    node.type === "ImportDeclaration" &&
    node.source.value === "next/server" &&
    node.specifiers.some(({ local }) => local.name === "NextResponse")
  );
}
