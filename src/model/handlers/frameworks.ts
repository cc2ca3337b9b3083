import type { FileModel } from "../file.ts";
import { astroHandlers, mayHoldAstroHandlers } from "./astro.ts";
import { credentialHandlers, mayHoldCredentials } from "./auth-js.ts";
import { fetchHandlers, mayHoldFetchHandler, mayHoldPagesFunction, PAGES_FUNCTIONS, pagesFunctions } from "./cloudflare.ts";
import { FUNCTION_FILES, functionHandlers, mayHoldFunctions } from "./functions.ts";
import { EVENT_HANDLER_FILES, eventHandlers, mayHoldEventHandler } from "./h3.ts";
import type { Handler } from "./handler.ts";
import { lambdaHandlers, mayHoldLambda } from "./lambda.ts";
import { mayHoldRouteModule, routeModuleHandlers } from "./remix.ts";
import { mayHoldServe, servedHandlers } from "./serve.ts";
import { mayHoldSolidHandlers, SOLID_ROUTES, solidHandlers } from "./solid.ts";
import { mayHoldSvelteHandlers, SVELTE_FILES, svelteHandlers } from "./sveltekit.ts";
import { mayHoldServerFunctions, tanstackHandlers } from "./tanstack.ts";
import { mayHoldProcedures, procedures } from "./trpc.ts";

/** A framework in which a file's place, or what it exports or calls, makes handlers. */
interface HandlerKind {
  /** Only files with such a path are asked about; left out: all are. */
  readonly place?: RegExp;
  /** Decided by path, text and imports. */
  mayHold(file: FileModel): boolean;
  handlers(file: FileModel): readonly Handler[];
}

/** One row a framework; a new one is a new file and a row. */
const KINDS: readonly HandlerKind[] = [
  { place: EVENT_HANDLER_FILES, mayHold: mayHoldEventHandler, handlers: eventHandlers },
  { place: SVELTE_FILES, mayHold: mayHoldSvelteHandlers, handlers: svelteHandlers },
  { mayHold: mayHoldProcedures, handlers: procedures },
  { mayHold: mayHoldFetchHandler, handlers: fetchHandlers },
  { place: PAGES_FUNCTIONS, mayHold: mayHoldPagesFunction, handlers: pagesFunctions },
  { mayHold: mayHoldServerFunctions, handlers: tanstackHandlers },
  { mayHold: mayHoldServe, handlers: servedHandlers },
  { mayHold: mayHoldLambda, handlers: lambdaHandlers },
  { place: FUNCTION_FILES, mayHold: mayHoldFunctions, handlers: functionHandlers },
  { mayHold: mayHoldAstroHandlers, handlers: astroHandlers },
  { place: SOLID_ROUTES, mayHold: mayHoldSolidHandlers, handlers: solidHandlers },
  { mayHold: mayHoldCredentials, handlers: credentialHandlers },
  { mayHold: mayHoldRouteModule, handlers: routeModuleHandlers },
];

/** One look at a path for all frameworks that go by it: most files have none of theirs. */
const ANY_PLACE = new RegExp(KINDS.flatMap(({ place }) => place?.source ?? []).join("|"), "u");
const ANYWHERE = KINDS.filter(({ place }) => !place);

/** True where a file may hold handlers of one of these frameworks. */
export function mayHoldFrameworkHandlers(file: FileModel): boolean {
  return (ANY_PLACE.test(file.filename) ? KINDS : ANYWHERE).some((kind) => kind.mayHold(file));
}

export function frameworkHandlers(file: FileModel): readonly Handler[] {
  return KINDS.flatMap((kind) => (kind.mayHold(file) ? kind.handlers(file) : []));
}
