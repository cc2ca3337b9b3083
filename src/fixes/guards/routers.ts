import { headerLines, headersObject, indented, known, memberOfParameter, parameter, responseRefusal, signedInUser, type Guard } from "./parts.ts";

export const hono: Guard = (site) => {
  const { quote: q, semicolon: s } = site.style;
  const [param] = site.fn.params;
  if (param && param.type !== "Identifier") return undefined;
  const c = param?.name ?? "c";
  const user = signedInUser(site, [c]);
  return {
    identifier: known(user, `${c}.req.header(${q}x-real-ip${q}) ?? ${q}anonymous${q}`),
    refusal: headersObject(site, `return ${c}.text(${q}Too many requests${q}, 429, `, `)${s}`),
    ...(param ? {} : { params: c }),
  };
};

/** https://expressjs.com/en/5x/api.html#res.set */
export const express: Guard = (site) => {
  const { quote: q, semicolon: s } = site.style;
  const [req, res] = site.fn.params;
  if (req?.type !== "Identifier" || res?.type !== "Identifier") return undefined;
  return {
    identifier: known(signedInUser(site, [req.name]), `${req.name}.ip ?? ${q}anonymous${q}`),
    refusal: [
      ...headersObject(site, `${res.name}.set(`, `)${s}`),
      `${res.name}.status(429).send(${q}Too many requests${q})${s}`,
      `return${s}`,
    ],
  };
};

/** https://fastify.dev/docs/latest/Reference/Reply */
export const fastify: Guard = (site) => {
  const { fn, rate, style } = site;
  const { quote: q, semicolon: s } = style;
  const [request, reply] = fn.params;
  const address = memberOfParameter(site, { name: "request", type: "never" }, "ip");
  if (!address || (reply && reply.type !== "Identifier") || (!request && site.typed && fn.type === "FunctionDeclaration")) return undefined;
  const answer = reply?.name ?? "reply";
  const user = request?.type === "Identifier" ? signedInUser(site, [request.name]) : undefined;
  return {
    identifier: known(user, address.text),
    ...(request ? {} : { params: "request, reply" }),
    edits: (fixer) => [...(address.edits?.(fixer) ?? []), ...(request && !reply ? [fixer.insertTextAfter(request, ", reply")] : [])],
    refusal: [
      `return ${answer}`,
      ...indented([".code(429)", ".headers({", ...indented(headerLines(rate, q).map((line) => `${line},`), style), "})", `.send({ error: ${q}Too many requests${q} })${s}`], style),
    ],
  };
};

/** https://github.com/koajs/koa/blob/master/docs/api/context.md */
export const koa: Guard = (site) => {
  const { rate, style } = site;
  const { quote: q, semicolon: s } = style;
  const ctx = parameter(site, { name: "ctx", type: "never" });
  if (!ctx) return undefined;
  const user = signedInUser(site, [ctx.text]);
  return {
    identifier: known(user, `${ctx.text}.ip`),
    params: ctx.params,
    refusal: [
      `${ctx.text}.set({`,
      ...indented(headerLines(rate, q).map((line) => `${line},`), style),
      `})${s}`,
      `${ctx.text}.status = 429${s}`,
      `${ctx.text}.body = ${q}Too many requests${q}${s}`,
      `return${s}`,
    ],
  };
};

/** https://elysiajs.com/essential/handler */
export const elysia: Guard = (site) => {
  const { quote: q } = site.style;
  const request = site.fn.params.length === 0 ? { text: "request", params: "{ request }" } : memberOfParameter(site, { name: "context", type: "never" }, "request");
  return (
    request && {
      identifier: `${request.text}.headers.get(${q}x-real-ip${q}) ?? ${q}anonymous${q}`,
      params: request.params,
      ...("edits" in request ? { edits: request.edits } : {}),
      refusal: responseRefusal(site),
    }
  );
};
