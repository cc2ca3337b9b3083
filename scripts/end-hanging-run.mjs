import { readFileSync } from "node:fs";

/** Milliseconds. The longest test, a build of the site, takes a few minutes on a busy machine. */
const PATIENCE = 15 * 60_000;

/**
 * A vitest reporter that ends a run in which no test ends any more, and says which files hang: a loop without an end
 * can't be interrupted by a test's own timeout.
 */
export default class EndHangingRun {
  #running = new Set();
  #last = Date.now();
  #timer;
  #patience;

  constructor({ patience = PATIENCE } = {}) {
    this.#patience = patience;
  }

  onTestRunStart() {
    this.#last = Date.now();
    this.#timer = setInterval(() => this.#look(), Math.min(this.#patience / 2, 30_000));
    this.#timer.unref();
  }

  onTestModuleStart({ relativeModuleId }) {
    this.#last = Date.now();
    this.#running.add(relativeModuleId);
  }

  onTestModuleEnd({ relativeModuleId }) {
    this.#last = Date.now();
    this.#running.delete(relativeModuleId);
  }

  onTestCaseResult() {
    this.#last = Date.now();
  }

  onTestRunEnd() {
    clearInterval(this.#timer);
  }

  #look() {
    if (Date.now() - this.#last < this.#patience) return;
    process.stderr.write(`\nNo test has ended for ${Math.round(this.#patience / 1000)} s. Running: ${[...this.#running].join(", ") || "nothing that says so"}\n`);
    for (const child of children()) process.kill(child, "SIGKILL");
    process.exit(1);
  }
}

/** Workers do not hear that their parent is gone while they are in a loop. Known on Linux only, where CI runs. */
function children() {
  try {
    return readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
