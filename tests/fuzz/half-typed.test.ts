import { expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { summarise } from "../../src/project/summarise.ts";
import { project } from "../helpers/project.ts";
import { cuts } from "./half-typed.ts";
import { Harness, TIMEOUT } from "./harness.ts";
import { exampleSources, pageSources } from "./sources.ts";

/** Every place of every program is for `npm run fuzz -- half-typed`. */
const SAMPLED = 100;

it("programs, half typed", () => {
  const harness = new Harness(plugin, project());
  const sources = [...exampleSources(), ...pageSources()];
  const length = sources.reduce((sum, { code }) => sum + code.length, 0);
  let place = 0;
  for (const { name, filename, code } of sources) {
    // places at equal distances over all programs
    for (; place < code.length; place += Math.ceil(length / SAMPLED)) {
      for (const text of cuts(code, place)) {
        expect(harness.problems(filename, text), `${name} cut at ${place}:\n${text}`).toEqual([]);
        // as a module that another file imports; the parser for those goes on after an error
        expect(() => summarise(`/project/${filename}`, text), `${name} cut at ${place}`).not.toThrow();
      }
    }
    place -= code.length;
  }
  expect(harness.linted).toBeGreaterThan(2 * SAMPLED);
  expect(harness.parsed).toBeGreaterThan(harness.linted / 5);
}, TIMEOUT);
