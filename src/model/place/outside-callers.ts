import { packageJson, type PackageJson } from "../../project/package-json.ts";
import type { Project } from "../../project/project.ts";
import { packageRoot, within } from "../../project/root.ts";
import { importersOf, sourceFiles } from "../../project/source-files.ts";
import { isLoadedByNext, isRunByNext, isWhollyKnown, MAKES_PAGES } from "./page-reach.ts";
import { isTestPath } from "./runtime.ts";

/** Frameworks and plugins that hand out exports by the place of their module. */
const IMPORTS_BY_PLACE = /^(?:nuxt|nitro|nitropack|@nuxt\/.*)$|auto-?import/u;
/** What applications are made with; libraries do not depend on them, or say what they export. */
const FRAMEWORK = /^(?:next|astro|@sveltejs\/kit|@remix-run\/(?:node|serve|cloudflare)|@react-router\/(?:node|serve|dev)|@tanstack\/react-start|@solidjs\/start|expo)$/u;
/** Modules of which a framework, or a platform, calls the exports. */
const ENTRY = /(?:^|\/)(?:\+|(?:routes|pages)\/)|^(?:src\/)?(?:api|netlify|functions|lambdas?|workers?|supabase|trigger|inngest|scripts|bin|cron|jobs|tasks)\//u;
const QUESTION = {};

/**
 * Whether something else than the project's own modules may call what a module exports. False needs proof: the module is a
 * helper of an application, which publishes nothing, and whatever the application loads is known by its name.
 */
export function hasOutsideCallers(path: string, project: Project): boolean {
  const { root, pass } = project;
  return pass.memo(QUESTION, `${root}\0${path}`, () => {
    const directory = packageRoot(path, root, pass);
    const manifest = directory === undefined ? undefined : packageJson(directory, pass);
    if (directory === undefined || !manifest || !isApplication(manifest)) return true;
    const at = within(directory, path);
    const isOfNext = manifest.dependencies.includes("next");
    if (ENTRY.test(at) || (isOfNext && isLoadedByNext(at))) return true;
    const importers = importersOf(path, project)?.filter((importer) => !isTestPath(within(root, importer)));
    const { files, isWhole } = sourceFiles(root, pass);
    // What nobody imports may be what is run. Next.js runs files by their names, and no others: where there are some.
    const isRun = (): boolean => isOfNext && files.some((file) => file !== path && isRunByNext(within(directory, file)));
    if (!importers || !isWhole || (importers.length === 0 && !isRun())) return true;
    return !isWhollyKnown(files, new Set([path]), root, project);
  });
}

function isApplication({ dependencies, hasExports, isPrivate, isPublished, mains }: PackageJson): boolean {
  if (hasExports || isPublished || mains.length > 0) return false;
  return (isPrivate || dependencies.some((name) => FRAMEWORK.test(name))) && !dependencies.some((name) => IMPORTS_BY_PLACE.test(name) || MAKES_PAGES.test(name));
}
