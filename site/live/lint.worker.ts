/*
 * The worker: ESLint, the parser of typescript-eslint and the plugin, off the thread that draws the page.
 */
import { lint } from "./lint.ts";
import type { Request } from "./protocol.ts";

addEventListener("message", ({ data }: MessageEvent<Request>) => postMessage(lint(data)));
