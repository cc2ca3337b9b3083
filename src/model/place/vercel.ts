import { listDirectory } from "../../project/disk.ts";
import { packageOf, type RuntimeSubject } from "./runtime.ts";

/** Packages that work on Vercel alone. */
const ONLY_THERE = /^(?:@vercel\/(?:functions|edge|edge-config|analytics|speed-insights|oidc|cron|firewall)|@sveltejs\/adapter-vercel|@astrojs\/vercel)$/u;
const CONFIG = /^vercel\.(?:json|ts|mts|js|mjs)$/u;
/** Files that say that a project runs elsewhere, or there as well. */
const ELSEWHERE = /^(?:Dockerfile|docker-compose(?:\.[\w.-]+)?\.ya?ml|compose\.ya?ml|fly\.toml|netlify\.toml|railway\.(?:json|toml)|render\.yaml|Procfile|app\.yaml|wrangler\.(?:jsonc?|toml))$/u;

/**
 * Whether a project is known to run on Vercel and nowhere else: by its `vercel.json` or by packages that work there alone,
 * and no file of another platform in its package or root. False: that is not known.
 */
export function runsOnVercel(file: Pick<RuntimeSubject, "path" | "root" | "pass">): boolean {
  const found = packageOf(file);
  if (!found) return false;
  const { directory, dependencies } = found;
  const folders = new Set([directory, ...(file.root === undefined ? [] : [file.root])]);
  const names = [...folders].flatMap((folder) => [...(listDirectory(folder, file.pass)?.entries.keys() ?? [])]);
  if (names.some((name) => ELSEWHERE.test(name))) return false;
  return names.some((name) => CONFIG.test(name)) || dependencies.some((name) => ONLY_THERE.test(name));
}
