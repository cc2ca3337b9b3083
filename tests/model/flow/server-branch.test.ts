import { describe, expect, it } from "vitest";
import { saysServer } from "../../../src/model/flow/server-branch.ts";
import { withModel } from "../file-model.ts";

/** The side on which the initializer of the last declaration is true. */
const sideOf = (code: string): "server" | "browser" | "unknown" =>
  withModel({ "lib/a.ts": code }, "lib/a.ts", (file) => {
    const init = file.declarators.at(-1)?.init;
    if (!init) throw new Error("no declaration");
    const says = saysServer(file, file.located(init));
    return says === undefined ? "unknown" : says ? "server" : "browser";
  });

describe("saysServer()", () => {
  it.each([
    ['typeof window === "undefined"', "server"],
    ['"undefined" === typeof window', "server"],
    ['typeof window == "object"', "browser"],
    ['typeof window !== "function"', "unknown"],
    ['typeof window === "undefined" === false', "browser"],
    ["!(typeof window === 'undefined')", "browser"],
    ["Boolean(globalThis.document)", "browser"],
    ["globalThis.window", "browser"],
    ['"document" in globalThis', "browser"],
    ['"fetch" in globalThis', "unknown"],
    ['typeof process === "undefined"', "unknown"],
    ["import.meta.env.SSR", "server"],
    ["import.meta.client", "browser"],
    ["process.browser", "browser"],
    ["process.env.SSR", "unknown"],
    ["process.env.NEXT_RUNTIME", "unknown"],
    ["true", "unknown"],
    ["isServer", "unknown"],
  ])("%s: %s", (test, expected) => {
    expect(sideOf(`const test = ${test};`)).toBe(expected);
  });

  it("ends on a test that names itself", () => {
    expect(sideOf("const first = !second; const second = !first;")).toBe("unknown");
    expect(sideOf("const first = () => !first(); const test = first();")).toBe("unknown");
  });
});
