import type { FileModel } from "../file.ts";
import { frameworkHandlers, mayHoldFrameworkHandlers } from "./frameworks.ts";
import type { Handler } from "./handler.ts";
import { mayHoldNextHandlers, nextHandlers } from "./next.ts";
import { routerHandlers, usesRouter } from "./routers.ts";

export type { Framework, Handler, Outside, Unwrapped } from "./handler.ts";
export { unwrapHandler } from "./handler.ts";

/** The request handlers of a file. */
export class Handlers {
  readonly #file: FileModel;
  #all: readonly Handler[] | undefined;
  #possible: boolean | undefined;

  constructor(file: FileModel) {
    this.#file = file;
  }

  /** Decided from path, directives and imports alone. */
  get possible(): boolean {
    this.#possible ??= usesRouter(this.#file) || mayHoldNextHandlers(this.#file) || mayHoldFrameworkHandlers(this.#file);
    return this.#possible;
  }

  get all(): readonly Handler[] {
    this.#all ??= [
      ...nextHandlers(this.#file),
      ...(usesRouter(this.#file) ? routerHandlers(this.#file) : []),
      ...frameworkHandlers(this.#file),
    ];
    return this.#all;
  }
}
