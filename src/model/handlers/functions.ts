import { listDirectory } from "../../project/disk.ts";
import type { FileModel } from "../file.ts";
import { isCalledByPlace } from "./api-folder.ts";
import { exportsNamed, HTTP_METHODS, methodHandlers } from "./exported.ts";
import { unwrapHandler, type Handler, type Outside } from "./handler.ts";
import { dependsOnPackage, placeInPackage } from "./package.ts";
import type { FunctionFacts } from "../values/ir.ts";

/*
 * Functions by path: Vercel's `api/`, Netlify's `netlify/functions/`, Expo's `+api` files.
 * https://vercel.com/docs/functions, https://docs.netlify.com/build/functions/get-started,
 * https://docs.expo.dev/router/web/api-routes
 */

const VERCEL = /[\\/]api[\\/]/u;
const NETLIFY = /[\\/]netlify[\\/](?:edge-)?functions[\\/]/u;
const EXPO = /\+api\.[jt]sx?$/u;
/** Where the files of any of them are. */
export const FUNCTION_FILES = new RegExp([VERCEL, NETLIFY, EXPO].map(({ source }) => source).join("|"), "u");

/** Decided by the path; Vercel's folder also by the package. */
export function mayHoldFunctions(file: FileModel): boolean {
  const { filename } = file;
  if (EXPO.test(filename) || NETLIFY.test(filename)) return true;
  return VERCEL.test(filename) && vercelFile(file) !== undefined;
}

export function functionHandlers(file: FileModel): readonly Handler[] {
  if (EXPO.test(file.filename)) return methodHandlers(file, HTTP_METHODS, expoRoute(file), { framework: "expo", outside: nothing });
  return NETLIFY.test(file.filename) ? netlifyFunctions(file) : vercelFunctions(file);
}

const nothing = (): Outside => ({ middleware: [] });

/** `app/(tabs)/api/users/[id]+api.ts` is `/api/users/[id]`. */
function expoRoute(file: FileModel): string {
  const path = placeInPackage(file)?.path ?? file.relativePath;
  const inside = path.replace(/^(?:src\/)?app\//u, "").replace(EXPO, "");
  return `/${inside.split("/").filter((segment) => segment !== "index" && !/^\(.*\)$/u.test(segment)).join("/")}`;
}

/** A file of the `api` folder of a package, which Vercel serves without being told. */
interface VercelFile {
  readonly directory: string;
  readonly route: string;
  /** The package says nothing of Vercel: only what is written as its functions for Node.js are can be one. */
  readonly isByShape: boolean;
}

const OTHER_ROUTES = /^(?:next|nuxt|astro|@sveltejs\/kit)$/u;
/** They call what has this shape themselves, behind middleware of their own. */
const SERVERS = /^(?:express|fastify|koa|hono|h3|nitropack|polka|restify|connect|micro|elysia|gatsby|serverless|@hapi\/.+|@nestjs\/.+)$/u;
const ON_VERCEL = /^(?:@vercel\/(?:node|edge|functions|kv|blob|analytics)|vercel)$/u;
const REQUEST = /^_?req(?:uest)?$/u;
const ANSWER = /^_?res(?:ponse)?$/u;
const WRITES_ANSWER = /\bres(?:ponse)?\s*\.\s*(?:status|json|send|end|setHeader|writeHead|redirect)\(/u;

/** Undefined: Vercel does not serve the file, or that can't be told. */
function vercelFile(file: FileModel): VercelFile | undefined {
  const place = placeInPackage(file);
  if (!place?.path.startsWith("api/") || /(?:^|\/)[_.]/u.test(place.path)) return undefined;
  if (dependsOnPackage(file, OTHER_ROUTES)) return undefined;
  const isTold = (dependsOnPackage(file, ON_VERCEL) ?? false) || listDirectory(place.directory, file.pass)?.entries.has("vercel.json") === true;
  if (!isTold && (!WRITES_ANSWER.test(file.text) || dependsOnPackage(file, SERVERS) !== false)) return undefined;
  return { directory: place.directory, route: `/${place.path.replace(/(?:\/index)?\.[cm]?[jt]sx?$/u, "")}`, isByShape: !isTold };
}

function vercelFunctions(file: FileModel): readonly Handler[] {
  const served = vercelFile(file);
  if (!served || (served.isByShape && !isCalledByPlace(file, served.directory))) return [];
  const { directory, route, isByShape } = served;
  const outside = (): Outside => ({ middleware: [], next: { directory, route } });
  const byMethod = isByShape ? [] : methodHandlers(file, HTTP_METHODS, route, { framework: "fetch", outside });
  const whole = exportsNamed(file, (name) => name === "default").flatMap(({ value, node }): Handler[] => {
    const { functions } = unwrapHandler(file.tracer, value);
    if (functions.length === 0 || (isByShape && !functions.every(({ fn }) => takesRequestAndAnswer(fn)))) return [];
    // With a second parameter it writes its answer, as Node.js does.
    const isNode = functions.some(({ fn }) => fn.params.length > 1);
    return [{ framework: isNode ? "next-pages" : "fetch", method: "ANY", title: route, route, node, value, before: [], outside }];
  });
  return [...byMethod, ...whole];
}

/** `(req, res) => …` */
function takesRequestAndAnswer({ params: [request, answer, ...others] }: FunctionFacts): boolean {
  return REQUEST.test(request?.name ?? "") && ANSWER.test(answer?.name ?? "") && others.length === 0;
}

/** `export default async (request, context) => …`; one on a schedule answers no requests. */
function netlifyFunctions(file: FileModel): readonly Handler[] {
  const [config] = exportsNamed(file, (name) => name === "config");
  const has = (name: string): boolean => config !== undefined && file.tracer.property(config.value, name).length > 0;
  if (has("schedule")) return [];
  const name = file.filename.replace(/(?:[\\/]index)?\.[cm]?[jt]sx?$/u, "").split(/[\\/]/u).at(-1) ?? "";
  return exportsNamed(file, (exported) => exported === "default").map(({ value, node }) => ({
    framework: "netlify",
    method: "ANY",
    title: `the Netlify function ${name}`,
    route: undefined,
    node,
    value,
    before: [],
    isLimited: has("rateLimit"),
    outside: nothing,
  }));
}
