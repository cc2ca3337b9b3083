import { describe, expect, it } from "vitest";
import { compile, isConstantName, normaliseSource, parsePath, parsePattern, wordsOf } from "../../src/sdk/canonical.ts";
import { COSTLY_ROWS } from "../../src/sdk/costly/index.ts";
import { LIMITER_ROWS } from "../../src/sdk/limiters.ts";
import { PASSTHROUGH_ROWS } from "../../src/sdk/passthrough.ts";
import { PROTECTOR_ROWS } from "../../src/sdk/protectors.ts";
import { LIBRARY_HANDLER_ROWS, VERIFIER_ROWS } from "../../src/sdk/verifiers.ts";

/** The name of the row that a path finds among patterns, each its own name. */
function winner(patterns: readonly string[], path: string): string | undefined {
  return compile(patterns.map((pattern) => ({ pattern }))).match(parsePath(path))?.pattern;
}

describe("parsePattern", () => {
  it("reads source and segments", () => {
    expect(parsePattern("resend#Resend.emails.send")).toEqual([
      { source: "resend", segments: ["Resend", "emails", "send"] },
    ]);
  });

  it("drops a leading default, and keeps a later one", () => {
    expect(parsePattern("bcrypt#default.hash")).toEqual([{ source: "bcrypt", segments: ["hash"] }]);
    expect(parsePattern("next-auth#default")).toEqual([{ source: "next-auth", segments: [] }]);
    expect(parsePattern("x#a.default")).toEqual([{ source: "x", segments: ["a", "default"] }]);
  });

  it("expands braces on both sides and ignores white space", () => {
    const both = parsePattern("{a,b}#X.{c,\n  d.e}");
    expect(both.map(({ source, segments }) => `${source}:${segments.join(".")}`)).toEqual([
      "a:X.c",
      "a:X.d.e",
      "b:X.c",
      "b:X.d.e",
    ]);
    expect(parsePattern("{a#X,b#Y}.z")).toEqual([
      { source: "a", segments: ["X", "z"] },
      { source: "b", segments: ["Y", "z"] },
    ]);
    expect(parsePattern("x{,/y}#z").map(({ source }) => source)).toEqual(["x", "x/y"]);
  });

  it("takes the last # as the separator, for subpath imports", () => {
    expect(parsePattern("#imports#useFetch")).toEqual([{ source: "#imports", segments: ["useFetch"] }]);
  });

  it.each(["resend", "#send", "resend#", "resend#a..b", "resend#{a,b"])("refuses %s", (pattern) => {
    expect(() => parsePattern(pattern)).toThrow(TypeError);
  });
});

describe("normaliseSource", () => {
  it.each([
    ["node:crypto", "crypto"],
    ["crypto", "crypto"],
    ["npm:resend@^3.0.0", "resend"],
    ["npm:@supabase/supabase-js@2/x", "@supabase/supabase-js/x"],
    ["jsr:@std/crypto@1/timing-safe-equal", "@std/crypto/timing-safe-equal"],
    ["https://esm.sh/@supabase/supabase-js@2?target=deno", "@supabase/supabase-js"],
    ["cloudflare:workers", "cloudflare:workers"],
    ["bun:sqlite", "bun:sqlite"],
    ["https://example.com/resend@3", "https://example.com/resend@3"],
    ["./node:x", "./node:x"],
    ["", ""],
  ])("%s is %s", (specifier, source) => {
    expect(normaliseSource(specifier)).toBe(source);
  });
});

describe("match", () => {
  it.each(["bcrypt#hash", "bcrypt#default.hash", "bcrypt#*.hash", "bcrypt#default.default.hash"])(
    "finds the same function as %s",
    (path) => {
      expect(winner(["bcrypt#hash"], path)).toBe("bcrypt#hash");
      expect(winner(["bcrypt#default.hash"], path)).toBe("bcrypt#default.hash");
    },
  );

  it("matches a whole path, not its beginning or end", () => {
    expect(winner(["a#b.c"], "a#b.c.d")).toBeUndefined();
    expect(winner(["a#b.c"], "a#b")).toBeUndefined();
    expect(winner(["a#b.c"], "a#x.b.c")).toBeUndefined();
  });

  it("takes * for exactly one name and ** for any number", () => {
    expect(winner(["a#b.*.c"], "a#b.x.c")).toBe("a#b.*.c");
    expect(winner(["a#b.*.c"], "a#b.c")).toBeUndefined();
    expect(winner(["a#b.*.c"], "a#b.x.y.c")).toBeUndefined();
    for (const path of ["a#b.c", "a#b.x.c", "a#b.x.y.c"]) expect(winner(["a#b.**.c"], path)).toBe("a#b.**.c");
    for (const path of ["a#b", "a#b.x.y"]) expect(winner(["a#b.**"], path)).toBe("a#b.**");
  });

  it("prefers literal names to *, and * to **, whatever their order", () => {
    const patterns = ["a#**", "a#*.c", "a#b.c"];
    expect(winner(patterns, "a#b.c")).toBe("a#b.c");
    expect(winner(patterns, "a#x.c")).toBe("a#*.c");
    expect(winner(patterns, "a#x.y")).toBe("a#**");
  });

  it("goes back when the literal way leads nowhere", () => {
    expect(winner(["a#b.c.d", "a#*.c.e"], "a#b.c.e")).toBe("a#*.c.e");
  });

  it("keeps packages apart", () => {
    expect(winner(["ai#generateText"], "ai-utils#generateText")).toBeUndefined();
    expect(winner(["ai#generateText"], "ai/rsc#generateText")).toBeUndefined();
    expect(winner(["@upstash/qstash#Client.publish"], "@upstash/redis#Client.publish")).toBeUndefined();
    expect(winner(["fs#rm"], "./fs#rm")).toBeUndefined();
  });

  it("knows scopes and subpaths by a glob, and prefers the exact source", () => {
    const patterns = ["@arcjet/*#protect", "@arcjet/next#protect", "inngest/*#serve"];
    expect(winner(patterns, "@arcjet/bun#protect")).toBe("@arcjet/*#protect");
    expect(winner(patterns, "@arcjet/next#protect")).toBe("@arcjet/next#protect");
    expect(winner(patterns, "inngest/next#serve")).toBe("inngest/*#serve");
    expect(winner(patterns, "inngest#serve")).toBeUndefined();
    expect(winner(patterns, "@arcjetx/next#protect")).toBeUndefined();
  });

  it("tries the glob where the exact source has no such path", () => {
    expect(winner(["@x/*#a", "@x/y#b"], "@x/y#a")).toBe("@x/*#a");
  });

  it("sees global objects through globalThis, but not a lone one", () => {
    expect(winner(["global#fetch"], "global#globalThis.fetch")).toBe("global#fetch");
    expect(winner(["global#fetch"], "global#window.fetch")).toBe("global#fetch");
    expect(winner(["global#fetch"], "global#globalThis")).toBeUndefined();
    expect(winner(["global#fetch"], "node-fetch#fetch")).toBeUndefined();
  });

  it("gives unresolved receivers only to patterns written for them", () => {
    expect(winner(["*#PrismaClient.**"], "?#PrismaClient.user.create")).toBeUndefined();
    expect(winner(["prisma#**"], "?#prisma.user.create")).toBeUndefined();
    expect(winner(["?#**.webhooks.constructEvent"], "?#stripe.webhooks.constructEvent")).toBe(
      "?#**.webhooks.constructEvent",
    );
    expect(winner(["?#**.webhooks.constructEvent"], "stripe#webhooks.constructEvent")).toBeUndefined();
  });

  it("takes the source * for any module, and not for globals", () => {
    expect(winner(["*#PrismaClient.**.create"], "@/generated/prisma#PrismaClient.user.create")).toBeDefined();
    expect(winner(["*#PrismaClient.**.create"], "../db#default.user.create")).toBeUndefined();
    expect(winner(["*#PrismaClient.**.create"], "global#PrismaClient.user.create")).toBeUndefined();
  });

  it("answers odd paths with undefined", () => {
    expect(winner(["a#b"], "a#")).toBeUndefined();
    expect(compile([{ pattern: "a#b" }]).match({ source: "", path: [] })).toBeUndefined();
    expect(compile([{ pattern: "a#constructor" }]).match({ source: "a", path: ["toString"] })).toBeUndefined();
    expect(compile<{ readonly pattern: string }>([]).match({ source: "*", path: ["x"] })).toBeUndefined();
  });
});

describe("couldMatch", () => {
  const patterns = ["resend#Resend.emails.send", "@arcjet/*#protect", "*#X"];
  const matcher = compile(patterns.map((pattern) => ({ pattern })));

  it("pre-tests specifiers", () => {
    expect(matcher.couldMatch("resend")).toBe(true);
    expect(matcher.couldMatch("npm:resend@3")).toBe(true);
    expect(matcher.couldMatch("@arcjet/next")).toBe(true);
    expect(matcher.couldMatch("resend/x")).toBe(false);
    expect(matcher.couldMatch("@arcjet")).toBe(false);
    expect(matcher.couldMatch("lodash")).toBe(false);
    expect(matcher.couldMatch("*")).toBe(false);
    expect(matcher.couldMatch("./resend")).toBe(false);
  });

  it("lists the sources as written", () => {
    expect([...matcher.sources]).toEqual(["resend", "@arcjet/*", "*"]);
  });
});

describe("names", () => {
  it.each([
    ["checkRateLimit", ["check", "rate", "limit"]],
    ["sha256Hex", ["sha256", "hex"]],
    ["HMACSign", ["hmac", "sign"]],
    ["rate_limit", ["rate", "limit"]],
    ["$", []],
  ])("%s has words", (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });

  it("knows constants", () => {
    expect(isConstantName("RATE_LIMIT_MAX")).toBe(true);
    expect(isConstantName("rate_limit")).toBe(false);
    expect(isConstantName("SHA256")).toBe(false);
  });
});

describe("the tables", () => {
  const tables: Readonly<Record<string, readonly { readonly pattern: string }[]>> = {
    costly: COSTLY_ROWS,
    limiters: LIMITER_ROWS,
    verifiers: VERIFIER_ROWS,
    "library handlers": LIBRARY_HANDLER_ROWS,
    protectors: PROTECTOR_ROWS,
    passthroughs: PASSTHROUGH_ROWS,
  };

  it.each(Object.entries(tables))("%s: every pattern is well formed and wins for its own path", (_, rows) => {
    const matcher = compile<{ readonly pattern: string }>(rows);
    for (const row of rows) {
      for (const { source, segments } of parsePattern(row.pattern)) {
        const path = segments.flatMap((segment) => (segment === "**" ? [] : [segment === "*" ? "anything" : segment]));
        const found = matcher.match({ source: source.replace(/(^|\/)\*$/u, "$1some-module"), path });
        expect(segments.every((segment) => /^(?:\*\*?|[\w$]+)$/u.test(segment)), row.pattern).toBe(true);
        expect(found, `${row.pattern} loses ${source}#${path.join(".")} to ${String(found?.pattern)}`).toBe(row);
      }
    }
  });
});
