import fc from "fast-check";
import { expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { project } from "../helpers/project.ts";
import { Harness, TIMEOUT } from "./harness.ts";
import { mutated, mutations } from "./mutations.ts";
import { exampleSources, pageSources, testSources } from "./sources.ts";

it("programs of the repository, with tokens and nodes deleted, doubled, swapped, replaced and wrapped", () => {
  const harness = new Harness(plugin, project());
  const sources = [...exampleSources(), ...pageSources(), ...testSources()];
  fc.assert(
    fc.property(fc.constantFrom(...sources), mutations, ({ name, filename, code }, changes) => {
      const text = mutated(code, changes);
      expect(harness.problems(filename, text), `${name}:\n${text}`).toEqual([]);
    }),
    { seed: 6, numRuns: 400 },
  );
  expect(harness.parsed).toBeGreaterThan(harness.linted / 3);
}, TIMEOUT);
