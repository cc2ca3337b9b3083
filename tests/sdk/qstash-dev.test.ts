/* The tables of the development server, compared with the SDK that is installed, and with what it does. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Client, Receiver } from "@upstash/qstash";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DEV_VARIABLE, isDevelopmentCredential, isOn, VARIABLE_OF } from "../../src/sdk/qstash-dev.ts";
import { filler, qstashToken, signingKey } from "../helpers/fake-credentials.ts";
import { signedBy } from "../helpers/qstash-signature.ts";

/** The SDK does not export its values: they are read from its code. */
const code = readFileSync(createRequire(import.meta.url).resolve("@upstash/qstash"), "utf8");
const devKeys = [...new Set(code.match(/sig_[A-Za-z\d]{28}/gu))];
const [devToken = ""] = code.match(/eyJVc2VySUQi[\w+/=]+/u) ?? [];
const OWN = { currentSigningKey: "own-current", nextSigningKey: "own-next" };

beforeEach(() => {
  for (const name of [DEV_VARIABLE, "QSTASH_REGION", ...Object.values(VARIABLE_OF)]) vi.stubEnv(name, undefined);
  for (const method of ["warn", "log"] as const) vi.spyOn(console, method).mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const passes = async (receiver: Receiver, key: string): Promise<boolean> => receiver.verify({ body: "b", signature: signedBy(key, "b") }).catch(() => false);

describe("public values", () => {
  it("are those of the SDK", () => {
    expect(devKeys).toHaveLength(2);
    for (const value of [...devKeys, devToken]) expect(isDevelopmentCredential(value)).toBe(true);
  });

  it.each([1, 2, 3])("are those of the docs: test user %i", (number) => {
    const token = `{"UserID":"testUser${String(number)}","Password":"testPassword"}`;
    expect(isDevelopmentCredential(btoa(token))).toBe(true);
    expect(isDevelopmentCredential(btoa(token.replace(",", ", ")))).toBe(true);
  });

  it("are the keys of all users", () => {
    const starts = "7kYjw48m 5ZB6DVzB 7GVPjvuw 5NoELc3E 6jWGaWRx 7qHbvhma 5T8FcSsy 7GFR4YaD 7RvLjqfZ 7W3ZNbfK".split(" ");
    expect(starts.filter((start) => !isDevelopmentCredential(`sig_${start}${filler(20)}`))).toEqual([]);
  });

  it.each(["", "sig_", "sig_your_key", signingKey(), qstashToken(), "eyJVc2VySUQi%%%abc1f9d2", btoa('{"UserID":"defaultUser","Password":"x"}'), btoa('{"UserID":"defaultUser2","Password":"defaultPassword"}')])(
    "are no other ones: %j",
    (value) => {
      expect(isDevelopmentCredential(value)).toBe(false);
    },
  );
});

describe("development mode", () => {
  it("takes the public keys, and the project's own no more", async () => {
    const [key = ""] = devKeys;
    expect(await passes(new Receiver(OWN), key)).toBe(false);
    expect(await passes(new Receiver(OWN), OWN.currentSigningKey)).toBe(true);
    expect(await passes(new Receiver({ ...OWN, devMode: true }), key)).toBe(true);
    expect(await passes(new Receiver({ ...OWN, devMode: true }), OWN.currentSigningKey)).toBe(false);
  });

  it("holds for the wrapper of Next.js", async () => {
    const send = async (config: object, key: string): Promise<number> => {
      const handler = verifySignatureAppRouter(() => new Response("ok"), config);
      const headers = { "upstash-signature": signedBy(key, "b") };
      return handler(new Request("https://shop.example/", { method: "POST", headers, body: "b" })).then(
        ({ status }) => status,
        () => 500,
      );
    };
    const [key = ""] = devKeys;
    expect(await send(OWN, key)).toBe(500);
    expect(await send({ ...OWN, devMode: true }, key)).toBe(200);
  });

  it.each(["true", "1", "false", "0", ""])("is switched on by the variable: %j", async (value) => {
    vi.stubEnv(DEV_VARIABLE, value);
    const [key = ""] = devKeys;
    expect(await passes(new Receiver(OWN), key)).toBe(isOn(value));
    expect(await passes(new Receiver({ ...OWN, devMode: false }), key)).toBe(false);
  });

  it("has a client ignore its token and its address", () => {
    const sent = vi.spyOn(globalThis, "fetch").mockResolvedValue(Response.json({ messageId: "m" }));
    const { http } = new Client({ token: "own", baseUrl: "https://qstash.example", devMode: true }) as unknown as { http: { baseUrl: string; authorization: string } };
    expect(http.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:/u);
    expect(http.authorization).toBe(`Bearer ${devToken}`);
    expect(sent).not.toHaveBeenCalled();
  });
});
