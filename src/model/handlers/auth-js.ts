import { nextRouteOf } from "../../project/next-routes.ts";
import { sourceFiles } from "../../project/source-files.ts";
import { staticKey } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { Located } from "../values/trace.ts";
import type { Handler, Outside } from "./handler.ts";
import { exportOf, placeInPackage } from "./package.ts";

/*
 * Auth.js: `authorize()` of a provider of credentials is the project's own code. Whoever posts to
 * /api/auth/callback/credentials runs it, and the library limits nobody.
 * https://authjs.dev/getting-started/authentication/credentials
 */

const PROVIDER = /^(?:next-auth|@auth\/core)\/providers\/credentials$/u;
/** What is guessed. A signature of a wallet, or a token of another service, is not. */
const GUESSED = /pass(?:word|code|phrase|wd)|\bpin\b|\botp\b/iu;
/** Where requests to sign in come from, unless the app says otherwise. */
const ROUTE = /^\/api\/auth\/\[\[?\.\.\./u;
const CALLBACK = "/api/auth/callback/credentials";

/** Decided by what it imports. */
export function mayHoldCredentials({ sources }: FileModel): boolean {
  return [...sources].some((source) => PROVIDER.test(source));
}

export function credentialHandlers(file: FileModel): readonly Handler[] {
  return file.callNodes.flatMap((node): readonly Handler[] => {
    const [options] = node.arguments;
    if (node.type !== "CallExpression" || options?.type !== "ObjectExpression") return [];
    const authorize = options.properties.find((property) => property.type === "Property" && staticKey(property) === "authorize");
    if (authorize?.type !== "Property" || !PROVIDER.test(file.tracer.canonical(file.located(node.callee))?.source ?? "")) return [];
    if (!GUESSED.test(file.text.slice(...node.range))) return [];
    const outside = outsideOf(file);
    if (!outside) return [];
    const title = "the sign-in callback `authorize()`";
    return [{ framework: "auth-js", method: "POST", title, route: undefined, node: authorize.key, value: file.located(authorize.value), before: [], outside: () => outside }];
  });
}

/** The route of the app that hands requests to Auth.js, and the middleware before it; undefined where none is found. */
function outsideOf(file: FileModel): Outside | undefined {
  const directory = placeInPackage(file)?.directory;
  if (directory === undefined) return undefined;
  const path = sourceFiles(directory, file.pass).files.find((found) => ROUTE.test(nextRouteOf(found.slice(directory.length + 1))?.path ?? ""));
  if (path === undefined) return undefined;
  const handler = path === file.path ? ownExport(file) : exportOf(file, path.replace(/\.\w+$/u, ""), "POST", "default");
  return { middleware: handler ? [handler] : [], next: { directory, route: CALLBACK } };
}

function ownExport(file: FileModel): Located | undefined {
  const value = (file.exports.get("POST") ?? file.exports.get("default"))?.value;
  return value && { value, place: file.place };
}
