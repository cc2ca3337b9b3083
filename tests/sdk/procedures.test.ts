import { expect, it } from "vitest";
import { parsePath } from "../../src/sdk/canonical.ts";
import { buildsOnProcedures, setsProcedure } from "../../src/sdk/procedures.ts";

it.each([
  ["zsa#createServerActionProcedure.handler", true],
  ["zsa#createServerActionProcedure.input.handler", true],
  // The action's own handler, which is what procedures stand before.
  ["zsa#createServerAction.input.handler", false],
  ["@acme/zsa#createServerActionProcedure.handler", false],
])("sets what runs before: %s", (path, expected) => {
  expect(setsProcedure(parsePath(path))).toBe(expected);
});

it.each([
  ["zsa#createServerActionProcedure", true],
  ["zsa#chainServerActionProcedures", true],
  ["zsa#createServerActionProcedure.handler", false],
  ["zsa#createServerAction", false],
])("begins with what it is handed: %s", (path, expected) => {
  expect(buildsOnProcedures(parsePath(path))).toBe(expected);
});
