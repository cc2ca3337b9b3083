import type { Request, Response } from "./protocol.ts";

let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, (response: Response) => void>();

/** Lints in the worker that all editors of the page share. Its 6 MB are fetched when the first editor asks. */
export function check(request: Omit<Request, "id">): Promise<Response> {
  worker ??= start();
  const id = ++last;
  const asked = worker;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    asked.postMessage({ ...request, id } satisfies Request);
  });
}

function start(): Worker {
  const started = new Worker(new URL("./lint.worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<Response>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });
  started.addEventListener("error", (event) => {
    const error = `ESLint could not be loaded: ${event.message || "the network may be gone."}`;
    for (const [id, resolve] of waiting) resolve({ id, findings: [], fixed: undefined, error });
    waiting.clear();
    worker = undefined; // the next edit tries again
  });
  return started;
}
