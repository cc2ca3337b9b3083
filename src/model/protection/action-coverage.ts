import { matcherCovers, nextRouteOf } from "../../project/next-routes.ts";
import { sourceFiles } from "../../project/source-files.ts";
import type { FileModel } from "../file.ts";
import { leastOf, type Caller, type FlowPolicy } from "../flow/flow.ts";
import { decidedInMiddleware, looksAtPath } from "../flow/path-decision.ts";
import { packageOf } from "../place/runtime.ts";
import { nextMiddleware, type NextMiddleware } from "./next-middleware.ts";
import { consultsLimiter } from "./protection.ts";

/** What a middleware does before each server action of its app. */
interface ActionCoverage {
  readonly guarded: boolean;
  readonly caller: Caller | undefined;
}

/** More pages are not gone through. */
const MAX_PAGES = 300;
/** Next.js answers here as well, with its own page. */
const NO_PAGE = "/no-such-page";

/**
 * What `middleware.ts` or `proxy.ts` does before a server action. An action can be asked for at any page of the app, also
 * at those that do not show it, so that counts which is done before all of them.
 * @returns undefined: nothing, or it can't be told
 * @see https://nextjs.org/docs/app/guides/data-security
 */
export function actionCoverage(file: FileModel): ActionCoverage | undefined {
  const directory = packageOf(file)?.directory ?? file.root;
  if (directory === undefined) return undefined;
  return file.pass.memo(file.settings, `actions\0${directory}`, () => {
    const found = nextMiddleware(file, `${directory}/`);
    const pages = found && pagesOf(file, directory);
    return pages && coverageOfAll(file, found, pages);
  });
}

/** The paths of an app's pages, and one that has none. */
function pagesOf({ pass }: FileModel, directory: string): readonly string[] | undefined {
  const { files, isWhole } = sourceFiles(directory, pass);
  const pages = files.flatMap((path) => {
    const route = nextRouteOf(path.slice(directory.length + 1));
    return route?.kind === "page" ? [route.path] : [];
  });
  return isWhole && pages.length <= MAX_PAGES ? [NO_PAGE, ...pages] : undefined;
}

function coverageOfAll(file: FileModel, { value, matcher }: NextMiddleware, pages: readonly string[]): ActionCoverage | undefined {
  if (!value || pages.some((page) => matcherCovers(matcher, page) !== "yes")) return undefined;
  let isSure = true;
  const deciding = (page: string): NonNullable<FlowPolicy["decide"]> => {
    const decide = decidedInMiddleware(page, file.tracer);
    return (test) => {
      const decided = decide(test);
      isSure &&= decided !== undefined || !looksAtPath(file.tracer, test);
      return decided;
    };
  };
  const facts = pages.map((page) => consultsLimiter(file, value, deciding(page)));
  if (!isSure) return undefined;
  return { guarded: facts.every(({ guarded }) => guarded), caller: facts.map(({ caller }) => caller).reduce(leastOf) };
}
