import { describe, expect, it } from "vitest";
import { isTestPath } from "../../../src/model/place/runtime.ts";
import { withModel } from "../file-model.ts";

const placeOf = (filename: string, code = "", files: Readonly<Record<string, string>> = {}): string =>
  withModel({ ...files, [filename]: code }, filename, (file) => file.runtime.place);

describe("what says where a module runs", () => {
  it("is the settings first, then what is a test, then the directive", () => {
    expect(placeOf("components/a.test.tsx", '"use client";')).toBe("test");
    expect(placeOf("lib/a.server.ts", '"use client";')).toBe("browser");
    expect(placeOf("lib/a.client.ts", '"use server";')).toBe("server");
  });

  it.each([
    ["a marker for servers", "lib/a.client.ts", 'import "server-only";', "server"],
    ["a folder for servers", "app/.server/token.ts", "", "server"],
    ["SvelteKit's remote functions", "src/routes/data.remote.ts", "", "server"],
    ["a folder for browsers", "app/.client/cart.ts", "", "browser"],
    ["a Svelte component", "src/lib/Cart.svelte", "", "browser"],
    ["a config file", "vite.config.ts", "", "build"],
    ["nothing", "lib/a.ts", "", "unknown"],
  ])("%s", (_, filename, code, place) => {
    expect(placeOf(filename, code)).toBe(place);
  });

  it.each(["redis", "upstash-redis", "qstash", "kv", "rateLimit", "db"])("%s.client.ts is a service's client", (service) => {
    expect(placeOf(`lib/${service}.client.ts`)).toBe("unknown");
    expect(placeOf(`app/${service}.client.ts`, "", { "package.json": '{"dependencies":{"nuxt":"4"}}' })).toBe("browser");
  });

  it("is a package that cannot be read: unknown", () => {
    expect(placeOf("src/a.ts", "", { "package.json": "{ broken" })).toBe("unknown");
  });
});

describe("isTestPath()", () => {
  it.each([
    ["tests/redis.ts", true],
    ["lib/__mocks__/redis.ts", true],
    ["components/a.stories.tsx", true],
    ["app/tests/page.tsx", false],
    ["app/api/test/route.ts", false],
    ["lib/latest.ts", false],
  ])("%s: %s", (path, isTest) => {
    expect(isTestPath(path)).toBe(isTest);
  });
});
