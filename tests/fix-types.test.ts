import { beforeAll, describe, expect, inject, it } from "vitest";
import { readFixOutputs, type FixOutput } from "./helpers/fix-outputs.ts";
import { newErrors, typeErrors } from "./helpers/type-check.ts";

/*
 * Every fix and suggestion that the rule tests of this run produced, type-checked against the real packages in one
 * program. A case's code is checked too: what is wrong before the fix is no fault of the fix.
 */

const byRule = readFixOutputs(inject("fixOutputs"));
const checked = [...byRule.values()].flat().filter((output) => output.typecheck);
const errors = new Map<FixOutput, string[]>();

beforeAll(() => {
  if (checked.length === 0) return;
  const found = typeErrors([
    ...checked.map(({ code, filename, files }) => ({ code, filename, files })),
    ...checked.map(({ output, filename, files }) => ({ code: output, filename, files })),
  ]);
  checked.forEach((output, index) => {
    errors.set(output, newErrors(found[index] ?? [], found[index + checked.length] ?? []));
  });
}, 300_000);

describe("fixes bring no type error", () => {
  if (byRule.size === 0) it.skip("no rule test ran");
  it.each([...byRule])("%s", (_rule, outputs) => {
    for (const output of outputs) {
      expect(errors.get(output) ?? [], `${output.name}\n${output.output}`).toEqual([]);
    }
  });
});
