import { matcherCovers, nextRouteOf } from "../../project/next-routes.ts";
import { sourceFiles } from "../../project/source-files.ts";
import type { FileModel } from "../file.ts";
import { leastOf, type Caller } from "../flow/guarded.ts";
import { decidedInMiddleware, openParts } from "../flow/path-decision.ts";
import { routesLoading } from "../place/page-routes.ts";
import { majorOf, packageOf } from "../place/runtime.ts";
import type { Value } from "../values/ir.ts";
import type { Located, Place } from "../values/trace.ts";
import { nextMiddleware, type NextMiddleware } from "./next-middleware.ts";
import { mayRewrite } from "./next-rewrites.ts";
import { consultsLimiter } from "./protection.ts";
import { admitsOnlySignedIn } from "./session-middleware.ts";

/** What a middleware does before each server action of its app. */
interface ActionCoverage {
  readonly guarded: boolean;
  /** Who gets past it unlimited. */
  readonly caller: Caller | undefined;
}

const NOTHING: ActionCoverage = { guarded: false, caller: undefined };
/** More pages are not gone through. */
const MAX_PAGES = 300;
/** Next.js answers here as well, with its own page. */
const NO_PAGE = "/no-such-page";
/** Ways through a middleware that hang on what is not known of a path. */
const MAX_WAYS = 16;
/** The first version of Next.js with actions (13.4): they run at pages that have them, and nowhere else. */
const BY_PAGE = 13;

/**
 * What `middleware.ts` or `proxy.ts` does before a server action. It counts what is done before all pages that load the action's
 * module: Next.js runs an action only for a request to one of them. Sent to another page, its id is not found, or, since
 * Next.js 14.2, the request is sent on to a page that has the action, through the middleware once more (tried with Next.js
 * 13.5, 14.0, 14.1, 14.2, 15.1 and 16.4, by id and by form, at other pages, at no page, and at paths that no middleware sees).
 * Where these pages are not known, it counts what is done before all of the app's.
 * @returns undefined: nothing, or it can't be told
 * @see https://nextjs.org/docs/app/guides/data-security
 */
export function actionCoverage(file: FileModel): ActionCoverage | undefined {
  const directory = packageOf(file)?.directory ?? file.root;
  const found = directory === undefined ? undefined : nextMiddleware(file, `${directory}/`);
  if (directory === undefined || !found) return undefined;
  const ofAction = pagesOfAction(file, directory, found);
  if (ofAction) return file.pass.memo(file.settings, `actions in\0${file.path ?? ""}`, () => coverageOfAll(file, found, ofAction));
  return file.pass.memo(file.settings, `actions\0${directory}`, () => {
    const all = pagesOf(file, directory);
    return all && coverageOfAll(file, found, all);
  });
}

/** The paths of the pages that load the file; undefined: there may be others. */
function pagesOfAction(file: FileModel, directory: string, middleware: NextMiddleware): readonly string[] | undefined {
  const { path, project } = file;
  if (!project || path === undefined || (majorOf(file, "next") ?? 0) < BY_PAGE || mayRewrite(file, directory, middleware)) return undefined;
  const routes = routesLoading(path, project);
  return routes && routes.size <= MAX_PAGES ? [...routes] : undefined;
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

/** What is done before all of these pages; undefined: nothing. */
function coverageOfAll(file: FileModel, { module, value, matcher }: NextMiddleware, pages: readonly string[]): ActionCoverage | undefined {
  if (!value || pages.some((page) => matcherCovers(matcher, page) !== "yes")) return undefined;
  const found: ActionCoverage[] = [];
  for (const page of pages) {
    const before = file.pass.memo(file.settings, `page\0${module.path ?? ""}\0${page}`, () => coverageOfPage(file, value, page));
    if (isNothing(before)) return undefined;
    found.push(before);
  }
  return leastDone(found);
}

const isNothing = ({ guarded, caller }: ActionCoverage): boolean => !guarded && caller === undefined;

/** What holds in all of these cases: who is not limited in some of them. */
function leastDone(cases: readonly ActionCoverage[]): ActionCoverage {
  const unlimited = cases.filter(({ guarded }) => !guarded).map(({ caller }) => caller);
  return unlimited.length === 0 ? { guarded: true, caller: undefined } : { guarded: false, caller: unlimited.reduce(leastOf) };
}

/** What a middleware does to requests to one page, whichever way those conditions go that hang on more than the page. */
function coverageOfPage(file: FileModel, value: Located, page: string): ActionCoverage {
  const { tracer } = file;
  const caller = admitsOnlySignedIn(tracer, value, page) ? "known" : undefined;
  const cases: ActionCoverage[] = [];
  const ways: ReadonlyMap<Value, boolean>[] = [new Map()];
  for (let way = ways.pop(), seen = 0; way; way = ways.pop(), seen++) {
    const taken = way;
    const decide = decidedInMiddleware(page, tracer, (part) => taken.get(part));
    const open = new Map<Value, Place>();
    let isSure = true;
    const facts = consultsLimiter(file, value, (test, isLimited) => {
      // Behind a limiter it makes no difference any more: it has been asked on each of the ways that part here.
      const parts = isLimited ? [] : openParts(tracer, test, decide);
      for (const part of parts) {
        // It may go another way for another call of the same function.
        isSure &&= (open.get(part) ?? test.place) === test.place;
        open.set(part, test.place);
      }
      return decide(test);
    });
    const found = { guarded: facts.guarded, caller: facts.caller ?? caller };
    if (isNothing(found)) return NOTHING;
    if (!isSure || seen > MAX_WAYS) return { guarded: false, caller: caller ?? callerOnAllWays(file, value, page) };
    const [part] = open.keys();
    if (part) for (const outcome of [true, false]) ways.push(new Map(taken).set(part, outcome));
    else cases.push(found);
  }
  return leastDone(cases);
}

/** Who gets past a middleware whichever way it takes, where there are too many of them to try each. */
function callerOnAllWays(file: FileModel, value: Located, page: string): Caller | undefined {
  return consultsLimiter(file, value, decidedInMiddleware(page, file.tracer), "by returning").caller;
}
