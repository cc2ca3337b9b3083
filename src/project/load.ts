const loaded = new Map<string, unknown>();
let require: NodeJS.Require | undefined;

/**
 * A dependency, loaded when a question first needs it, so that importing the plugin stays cheap. Undefined where it
 * can't be had: in a browser that does not {@link provide} it, or on a platform without its binary.
 */
export function load<T>(name: string): T | undefined {
  if (!loaded.has(name)) {
    try {
      // Not imported: browsers have no such module, and a bundle for them would have to put something in its place.
      require ??= process.getBuiltinModule("node:module").createRequire(import.meta.url);
      loaded.set(name, require(name));
    } catch {
      loaded.set(name, undefined);
    }
  }
  return loaded.get(name) as T | undefined;
}

/** Gives a dependency where none can be required. */
export function provide(name: string, dependency: unknown): void {
  loaded.set(name, dependency);
}
