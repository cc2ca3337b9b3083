import { packageJson } from "../../project/package-json.ts";
import type { Project } from "../../project/project.ts";
import { packageRoot, within } from "../../project/root.ts";
import { loadsByName, makesExpressApp, namesRouters } from "../../project/search.ts";
import { importersOf, sourceFiles } from "../../project/source-files.ts";
import type { FileModel } from "../file.ts";
import { isWhollyKnown } from "../place/page-reach.ts";
import { isTestPath } from "../place/runtime.ts";
import type { Value } from "../values/ir.ts";
import { target } from "../values/values.ts";
import { leadingNowhere } from "./idle-importers.ts";

/*
 * A router of Express answers nobody by itself: an application mounts it. One that is exported, and that no module of an
 * application imports whose loads are all known, is not mounted, or not any more. Nor is one that only routers use which are not.
 */

/** What mounts routers by the place of their files. */
const MOUNTS_BY_PLACE = /auto-?load|auto-?routes?|file-?(?:based-?)?rout|fs-?rout|consign|require-?(?:all|dir)|include-?all|express-load/iu;
/** Files of which a platform calls the exports. */
const ENTRY = /^(?:src\/)?(?:api|netlify|functions|lambdas?|workers?)\//u;

const UNMOUNTED = {};

/** Whether nothing of the application mounts this router. True needs proof. */
export function isUnmounted(file: FileModel, router: Value): boolean {
  const { path, project } = file;
  if (path === undefined || !project || !isRouterOfExpress(file, router) || isHandedOver(file, router)) return false;
  return project.pass.memo(UNMOUNTED, `${project.root}\0${path}`, () => isTakenByNobody(path, project));
}

/** `Router()`, `express.Router()` */
function isRouterOfExpress(file: FileModel, router: Value): boolean {
  const path = router.kind === "call" ? file.tracer.canonical({ value: router.callee, place: file.place }) : undefined;
  return path?.source === "express" && path.path.at(-1) === "Router";
}

/** `app.use(router)` */
function isHandedOver(file: FileModel, router: Value): boolean {
  return file.callNodes.some((node) => node.arguments.some((arg) => arg.type !== "SpreadElement" && target(file.evaluator.value(arg)) === router));
}

function isTakenByNobody(path: string, project: Project): boolean {
  const { root, pass } = project;
  const directory = packageRoot(path, root, pass);
  const manifest = directory === undefined ? undefined : packageJson(directory, pass);
  if (directory === undefined || !manifest || manifest.hasExports || manifest.isPublished || manifest.dependencies.some((name) => MOUNTS_BY_PLACE.test(name))) return false;
  const isTest = (other: string): boolean => isTestPath(within(root, other));
  const leading = leadingNowhere(path, project);
  const { files, isWhole } = sourceFiles(root, pass);
  if (!leading || [...leading].some((module) => ENTRY.test(within(directory, module))) || !isWhole) return false;
  if (!files.some((other) => !leading.has(other) && !isTest(other) && makesExpressApp.get(other, pass) === true)) return false;
  // What a script loads, such as one that fills a database, it does not mount.
  const isScript = (other: string): boolean => loadsByName.get(other, pass) === true && namesRouters.get(other, pass) === false && importersOf(other, project)?.length === 0;
  return isWhollyKnown(files.filter((other) => !isScript(other)), leading, root, project);
}
