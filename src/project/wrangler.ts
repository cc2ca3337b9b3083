import { listDirectory, readText, type Pass } from "./disk.ts";
import { members, parseLenientJson } from "./jsonc.ts";

const CONFIG = /^wrangler(?:\.[\w-]+)?\.(?:jsonc?|toml)$/u;
const EXTENSION = /\.[cm]?[jt]sx?$/u;

/**
 * The modules that Cloudflare runs for a package's requests, as absolute paths without extension: `main` of its Wrangler
 * configurations. Empty: it has none, or they can't be read.
 * https://developers.cloudflare.com/workers/wrangler/configuration/#inheritable-keys
 */
export function workerEntries(directory: string, pass: Pass): readonly string[] {
  const names = [...(listDirectory(directory, pass)?.entries.keys() ?? [])].filter((name) => CONFIG.test(name));
  const mains = names.flatMap((name) => {
    const text = readText(`${directory}/${name}`);
    const main = text === undefined ? undefined : name.endsWith(".toml") ? /^main\s*=\s*["']([^"'\n]+)["']/mu.exec(text)?.[1] : members(parseLenientJson(text))["main"];
    return typeof main === "string" && EXTENSION.test(main) ? [`${directory}/${main.replace(/^\.\//u, "").replace(EXTENSION, "")}`] : [];
  });
  return [...new Set(mains)];
}
