import fc from "fast-check";
import { expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { project } from "../helpers/project.ts";
import { Harness, TIMEOUT } from "./harness.ts";
import { programs } from "./programs.ts";

it("programs that use Upstash in any form", () => {
  const harness = new Harness(plugin, project({ "lib/redis.ts": 'import { Redis } from "@upstash/redis";\nexport const shared = Redis.fromEnv();\n' }));
  fc.assert(
    fc.property(programs, ({ filename, code }) => {
      expect(harness.problems(filename, code), code).toEqual([]);
    }),
    { seed: 6, numRuns: 150 },
  );
  // the generator is worth something only where rules see its programs, and report in them
  expect(harness.parsed / harness.linted).toBeGreaterThan(0.9);
  expect(harness.findings / harness.parsed).toBeGreaterThan(1);
}, TIMEOUT);
