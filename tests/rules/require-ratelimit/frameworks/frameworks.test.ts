import { describe, expect, it } from "vitest";
import { verdictOf } from "../verdicts.ts";
import { APPS, FUNCTIONS } from "./apps.ts";
import { NEXT_FRAMEWORKS } from "./next.ts";
import { commonWays, SHARED } from "./program.ts";
import { ROUTER_FRAMEWORKS } from "./routers.ts";

/*
 * Each framework that the rule knows, with each way of protection that it has: a small project that it covers, and one that
 * looks the same and is open.
 */
describe.each([...NEXT_FRAMEWORKS, ...ROUTER_FRAMEWORKS, ...APPS, ...FUNCTIONS])("$name", (framework) => {
  it.each([...commonWays(framework), ...framework.ways])("$name: $verdict", ({ code, files, parts = {}, verdict }) => {
    const { filename } = framework;
    expect(verdictOf({ ...framework.files, ...SHARED, ...files, [filename]: code ?? framework.code(parts) }, filename)).toBe(verdict);
  });
});
