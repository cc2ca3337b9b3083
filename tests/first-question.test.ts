import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { expect, it, vi } from "vitest";

/*
 * One question lets most files of a project go before any rule is asked (`mayConcernUpstash`). It repeats in short what the
 * rules ask for themselves, so it must never let go of a file that one of them has something to say about: the example
 * app, whose files import each other, is linted with the question and without it.
 */

const APP = path.join(import.meta.dirname, "../example");

type Plugin = (typeof import("../src/index.ts"))["default"];

/** Files beside those that the app has: their rules are not about clients or credentials in the file itself. */
const OTHERS: Readonly<Record<string, string>> = {
  "app/api/echo/route.ts": "export async function POST(request: Request) {\n  return new Response(await request.text());\n}\n",
  "app/api/plain/route.ts": 'import { handler } from "@/lib/nowhere";\nexport { handler as GET };\n',
  "lib/plain.ts": "export const add = (a: number, b: number): number => a + b;\n",
  "lib/environment.ts": "export const all = { ...process.env };\nconsole.log(process.env);\n",
  "components/plain.tsx": '"use client";\nexport const Plain = () => <p>plain</p>;\n',
  "components/uses.tsx": '"use client";\nimport { redis } from "@/lib/redis";\nexport const Uses = () => <p>{String(redis)}</p>;\n',
  "next.config.ts": "export default { env: { TOKEN: process.env.TOKEN } };\n",
  "server/index.ts": 'import express from "express";\nconst app = express();\napp.post("/a", (_req, res) => res.json({}));\nexport default app;\n',
  "lib/link.ts": 'export const link = (token: string) => `https://example.com/x?qstash_token=${token}`;\n',
};

function sources(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name) && !entry.parentPath.includes("node_modules"))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function findings({ configs, rules }: Plugin): readonly string[] {
  const linter = new Linter({ configType: "flat", cwd: APP });
  const config = [
    ...[configs.strict].flat(),
    { files: ["**/*.{ts,tsx}"], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } } },
  ] as Linter.Config[];
  expect(Object.keys(rules).length).toBeGreaterThan(30);
  const files = [...sources(APP).map((file) => [file, readFileSync(file, "utf8")] as const), ...Object.entries(OTHERS).map(([name, text]) => [path.join(APP, name), text] as const)];
  return files.flatMap(([file, text]) => linter.verify(text, config, { filename: file }).map(({ ruleId, line, column, message }) => `${path.relative(APP, file)}:${line}:${column} ${ruleId ?? "parser"} ${message}`));
}

it("lets go of no file that a rule has something to say about", async () => {
  const asked = findings((await import("../src/index.ts")).default);
  vi.resetModules();
  vi.doMock("../src/model/relevance.ts", async (original) => ({ ...(await original<typeof import("../src/model/relevance.ts")>()), mayConcernUpstash: () => true }));
  const unasked = findings((await import("../src/index.ts")).default);
  vi.doUnmock("../src/model/relevance.ts");
  expect(asked).toEqual(unasked);
  expect(asked.length).toBeGreaterThan(15);
});
