import { listDirectory } from "../../project/disk.ts";
import { packageJson } from "../../project/package-json.ts";
import type { Project } from "../../project/project.ts";
import { within } from "../../project/root.ts";
import { loadsByName } from "../../project/search.ts";
import { importersOf, sourceFiles } from "../../project/source-files.ts";
import type { FileModel } from "../file.ts";
import { isTestPath } from "../place/runtime.ts";

/*
 * Whether something else than a platform may call a function in the folder `api/`: a module that loads it, by its name or by one
 * that is made; a server of the project's own; another platform; or whoever installs the package.
 */

/** Files that say of another platform that it runs the package, or how a server of its own is run. */
const OTHER_PLACES = /^(?:netlify\.toml|wrangler\.(?:toml|jsonc?)|firebase\.json|serverless\.(?:ya?ml|[jt]s|json)|fly\.toml|render\.ya?ml|railway\.(?:json|toml)|app\.ya?ml|Procfile|Dockerfile|docker-compose\.ya?ml|(?:server|app|index)\.[cm]?[jt]s)$/u;

const CALLED = {};

/** Nothing but a platform can call what the file exports. False where that is not known. */
export function isCalledByPlace({ path, project }: FileModel, directory: string): boolean {
  if (path === undefined || !project) return false;
  return project.pass.memo(CALLED, `${project.root}\0${path}`, () => isLoadedByNobody(path, directory, project));
}

function isLoadedByNobody(path: string, directory: string, project: Project): boolean {
  const { pass, root } = project;
  const manifest = packageJson(directory, pass);
  if (!manifest || manifest.hasExports || manifest.isPublished || manifest.mains.some((main) => /^(?:\.\/)?api\//u.test(main))) return false;
  if ([...(listDirectory(directory, pass)?.entries.keys() ?? [])].some((name) => OTHER_PLACES.test(name))) return false;
  const isTest = (other: string): boolean => isTestPath(within(root, other));
  const { files, isWhole } = sourceFiles(directory, pass);
  if (!isWhole || importersOf(path, project)?.every(isTest) !== true) return false;
  return files.every((other) => isTest(other) || loadsByName.get(other, pass) === false);
}
