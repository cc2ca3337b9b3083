import { createRequire } from "node:module";

const loaded = new Map<string, unknown>();
let require: NodeJS.Require | undefined;

/**
 * A dependency, loaded when a question first needs it, so that importing the plugin stays cheap. Undefined where it
 * can't be had: in a browser, or on a platform without its binary.
 */
export function load<T>(name: string): T | undefined {
  if (!loaded.has(name)) {
    try {
      require ??= createRequire(import.meta.url);
      loaded.set(name, require(name));
    } catch {
      loaded.set(name, undefined);
    }
  }
  return loaded.get(name) as T | undefined;
}
