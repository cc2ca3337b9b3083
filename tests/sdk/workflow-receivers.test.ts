/*
 * What `receiver` and `env` do to a workflow's check of signatures, by running the SDK: a workflow that takes a request
 * hands its first step to QStash, which is a server of ours here; one that refuses it hands over nothing.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Receiver } from "@upstash/qstash";
import { createWorkflow, serve, serveMany } from "@upstash/workflow/nextjs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import rule from "../../src/rules/require-workflow-verification.ts";
import { project } from "../helpers/project.ts";
import { lint, mendsOf } from "../helpers/round-trip.ts";
import { signedBy } from "../helpers/qstash-signature.ts";

const KEYS = { QSTASH_CURRENT_SIGNING_KEY: "current-key", QSTASH_NEXT_SIGNING_KEY: "next-key" };
let server: Server;
let handedOver = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    handedOver++;
    request.resume();
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify([{ messageId: "m" }]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  handedOver = 0;
  for (const name of [...Object.keys(KEYS), "QSTASH_REGION", "QSTASH_DEV"]) vi.stubEnv(name, undefined);
  vi.stubEnv("QSTASH_URL", `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  vi.stubEnv("QSTASH_TOKEN", "fake");
  for (const method of ["warn", "error", "log"] as const) vi.spyOn(console, method).mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

type Post = (request: Request) => Promise<Response>;
const step = async (context: { run(name: string, fn: () => string): Promise<unknown> }): Promise<void> => {
  await context.run("step", () => "done");
};

/** Does a workflow start for a request? */
async function starts(post: Post, signature?: string): Promise<boolean> {
  const headers = { "content-type": "application/json", ...(signature === undefined ? {} : { "upstash-signature": signature }) };
  const before = handedOver;
  await post(new Request("https://shop.example/api/jobs", { method: "POST", headers, body: "{}" })).catch(() => undefined);
  return handedOver > before;
}

const withKeys = (): void => {
  for (const [name, key] of Object.entries(KEYS)) vi.stubEnv(name, key);
};
const signed = signedBy(KEYS.QSTASH_CURRENT_SIGNING_KEY, "{}");

describe("a request without a signature", () => {
  it("starts a workflow where there are no keys, or one alone", async () => {
    expect(await starts(serve(step).POST)).toBe(true);
    vi.stubEnv("QSTASH_CURRENT_SIGNING_KEY", "one");
    expect(await starts(serve(step).POST)).toBe(true);
  });

  it("starts none where both keys are in the environment, and a signed one does", async () => {
    withKeys();
    expect(await starts(serve(step).POST)).toBe(false);
    expect(await starts(serve(step).POST, signed)).toBe(true);
  });

  it.each([undefined, null, false])("starts one where `receiver` is %s, even with keys", async (receiver) => {
    withKeys();
    expect(await starts(serve(step, { receiver: receiver as never }).POST)).toBe(true);
  });

  it("starts one where `receiver` is undefined in a workflow, or in serveMany()", async () => {
    withKeys();
    const many = (one: object | undefined, all: object | undefined): Post => {
      const { POST } = serveMany({ jobs: createWorkflow(step, one as never) }, all);
      return POST as Post;
    };
    expect(await starts(many(undefined, undefined))).toBe(false);
    expect(await starts(many(undefined, { receiver: undefined }))).toBe(true);
    expect(await starts(many({ receiver: undefined }, { receiver: new Receiver() }))).toBe(true);
    expect(await starts(many({ receiver: new Receiver() }, { receiver: undefined }))).toBe(false);
  });

  it("starts one where `env` holds not both keys, whatever the environment holds", async () => {
    withKeys();
    const env = { QSTASH_URL: process.env["QSTASH_URL"], QSTASH_TOKEN: "fake" };
    expect(await starts(serve(step, { env }).POST)).toBe(true);
    expect(await starts(serve(step, { env: { ...env, QSTASH_CURRENT_SIGNING_KEY: "one" } }).POST)).toBe(true);
    expect(await starts(serve(step, { env: { ...env, ...KEYS } }).POST)).toBe(false);
    expect(await starts(serve(step, { env, receiver: new Receiver() }).POST)).toBe(false);
  });

  it("starts none where `receiver` is a Receiver, with keys and without", async () => {
    expect(await starts(serve(step, { receiver: new Receiver() }).POST)).toBe(false);
    expect(await starts(serve(step, { receiver: new Receiver() }).POST, signed)).toBe(false);
    withKeys();
    expect(await starts(serve(step, { receiver: new Receiver() }).POST)).toBe(false);
    expect(await starts(serve(step, { receiver: new Receiver() }).POST, signed)).toBe(true);
  });

  it("is treated likewise by the old serve() of @upstash/qstash", async () => {
    withKeys();
    const { serve: oldServe } = (await import("@upstash/qstash/nextjs")) as { serve: (fn: typeof step, options?: object) => Post };
    expect(await starts(oldServe(step))).toBe(false);
    expect(await starts(oldServe(step, { receiver: undefined }))).toBe(true);
    expect(await starts(oldServe(step, { receiver: new Receiver() }), signed)).toBe(true);
  });
});

describe("the suggestion of require-workflow-verification", () => {
  const cases: readonly (readonly [name: string, options: string])[] = [
    ["undefined", "{ receiver: undefined }"],
    ["a condition", "{ receiver: process.env.NEVER ? new Receiver() : undefined }"],
    ["an environment without keys", "{ env: { QSTASH_URL: process.env.QSTASH_URL, QSTASH_TOKEN: process.env.QSTASH_TOKEN } }"],
  ];
  it.each(cases)("refuses what is not signed, and takes what is: %s", async (_name, options) => {
    withKeys();
    const cwd = project();
    const code = `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export { Receiver };
export const { POST } = serve(async (context) => {
  await context.run("step", () => "done");
}, ${options});
`;
    const place = { rule: rule as never, filename: path.join(cwd, "route.js"), cwd, options: [], settings: {} };
    const load = async (text: string, name: string): Promise<Post> => {
      const file = path.join(cwd, name);
      writeFileSync(file, text);
      return ((await import(/* @vite-ignore */ pathToFileURL(file).href)) as { POST: Post }).POST;
    };
    const [mend] = mendsOf(code, lint(code, place));
    expect(await starts(await load(code, "before.mjs"))).toBe(true);
    const mended = await load(mend?.output ?? "", "after.mjs");
    expect(await starts(mended)).toBe(false);
    expect(await starts(mended, signed)).toBe(true);
  });
});
