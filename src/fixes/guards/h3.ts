import type { FileModel } from "../../model/file.ts";
import { ensureImport, type Available } from "../imports.ts";
import { headerLines, indented, parameter, signedInUser, type Guard } from "./parts.ts";

/** An event handler of h3: of Nuxt, Nitro, or h3 itself. */
export const h3: Guard = (site) => {
  const { rate, style } = site;
  const { quote: q, semicolon: s } = style;
  const event = parameter(site, { name: "event", type: "H3Event" });
  if (!event || (event.params?.includes(":") ?? false)) return undefined;
  const header = ofH3(site.file, "getRequestHeader");
  const address = ofH3(site.file, "getRequestIP");
  const set = ofH3(site.file, "setResponseHeaders");
  const error = ofH3(site.file, "createError");
  const user = signedInUser(site, [event.text]);
  const caller = `${header.name}(${event.text}, ${q}x-real-ip${q}) ?? ${address.name}(${event.text}) ?? ${q}anonymous${q}`;
  return {
    identifier: user === undefined ? caller : `${user} ?? ${address.name}(${event.text}) ?? ${q}anonymous${q}`,
    params: event.params,
    imports: user === undefined ? [header, address, set, error] : [address, set, error],
    refusal: [
      `${set.name}(${event.text}, {`,
      ...indented(headerLines(rate, q).map((line) => `${line},`), style),
      `})${s}`,
      `throw ${error.name}({ statusCode: 429, statusMessage: ${q}Too many requests${q} })${s}`,
    ],
  };
};

/** A function of h3: imported where the file imports from h3, else by name, as Nuxt and Nitro make it known. */
export function ofH3(file: FileModel, name: string): Available {
  const source = ["h3", "nitro/h3"].find((candidate) => file.sources.has(candidate));
  return source === undefined ? { name, fixes: () => [] } : ensureImport(file, source, name);
}
