import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from "playwright-core";
import { preview, type PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { parseRulePage } from "../../tests/helpers/rule-page.ts";
import { decode, encode, type State } from "../live/state.ts";

/*
 * The built site in Debian's Chromium. In CI (`CI` is set) Chromium is installed where it is missing, and the tests fail
 * where it can't be had. Elsewhere they are left out then, with a line that says so.
 */

const site = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const repository = path.dirname(site);
const screenshots = path.join(site, ".screenshots");
const isCi = Boolean(process.env["CI"]) && process.env["CI"] !== "false";
const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const BASE = "/eslint-plugin-upstash/";

const run = (command: string, ...args: string[]): void => {
  const { status, error } = spawnSync(command, args, { cwd: site, stdio: ["ignore", "inherit", "inherit"], shell: process.platform === "win32" });
  if (error || status !== 0) throw new Error(`\`${[command, ...args].join(" ")}\` failed: ${error?.message ?? `exit code ${status}`}`);
};

/** Whether there is a Chromium, after an attempt to install it in CI. */
function hasChromium(): boolean {
  if (existsSync(CHROMIUM)) return true;
  if (!isCi) return false;
  if (process.getuid?.() === 0) {
    run("apt-get", "update", "-qq");
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium");
  }
  if (!existsSync(CHROMIUM)) throw new Error(`The site can't be tested: there is no ${CHROMIUM}, and only root can install it.`);
  return true;
}

const canRun = hasChromium();
if (!canRun) console.warn(`\n${CHROMIUM} is not there: the tests of the site in a browser are LEFT OUT. Install Chromium, or set CHROMIUM.\n`);

describe.skipIf(!canRun)("the site", () => {
  let server: PreviewServer;
  let browser: Browser;
  let address = "";
  const failures: string[] = [];

  beforeAll(async () => {
    if (process.env["SITE_BUILT"] === undefined) run("npm", "run", "--silent", "build");
    rmSync(screenshots, { recursive: true, force: true });
    mkdirSync(screenshots, { recursive: true });
    server = await preview({
      root: site,
      configFile: false,
      base: BASE,
      logLevel: "error",
      build: { outDir: path.join(site, "dist") },
      preview: { host: "127.0.0.1", port: 0 },
      appType: "mpa",
    });
    address = server.resolvedUrls?.local[0] ?? "";
    browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
  }, 900_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const WIDE = { width: 1280, height: 900 };
  const PHONE = { width: 390, height: 844 };

  /** A page that notes what goes wrong in it: errors, and requests that fail or leave the machine. */
  async function open(route: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<{ page: Page; context: BrowserContext }> {
    const context = await browser.newContext({ viewport: WIDE, ...options });
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") failures.push(`${route}: ${message.text()}`);
    });
    page.on("pageerror", (error) => failures.push(`${route}: ${error.message}`));
    page.on("requestfailed", (request) => failures.push(`${route}: ${request.url()} failed`));
    page.on("request", (request) => {
      if (!/^(?:blob:|data:)/u.test(request.url()) && !request.url().startsWith(new URL(address).origin)) failures.push(`${route}: asks ${request.url()}`);
    });
    await page.goto(new URL(route, address).href);
    return { page, context };
  }

  const shoot = (page: Page, name: string): Promise<Buffer> => page.screenshot({ path: path.join(screenshots, `${name}.png`) });

  /** Waits until an editor shows what was found in its text. */
  async function settled(example: Locator): Promise<void> {
    await example.scrollIntoViewIfNeeded();
    await example.locator(".live-findings ol, .live-findings .live-clean, .live-findings .live-error").first().waitFor({ timeout: 60_000 });
  }

  const textOf = (example: Locator): Promise<string> =>
    example.locator(".cm-content").evaluate((content) => [...content.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));

  it("has the README as its home, and no page is wider than a phone", async () => {
    const { page, context } = await open("");
    expect(await page.locator("h1").textContent()).toContain("eslint-plugin-upstash");
    await shoot(page, "home-light");
    await page.emulateMedia({ colorScheme: "dark" });
    await shoot(page, "home-dark");
    await context.close();
    for (const route of ["", "docs/rules/no-plaintext-pii", "docs/settings", "playground"]) {
      const { page: narrow, context: phone } = await open(route, { viewport: PHONE, isMobile: true, hasTouch: true });
      await narrow.waitForLoadState("networkidle");
      const width = await narrow.evaluate(() => document.documentElement.scrollWidth);
      await shoot(narrow, `phone-${route === "" ? "home" : route.replaceAll("/", "-")}`);
      expect(width, route).toBeLessThanOrEqual(PHONE.width);
      await phone.close();
    }
  });

  it("shows the finding of an example, as you type too, and applies its suggestion", async () => {
    const { page, context } = await open("docs/rules/no-plaintext-pii");
    const example = page.locator(".live-example").first();
    await settled(example);
    await expect.poll(() => example.locator(".cm-lintRange-error").count()).toBeGreaterThan(0);
    const message = await example.locator(".live-findings li").first().textContent();
    expect(message).toContain("in plain text");
    await shoot(page, "rule-light");
    await page.emulateMedia({ colorScheme: "dark" });
    await shoot(page, "rule-dark");

    // The tooltip at the squiggle has the message and the suggestion as well.
    await example.locator(".cm-lintRange-error").first().hover();
    const tooltip = page.locator(".cm-tooltip-lint");
    await tooltip.waitFor();
    expect(await tooltip.textContent()).toContain("in plain text");
    expect(await tooltip.locator(".cm-diagnosticAction").count()).toBeGreaterThan(0);
    await shoot(page, "rule-tooltip-dark");
    await page.mouse.move(0, 0);

    const before = await textOf(example);
    await example.locator(".live-findings .live-mend").first().click();
    await expect.poll(() => textOf(example)).not.toBe(before);
    await expect.poll(() => textOf(example)).toContain("encrypt(");
    await shoot(page, "rule-mended-dark");

    // Typing it all away leaves nothing to find.
    await example.locator(".cm-content").click();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("export {};");
    await example.locator(".live-clean").waitFor();
    await example.getByRole("button", { name: "Reset" }).click();
    await expect.poll(() => textOf(example)).toBe(before);
    await example.locator(".live-findings li").first().waitFor();
    await context.close();
  });

  it.each(Object.keys(rules))("tells the truth in every example of %s", async (name) => {
    const { examples } = parseRulePage(readFileSync(path.join(repository, `docs/rules/${name}.md`), "utf8"));
    const { page, context } = await open(`docs/rules/${name}`);
    const live = page.locator(".live-example");
    expect(await live.evaluateAll((all) => all.map((element) => (element as HTMLElement).dataset["kind"]))).toEqual(examples.map(({ kind }) => kind));
    for (const [index, { kind, line }] of examples.entries()) {
      const example = live.nth(index);
      await settled(example);
      const found = await example.locator(".live-findings li").allTextContents();
      if (kind === "correct") expect(found, `line ${line}`).toEqual([]);
      else expect(found.length, `line ${line}`).toBeGreaterThan(0);
      expect(await example.locator(".live-error").count(), `line ${line}`).toBe(0);
    }
    await context.close();
  }, 120_000);

  it("restores the playground from its address: files, rules and settings", async () => {
    const state: State = {
      files: {
        "app/api/x/route.ts": 'import { put } from "@acme/vault";\nimport { store } from "@/lib/store";\nexport const save = (email: string) => store.set("contact", { email: put(email), phone });\nconst phone = "";\n',
        "lib/store.ts": 'import { Redis } from "@upstash/redis";\nexport const store = Redis.fromEnv();\n',
      },
      active: "app/api/x/route.ts",
      rules: { "no-plaintext-pii": [] },
      settings: { encryptors: ["@acme/vault#put"] },
    };
    const { page, context } = await open(`playground#${encode(state)}`);
    const playground = page.locator(".playground");
    await settled(playground);
    expect(await textOf(playground)).toContain("put(email)");
    expect((await playground.getByRole("tab").allTextContents()).map((name) => name.trim())).toEqual(Object.keys(state.files));
    expect(await playground.locator("textarea").inputValue()).toContain("@acme/vault#put");
    expect(await playground.locator(".playground-rules input:checked").count()).toBe(1);
    await playground.locator(".live-clean").waitFor();
    await shoot(page, "playground-light");
    await page.emulateMedia({ colorScheme: "dark" });
    await shoot(page, "playground-dark");

    // Without the setting nobody knows what `put` does; with a plain value it is stored as it is.
    await playground.locator(".cm-content").click();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText('import { store } from "@/lib/store";\nexport const save = (email: string) => store.set("contact", email);\n');
    await playground.locator(".live-findings li").first().waitFor();

    // The other file decides: no client, no finding.
    await playground.getByRole("tab", { name: "lib/store.ts" }).click();
    await playground.locator(".live-clean").waitFor();
    await playground.locator(".cm-content").click();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText("export const store = new Map();\n");
    await playground.getByRole("tab", { name: "app/api/x/route.ts" }).click();
    await playground.locator(".live-clean").waitFor();

    const written = decode(new URL(page.url()).hash);
    expect(written?.files["lib/store.ts"]).toBe("export const store = new Map();\n");
    expect(written?.active).toBe("app/api/x/route.ts");
    await page.reload();
    await settled(playground);
    expect(await textOf(playground)).toContain('store.set("contact", email)');

    // A setting that the plugin refuses is said, as ESLint says it.
    await playground.locator("textarea").fill('{ "clientFiles": 1 }');
    await expect.poll(() => playground.locator(".live-findings .live-error").textContent()).toContain("settings.upstash.clientFiles must be");
    await context.close();
  });

  it("begins the playground with an example where the address says nothing, or nonsense", async () => {
    for (const hash of ["", "#state=nonsense", `#${encode({ files: {}, active: "a.ts", rules: "strict", settings: {} })}`]) {
      const { page, context } = await open(`playground${hash}`);
      await settled(page.locator(".playground"));
      expect(await page.locator(".playground .live-findings li").count()).toBeGreaterThan(0);
      await context.close();
    }
  });

  it("opens an example in the playground", async () => {
    const { page, context } = await open("docs/rules/no-plaintext-pii");
    const example = page.locator(".live-example").nth(1);
    await settled(example);
    const [popup] = await Promise.all([context.waitForEvent("page"), example.getByRole("link", { name: "Open in the playground" }).click()]);
    await settled(popup.locator(".playground"));
    expect(await popup.getByRole("tab").allTextContents()).toHaveLength(2);
    expect(await popup.locator(".playground .live-findings li").count()).toBeGreaterThan(0);
    await context.close();
  });

  it("logs no error, and asks nobody else for anything", () => {
    expect(failures).toEqual([]);
  });

  it("tells its size", () => {
    const assets = path.join(site, "dist/assets");
    const scripts = readdirSync(assets, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
    const sizes = scripts.map((name) => ({ name, text: readFileSync(path.join(assets, name)) }));
    const worker = sizes.filter(({ name }) => name.includes("lint.worker"));
    expect(worker).toHaveLength(1);
    const kb = (text: Buffer): string => `${Math.round(text.length / 1000)} KB (${Math.round(gzipSync(text).length / 1000)} KB gzipped)`;
    for (const { name, text } of [...worker, ...sizes.filter(({ name }) => /editor|LiveEditor|framework|theme|app/u.test(name))]) console.log(`${name}: ${kb(text)}`);
  });
});
