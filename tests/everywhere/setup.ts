import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { repositoryRoot } from "../helpers/root.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The tarball that would be published. */
    tarball: string;
    /** The folder that it unpacks to. */
    unpacked: string;
  }
}

/** Packs the plugin once for all tests of this folder. The build must be there, as for every test of the package. */
export default function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstash-packed-"));
  const output = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--loglevel=error", "--pack-destination", folder], {
    cwd: repositoryRoot,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const [pack] = JSON.parse(output) as [{ filename: string }];
  execFileSync("tar", ["-xzf", pack.filename], { cwd: folder });
  provide("tarball", path.join(folder, pack.filename));
  provide("unpacked", path.join(folder, "package"));
  return () => rmSync(folder, { recursive: true, force: true });
}
