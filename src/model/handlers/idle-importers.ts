import type { Project } from "../../project/project.ts";
import { importersOf } from "../../project/source-files.ts";
import { within } from "../../project/root.ts";
import { isTestPath } from "../place/runtime.ts";
import { callsOf } from "../syntax/all-calls.ts";
import type { CallValue, ModuleFacts, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import { target } from "../values/values.ts";

/*
 * Modules that import a router of Express and mount it nowhere but on routers of their own, such as the index of a folder. Where
 * nothing else imports these, nobody gets to it through them.
 */

/** More of them are not gone through. */
const MAX_MODULES = 50;
/** What an application, a server or a container is handed a router by. */
const TAKES_ROUTERS = /^(?:use|all|route|mount|register|listen|handle|createServer|add\w*|set\w*|bind|apply|call)$/u;

/**
 * The module, with all that lead to it, tests left out, where each of these does no more with what it imports of the others than
 * telling routers of its own to use it.
 * @returns undefined: one of them may do more, or not all of them are known
 */
export function leadingNowhere(path: string, project: Project): ReadonlySet<string> | undefined {
  const found = new Set([path]);
  for (const module of found) {
    const importers = importersOf(module, project);
    if (!importers || found.size > MAX_MODULES) return undefined;
    for (const importer of importers) if (!isTestPath(within(project.root, importer))) found.add(importer);
  }
  return [...found].every((module) => module === path || isIdle(module, found, project)) ? found : undefined;
}

/** What a module imports of these others is mounted on its own routers, and nothing else is done with it, or with them. */
function isIdle(path: string, others: ReadonlySet<string>, project: Project): boolean {
  const module = project.module(path);
  if (!module) return false;
  const isMeant = (source: string): boolean => others.has(project.resolve(path, source) ?? "");
  const { imported, parts } = module.parts;
  if (parts.some(({ loads }) => loads.some(({ what }) => isMeant(what)))) return false;
  const names = new Set([...imported].flatMap(([name, { source }]) => (isMeant(source) ? [name] : [])));
  const uses = parts.flatMap((part) => part.uses).filter(({ name }) => names.has(name)).length;
  const isOther = (value: Value): boolean => value.kind === "import" && isMeant(value.source);
  let mounted = 0;
  for (const call of callsIn(module.body)) if (isByOwnRouter(call)) mounted += call.args.filter((arg) => isOther(target(arg))).length;
  return uses === mounted && handsOverNothing(module, isOther);
}

/** No call but those of its own routers gets hold of one of them, or of a router that it imports, and none may mount something. */
function handsOverNothing(module: ModuleFacts, isOther: (value: Value) => boolean): boolean {
  const isRouter = (value: Value): boolean => isOther(value) || isOwnRouter(value);
  for (const call of callsOf(module)) {
    if (isOwnRouter(call) || isByOwnRouter(call)) continue;
    const callee = target(call.callee);
    if (callee.kind === "member" && (callee.property === undefined || TAKES_ROUTERS.test(callee.property))) return false;
    if (call.isNew || isApplication(call) || dependsOn(callee, isRouter) || call.args.some((arg) => dependsOn(arg, isRouter))) return false;
  }
  return true;
}

/** `Router()`, `express.Router()` */
function isOwnRouter(value: Value): boolean {
  const callee = value.kind === "call" ? target(value.callee) : undefined;
  const from = callee?.kind === "member" && callee.property === "Router" ? target(callee.object) : callee;
  return from?.kind === "import" && from.source === "express" && (from !== callee || from.name === "Router");
}

/** `express()`, which answers by itself. */
function isApplication({ callee }: CallValue): boolean {
  const at = target(callee);
  return at.kind === "import" && at.source === "express" && at.name !== "Router";
}

/** `router.use("/notes", notes)`, `router.route("/").get(list)` */
function isByOwnRouter({ callee }: CallValue): boolean {
  const method = target(callee);
  let at = method.kind === "member" ? target(method.object) : undefined;
  while (at?.kind === "call" && !isOwnRouter(at)) {
    const inner = target(at.callee);
    at = inner.kind === "member" ? target(inner.object) : undefined;
  }
  return at !== undefined && isOwnRouter(at);
}
