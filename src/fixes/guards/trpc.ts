import { contextHoldsHeaders } from "../../model/handlers/trpc.ts";
import { ensureImport } from "../imports.ts";
import { memberOfParameter, signedInUser, surelySignedInUser, type Guard, type GuardParts, type Site } from "./parts.ts";

/** A procedure; what is known of its caller is what the project's context holds. */
export const trpc: Guard = (site) => {
  const { quote: q, semicolon: s } = site.style;
  const caller = callerOf(site);
  if (!caller) return undefined;
  const error = ensureImport(site.file, "@trpc/server", "TRPCError");
  return {
    ...caller,
    imports: [error],
    refusal: [`throw new ${error.name}({ code: ${q}TOO_MANY_REQUESTS${q}, message: ${q}Too many requests. Try again later.${q} })${s}`],
  };
};

/** The signed-in user where the procedure knows one, else the address, where the context is sure to hold headers. */
function callerOf(site: Site): Omit<GuardParts, "refusal"> | undefined {
  const { file, fn, handler, style } = site;
  const { quote: q } = style;
  const [param] = fn.params;
  const holdsHeaders = contextHoldsHeaders(file, handler);
  const ctx = param ? memberOfParameter(site, { name: "opts", type: "never" }, "ctx") : { text: "ctx", params: "{ ctx }" };
  const address = ctx && holdsHeaders ? `${ctx.text}.headers.get(${q}x-real-ip${q})` : undefined;
  const roots = [param?.type === "Identifier" ? param.name : "ctx"];
  const user = signedInUser(site, roots);
  // Where nothing else tells callers apart, strangers must not share one limit.
  const sure = address === undefined ? surelySignedInUser(site, roots) : undefined;
  if (sure !== undefined) return { identifier: sure };
  if (user === undefined && address === undefined) return undefined;
  const shared = address === undefined || !ctx ? {} : { params: ctx.params, edits: ctx.edits };
  const ways = [user, address, `${q}anonymous${q}`].filter((way) => way !== undefined);
  return { identifier: ways.join(" ?? "), ...shared };
}
