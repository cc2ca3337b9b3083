import { listDirectory, path } from "../../project/disk.ts";
import { importersOf } from "../../project/source-files.ts";
import type { FileModel } from "../file.ts";
import { isTestPath } from "../place/runtime.ts";
import { beginning, EVERY_LINK } from "../values/chains.ts";
import type { FunctionFacts } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { target } from "../values/values.ts";
import { dependsOnPackage } from "./package.ts";

/*
 * Vercel serves the `api` folder beside a site's pages without any setting. That a package is meant for it is told by what it
 * has: pages, no server of its own, and functions in that folder which answer requests, and which nothing else loads.
 * https://vercel.com/docs/functions/runtimes/node-js
 */

/** A server that mounts, or a platform that calls, what stands in such a folder in its own way. */
const SERVES_ITSELF =
  /^(?:express|polka|restify|fastify|koa|hono|h3|nitro(?:pack)?|elysia|micro|connect|@(?:nestjs\/core|hapi\/hapi|azure\/functions|adonisjs\/core|feathersjs\/feathers|sveltejs\/kit|solidjs\/start|redwoodjs\/core|netlify\/functions|google-cloud\/functions-framework|aws-cdk\/.*)|firebase-functions|aws-cdk-lib|serverless|sst|wrangler|vike|@(?:remix-run|react-router)\/(?:node|serve|dev)|@tanstack\/(?:react|solid)-start|gatsby|gridsome|parse-server|sails)$/u;
const ANSWERS = ["status", "sendStatus", "json", "send", "end", "write", "writeHead", "setHeader", "redirect"];
/** `module.exports = (req, res) => …`, or the export of a method, or of a function on the edge. Asked of each file of such a folder. */
const EXPORTS = /\bexport\s+default\b|\bmodule\.exports\s*=|\bexports\.default\b|\bexport\s+(?:async\s+)?(?:function|const)\s+(?:GET|POST|PUT|PATCH|DELETE)\b/u;
const EDGE = /\bruntime\s*[:=]\s*["'](?:experimental-)?edge["']/u;

/** Whether Vercel may serve what stands in the `api` folder of this directory, though no setting says so: by text, and by the package. */
export function mayBeServed(file: FileModel, directory: string): boolean {
  if (!EXPORTS.test(file.text) || !hasPages(file, directory)) return false;
  return dependsOnPackage(file, SERVES_ITSELF) !== true && !isLoaded(file, directory);
}

/** A site: `index.html`, as Vite has it and as it is served as it stands, or in `public`. */
function hasPages({ pass }: FileModel, directory: string): boolean {
  return [directory, path.join(directory, "public")].some((folder) => listDirectory(folder, pass)?.entries.has("index.html") === true);
}

/** Something else than tests, and the configuration of a server for development, loads it; true also where that is not known. */
function isLoaded({ path: module, project }: FileModel, directory: string): boolean {
  const importers = module === undefined || !project ? undefined : importersOf(module, project);
  if (!importers) return true;
  const within = (importer: string): string => importer.slice(directory.length + 1).replaceAll("\\", "/");
  return importers.some((importer) => !isTestPath(within(importer)) && !/^[^/]*\.config\.[cm]?[jt]s$/u.test(within(importer)));
}

/** Whether a function writes its answer by a second parameter, as Node.js has it: `res.status(404).end()`. */
export function answersByParameter(fn: FunctionFacts): boolean {
  if (fn.params.length < 2) return false;
  for (const { callee } of callsIn(fn.body)) {
    const method = target(callee);
    if (method.kind !== "member" || !ANSWERS.includes(method.property ?? "")) continue;
    const answer = beginning(method.object, EVERY_LINK);
    if (answer.kind === "param" && answer.fn === fn && answer.index === 1) return true;
  }
  return false;
}

/** `export const config = { runtime: "edge" }`: it gets a request, and returns its answer. */
export const runsOnEdge = (file: FileModel): boolean => EDGE.test(file.text);
