import type { FileModel } from "../file.ts";
import type { Handler } from "../handlers/index.ts";
import { limitedElsewhere } from "./coverage.ts";
import type { Exposure } from "./protection.ts";

/**
 * What looks like a limit of a handler whose work nothing limits, and why it is none, as a clause. Undefined: nothing does.
 * Only asked for what is reported, because it reads what else the file and its middleware do.
 */
export function apparentProtection(file: FileModel, handler: Handler, { limited }: Pick<Exposure, "limited">): string | undefined {
  if (limited) return "the limiter that it consults comes after that, or on another path through it";
  const middleware = limitedElsewhere(file, handler);
  return middleware && `the limiter of ${middleware} does not run for it`;
}
