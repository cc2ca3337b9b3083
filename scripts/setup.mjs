/*
 * Makes a fresh clone ready: installs what package-lock.json names when that is missing or older than the lock file.
 * The documentation site has packages of its own, so that `npm ci` alone does not bring them.
 * Runs before anything is installed, so it may import nothing but Node's own modules.
 *
 * `npm install --no-save` keeps to the lock file and does not write it. `npm ci` would refuse the lock file wherever
 * the registry lacks binaries for other platforms (optional dependencies of next, oxc-parser and others), or has some
 * that were not to be had where the file was written.
 */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Whether a folder's node_modules holds what its package-lock.json names, told by npm's own stamp in it. */
function installed(folder) {
  const stamp = path.join(folder, "node_modules/.package-lock.json");
  return existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(path.join(folder, "package-lock.json")).mtimeMs;
}

/** Runs npm in the project's root with its output shown; ends this process when npm fails. */
export const npm = (...args) => npmIn(root, ...args);

function npmIn(cwd, ...args) {
  const cli = process.env.npm_execpath;
  const [command, before] = cli === undefined ? ["npm", []] : [process.execPath, [cli]];
  const { status, error } = spawnSync(command, [...before, ...args], {
    cwd,
    stdio: "inherit",
    // npm is a script on Windows, which only a shell can start
    shell: cli === undefined && process.platform === "win32",
  });
  if (error !== undefined) console.error(`Cannot run npm: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

export function setUp() {
  for (const folder of [root, path.join(root, "site")]) {
    if (!installed(folder)) npmIn(folder, "install", "--no-save", "--no-audit", "--no-fund");
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
