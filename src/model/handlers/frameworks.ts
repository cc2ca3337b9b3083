import type { FileModel } from "../file.ts";
import { astroHandlers, mayHoldAstroHandlers } from "./astro.ts";
import { fetchHandlers, mayHoldFetchHandler, mayHoldPagesFunction, pagesFunctions } from "./cloudflare.ts";
import { functionHandlers, mayHoldFunctions } from "./functions.ts";
import { eventHandlers, mayHoldEventHandler } from "./h3.ts";
import type { Handler } from "./handler.ts";
import { lambdaHandlers, mayHoldLambda } from "./lambda.ts";
import { mayHoldRouteModule, routeModuleHandlers } from "./remix.ts";
import { mayHoldServe, servedHandlers } from "./serve.ts";
import { mayHoldSolidHandlers, solidHandlers } from "./solid.ts";
import { mayHoldSvelteHandlers, svelteHandlers } from "./sveltekit.ts";
import { mayHoldServerFunctions, tanstackHandlers } from "./tanstack.ts";
import { mayHoldProcedures, procedures } from "./trpc.ts";

/** A framework in which a file's place, or what it exports or calls, makes handlers. */
interface HandlerKind {
  /** Decided by path, text and imports: asked of every file. */
  mayHold(file: FileModel): boolean;
  handlers(file: FileModel): readonly Handler[];
}

/** One row a framework; a new one is a new file and a row. */
const KINDS: readonly HandlerKind[] = [
  { mayHold: mayHoldEventHandler, handlers: eventHandlers },
  { mayHold: mayHoldSvelteHandlers, handlers: svelteHandlers },
  { mayHold: mayHoldProcedures, handlers: procedures },
  { mayHold: mayHoldFetchHandler, handlers: fetchHandlers },
  { mayHold: mayHoldPagesFunction, handlers: pagesFunctions },
  { mayHold: mayHoldServerFunctions, handlers: tanstackHandlers },
  { mayHold: mayHoldServe, handlers: servedHandlers },
  { mayHold: mayHoldLambda, handlers: lambdaHandlers },
  { mayHold: mayHoldFunctions, handlers: functionHandlers },
  { mayHold: mayHoldAstroHandlers, handlers: astroHandlers },
  { mayHold: mayHoldSolidHandlers, handlers: solidHandlers },
  { mayHold: mayHoldRouteModule, handlers: routeModuleHandlers },
];

/** True where a file may hold handlers of one of these frameworks. */
export function mayHoldFrameworkHandlers(file: FileModel): boolean {
  return KINDS.some((kind) => kind.mayHold(file));
}

export function frameworkHandlers(file: FileModel): readonly Handler[] {
  return KINDS.flatMap((kind) => (kind.mayHold(file) ? kind.handlers(file) : []));
}
