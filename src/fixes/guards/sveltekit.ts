import { ensureImport, ensureTypeImport } from "../imports.ts";
import { headerLines, indented, memberOfParameter, parameter, responseRefusal, signedInUser, type Guard, type GuardParts, type Site } from "./parts.ts";

const EVENT = { name: "event", type: "RequestEvent" };

/** An endpoint answers with a `Response`. */
export const sveltekit: Guard = (site) => {
  const caller = callerOf(site);
  return caller && { ...caller, refusal: responseRefusal(site) };
};

/** A form action fails with data for the page. */
export const sveltekitAction: Guard = (site) => {
  const { quote: q, semicolon: s } = site.style;
  const caller = callerOf(site);
  const fail = ensureImport(site.file, "@sveltejs/kit", "fail");
  return (
    caller && {
      ...caller,
      imports: [...(caller.imports ?? []), fail],
      refusal: [...setHeaders(site), `return ${fail.name}(429, { message: ${q}Too many requests${q} })${s}`],
    }
  );
};

export const sveltekitLoad: Guard = (site) => {
  const { quote: q, semicolon: s } = site.style;
  const caller = callerOf(site);
  const error = ensureImport(site.file, "@sveltejs/kit", "error");
  return (
    caller && {
      ...caller,
      imports: [...(caller.imports ?? []), error],
      refusal: [...setHeaders(site), `${error.name}(429, ${q}Too many requests${q})${s}`],
    }
  );
};

/** A remote function gets its arguments alone: the event is asked for. */
export const sveltekitRemote: Guard = ({ file, style: { quote: q, semicolon: s } }) => {
  const event = ensureImport(file, "$app/server", "getRequestEvent");
  const error = ensureImport(file, "@sveltejs/kit", "error");
  return {
    identifier: `${event.name}().getClientAddress()`,
    imports: [event, error],
    refusal: [`${error.name}(429, ${q}Too many requests${q})${s}`],
  };
};

function callerOf(site: Site): Omit<GuardParts, "refusal"> | undefined {
  const address = memberOfParameter(site, EVENT, "getClientAddress");
  if (!address) return undefined;
  const whole = parameter(site, EVENT);
  const user = signedInUser(site, [whole?.text ?? "locals"]);
  const isTyped = address.params?.includes(":") ?? false;
  return {
    identifier: user === undefined ? `${address.text}()` : `${user} ?? ${address.text}()`,
    params: address.params,
    edits: address.edits,
    imports: isTyped ? [ensureTypeImport(site.file, "@sveltejs/kit", EVENT.type)] : [],
  };
}

/** Headers of the answer, where the event is there by its name. */
function setHeaders(site: Site): readonly string[] {
  const { rate, style } = site;
  const event = parameter(site, EVENT);
  if (!event) return [];
  return [`${event.text}.setHeaders({`, ...indented(headerLines(rate, style.quote).map((line) => `${line},`), style), `})${style.semicolon}`];
}
