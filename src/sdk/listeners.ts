import { compile, type Matcher } from "./canonical.ts";

/**
 * Listeners of what lives on when a request is answered: what they do is set off by what comes in there, not by the
 * request that happened to set them up. A request's own events (`req.on("end", …)`) are none of these.
 *
 * Sources: https://socket.io/docs/v4/server-api, https://github.com/websockets/ws/blob/master/doc/ws.md,
 * https://nodejs.org/api/process.html#process-events
 */
export const LASTING_LISTENERS: Matcher<{ readonly pattern: string }> = compile(
  [
    "socket.io#{default,Server}.{on,once,addListener,use}",
    "socket.io#{default,Server}.of.{on,once,addListener,use}",
    "ws#{WebSocketServer,Server,default.Server,default.WebSocketServer}.{on,once,addListener}",
    "global#process.{on,once,addListener}",
  ].map((pattern) => ({ pattern })),
);
