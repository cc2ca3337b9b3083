import { describe, expect, it } from "vitest";
import { parseSettings } from "../src/settings.ts";

const parse = (upstash: unknown): unknown => parseSettings({ upstash });

describe("settings.upstash", () => {
  it("has a default for everything", () => {
    expect(parseSettings({})).toMatchObject({ clientFiles: [], encryption: undefined, rootDir: undefined });
    expect(parse({})).toEqual(parseSettings({}));
  });

  it("is read once for each object", () => {
    const upstash = { clients: { "lib/cache#cache": "redis" } };
    expect(parseSettings({ upstash })).toBe(parseSettings({ upstash }));
    expect(parseSettings({ upstash }).clients.get("lib/cache#cache")).toBe("redis");
  });

  it.each([
    [{ rateLimiters: ["lib/limit#limit", "@acme/limits#*", "#lib/limit#default"] }],
    [{ encryption: { module: "@/lib/crypto", function: "encrypt" } }],
    [{ sensitiveNames: { add: ["badge"], remove: ["nickname"] } }],
    [{ rootDir: "..", envPrefixes: ["MY_"], readOnlyTokenEnv: ["RO"], fingerprint: "x" }],
  ])("takes %j", (upstash) => {
    expect(() => parse(upstash)).not.toThrow();
  });

  it.each([
    ["x", 'settings.upstash must be an object, but is "x".'],
    [[], "settings.upstash must be an object, but is an array."],
    [{ ratelimiters: [] }, /^settings\.upstash\.ratelimiters is not a setting of eslint-plugin-upstash\. Settings: clients, /u],
    [{ rateLimiters: "lib/limit#limit" }, "settings.upstash.rateLimiters must be an array of strings"],
    [{ verifiers: ["lib/verify"] }, 'settings.upstash.verifiers[0] must be of the form "module#export"'],
    [{ hashers: ["a#b", "#hash"] }, "settings.upstash.hashers[1] must be"],
    [{ clients: { cache: "redis" } }, 'settings.upstash.clients["cache"] must be of the form "module#export"'],
    [{ clients: { "a#b": "mysql" } }, 'settings.upstash.clients["a#b"] must be one of redis, '],
    [{ clients: null }, "settings.upstash.clients must be an object such as"],
    [{ clientFiles: [1] }, "settings.upstash.clientFiles[0] must be a string, but is number."],
    [{ sensitiveNames: { added: [] } }, "settings.upstash.sensitiveNames.added must be left out"],
    [{ encryption: { module: "a" } }, "settings.upstash.encryption.function must be a string"],
    [{ encryption: { module: "a", function: "b", async: true } }, "settings.upstash.encryption.async must be left out"],
    [{ rootDir: "" }, "settings.upstash.rootDir must be a string"],
  ])("refuses %j and says why", (upstash, message) => {
    expect(() => parse(upstash)).toThrow(TypeError);
    expect(() => parse(upstash)).toThrow(message);
  });
});
