import { Ratelimit } from "@upstash/ratelimit";
import { describe, expect, it } from "vitest";
import { correctedWindow, windowOf } from "../../src/sdk/windows.ts";

const TEXTS = ["10 s", "10s", "1.5 m", "1 ms", "2h", "1 d", "1w", "0 s", "0.4 ms", "10  s", " 10 s", "10 S", "1 min", "60", "", "s", "-1 s", "1e3 ms", "1.5.5 s", "10 seconds", ".5 s"];

describe("windowOf", () => {
  it.each(TEXTS)("accepts what the SDK accepts: %s", (text) => {
    const accepts = (): boolean => {
      try {
        Ratelimit.fixedWindow(1, text as "1 s");
        return true;
      } catch {
        return false;
      }
    };
    expect(windowOf(text) !== undefined).toBe(accepts());
  });

  it("is in milliseconds", () => {
    expect(["500 ms", "10 s", "1 m", "1 h", "1 d", "1 w"].map(windowOf)).toEqual([500, 10_000, 60_000, 3_600_000, 86_400_000, 604_800_000]);
  });
});

describe("correctedWindow", () => {
  it.each([
    ["1 min", "1 m"],
    ["10 seconds", "10 s"],
    ["2Hours", "2 h"],
    ["10  s", "10 s"],
    ["60", "60 s"],
    ["60000", "60000 ms"],
    ["7 days", "7 d"],
    ["1 week", "1 w"],
    ["500 millis", "500 ms"],
  ])("%s → %s", (text, window) => {
    expect(correctedWindow(text)).toBe(window);
  });

  it.each(["", "soon", "1 month", "0", "-1 s"])("has no idea: %s", (text) => {
    expect(correctedWindow(text)).toBeUndefined();
  });
});
