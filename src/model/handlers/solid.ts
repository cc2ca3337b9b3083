import type { FileModel } from "../file.ts";
import type { Located } from "../values/trace.ts";
import { HTTP_METHODS, methodHandlers } from "./exported.ts";
import type { Handler, Outside } from "./handler.ts";
import { dependsOnPackage, exportOf, placeInPackage } from "./package.ts";

/* SolidStart: API routes among the pages. https://docs.solidjs.com/solid-start/building-your-application/api-routes */

/** Where the routes are. */
export const SOLID_ROUTES = /[\\/]routes[\\/]/u;

/** Decided by the path and the package's dependencies. */
export function mayHoldSolidHandlers(file: FileModel): boolean {
  return SOLID_ROUTES.test(file.filename) && dependsOnPackage(file, /^(?:@solidjs\/start|solid-start)$/u) === true;
}

export function solidHandlers(file: FileModel): readonly Handler[] {
  const place = placeInPackage(file);
  if (!place) return [];
  const inside = place.path.slice(place.path.indexOf("routes/") + "routes/".length).replace(/\.[jt]sx?$/u, "");
  const route = `/${inside.split("/").filter((segment) => segment !== "index" && !/^\(.*\)$/u.test(segment)).join("/")}`;
  return methodHandlers(file, HTTP_METHODS, route, { framework: "solid", outside: () => outsideOf(file, place.directory) });
}

/** `createMiddleware({ onRequest: [limit] })` */
function outsideOf(file: FileModel, directory: string): Outside {
  const made = exportOf(file, `${directory}/src/middleware`, "default") ?? exportOf(file, `${directory}/src/middleware/index`, "default");
  const options = made ? file.tracer.alternatives(made).flatMap(({ value, place }): Located[] => (value.kind === "call" && value.args[0] ? [{ value: value.args[0], place }] : [])) : [];
  return { middleware: options.flatMap((given) => file.tracer.property(given, "onRequest")) };
}
