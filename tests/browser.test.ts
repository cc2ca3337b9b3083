import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { build } from "vite";
import { beforeAll, describe, expect, it } from "vitest";
import { projectInMemory } from "../src/browser.ts";
import plugin from "../src/index.ts";
import { PROJECT_DEFAULTS, repositoryRoot, type ProjectFiles } from "./helpers/project.ts";

/*
 * What the plugin does without a disk. How it does in a real browser is tested with the site: site/tests.
 */

describe("the built plugin", () => {
  it("runs where there is nothing of Node.js, and names none of its modules", async () => {
    const output = await build({
      root: repositoryRoot,
      configFile: false,
      logLevel: "silent",
      build: {
        write: false,
        minify: false,
        lib: { entry: path.join(repositoryRoot, "dist/whole.js"), formats: ["iife"], name: "upstash" },
      },
    });
    const bundles = Array.isArray(output) ? output : "output" in output ? [output] : [];
    const chunks = bundles.flatMap((bundle) => bundle.output).filter((file) => file.type === "chunk");
    expect(chunks.flatMap(({ imports }) => imports)).toEqual([]);
    const code = chunks.map((chunk) => chunk.code).join("\n");
    expect(code).not.toMatch(/__vite-browser-external|externalized for browser/u);
    const names = vm.runInNewContext(`${code}; Object.keys(upstash.default.rules)`) as string[];
    expect([...names]).toEqual(Object.keys(plugin.rules));
  });

  it("keeps what pages need out of what ESLint loads", () => {
    const files = readdirSync(path.join(repositoryRoot, "dist")).filter((name) => name.endsWith(".js"));
    const text = files.filter((name) => name !== "browser.js").map((name) => readFileSync(path.join(repositoryRoot, "dist", name), "utf8"));
    expect(text.join("\n")).not.toContain("MemoryDisk");
  });
});

describe("a project in memory", () => {
  const ROUTE = "app/api/users/route.ts";
  let setFiles: (files: ProjectFiles) => void;

  beforeAll(() => {
    setFiles = projectInMemory({
      path: path.posix,
      parse: (text, { filePath, jsx }) => parser.parse(text, { filePath, range: true, ecmaFeatures: { jsx } }),
    }).setFiles;
  });

  /** Lints one file of a project that stands at `/app`. */
  const lint = (rule: string, files: ProjectFiles, name: string, upstash: object = {}): string[] => {
    const all = { ...PROJECT_DEFAULTS, ...files };
    setFiles(Object.fromEntries(Object.entries(all).map(([file, text]) => [`/app/${file}`, text])));
    const linter = new Linter({ configType: "flat", cwd: "/app" });
    const messages = linter.verify(
      files[name] ?? "",
      {
        files: ["**"],
        languageOptions: { parser },
        plugins: { upstash: plugin },
        rules: { [`upstash/${rule}`]: "error" },
        settings: { upstash },
      },
      { filename: `/app/${name}` },
    );
    return messages.map(({ line, messageId, message }) => `${line} ${messageId ?? message}`);
  };

  const user = 'import { store } from "@/lib/store";\nexport const save = (email: string) => store.set("contact", email);\n';
  const store = 'import { Redis } from "@upstash/redis";\nexport const store = Redis.fromEnv();\n';

  it("is read across files, by an alias too, and after each edit", () => {
    const plain = "export const store = new Map<string, string>();\n";
    expect(lint("no-plaintext-pii", { "lib/users.ts": user, "lib/store.ts": store }, "lib/users.ts")).toEqual(["2 plaintext"]);
    expect(lint("no-plaintext-pii", { "lib/users.ts": user, "lib/store.ts": plain }, "lib/users.ts")).toEqual([]);
    expect(lint("no-plaintext-pii", { "lib/users.ts": user, "lib/store.ts": store }, "lib/users.ts")).toEqual(["2 plaintext"]);
    expect(lint("no-plaintext-pii", { "lib/users.ts": user }, "lib/users.ts")).toEqual([]);
  });

  it("says nothing of a file that does not parse", () => {
    expect(lint("no-plaintext-pii", { "lib/users.ts": user, "lib/store.ts": `${store} const = ;` }, "lib/users.ts")).toEqual([]);
  });

  it("has routes with their middleware, and globs", () => {
    const route = 'export async function POST() {\n  await fetch("https://api.openai.com/v1/chat/completions", { method: "POST", headers: { authorization: `Bearer ${process.env.OPENAI_API_KEY}` } });\n  return new Response();\n}\n';
    const middleware = `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "1 m") });
export async function middleware(request: Request) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "none");
  if (!success) return new Response(null, { status: 429 });
}
export const config = { matcher: "/api/:path*" };
`;
    expect(lint("require-ratelimit", { [ROUTE]: route }, ROUTE)).toHaveLength(1);
    expect(lint("require-ratelimit", { [ROUTE]: route, "middleware.ts": middleware }, ROUTE)).toEqual([]);
    expect(lint("require-ratelimit", { [ROUTE]: route, "middleware.ts": middleware.replace("/api/", "/page/") }, ROUTE)).toHaveLength(1);
    expect(lint("require-ratelimit", { [ROUTE]: route }, ROUTE, { clientFiles: ["app/api/**"] })).toEqual([]);
  });
});
