import { utimesSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { Pass } from "../../src/project/disk.ts";
import { ImportsOf } from "../../src/project/resolver.ts";
import { Tree } from "./tree.ts";

const OLD = new Date("2020-01-01T00:00:00.123Z");

describe("relative specifiers", () => {
  const tree = new Tree({
    "src/a.ts": "",
    "src/lib/redis.ts": "",
    "src/lib/index.ts": "",
    "src/both.ts": "",
    "src/both/index.ts": "",
    "src/only/index.tsx": "",
    "src/view.tsx": "",
    "src/esm.mts": "",
    "src/cjs.cts": "",
    "src/plain.js": "",
    "src/pair.js": "",
    "src/pair.ts": "",
    "src/types.d.ts": "",
    "src/schema.sql.ts": "",
    "src/config.prod.ts": "",
    "src/[id]/route.ts": "",
    "src/App.vue": "",
    "src/Page.svelte": "",
    "src/Site.astro": "",
    "src/data.json": "{}",
    "src/style.css": "",
    "src/logo.svg": "",
    "src/link.ts": "-> lib/redis.ts",
    "src/linked": "-> lib",
    "src/loop.ts": "-> loop.ts",
    "src/mains/package.json": { main: "./entry" },
    "src/mains/entry.ts": "",
    "src/self/package.json": { main: "." },
    "src/self/index.ts": "",
    "index.ts": "",
  });

  it.each([
    ["./lib/redis", "src/lib/redis.ts"],
    ["./lib/redis.ts", "src/lib/redis.ts"],
    ["./lib/redis.js", "src/lib/redis.ts"],
    ["./lib/./../lib//redis", "src/lib/redis.ts"],
    ["./lib", "src/lib/index.ts"],
    ["./lib/", "src/lib/index.ts"],
    ["./lib/index.js", "src/lib/index.ts"],
    ["./both", "src/both.ts"],
    ["./both/", "src/both/index.ts"],
    ["./only", "src/only/index.tsx"],
    ["./view.js", "src/view.tsx"],
    ["./view.jsx", "src/view.tsx"],
    ["./esm.mjs", "src/esm.mts"],
    ["./esm", "src/esm.mts"],
    ["./cjs.cjs", "src/cjs.cts"],
    ["./plain", "src/plain.js"],
    ["./plain.js", "src/plain.js"],
    ["./pair.js", "src/pair.ts"],
    ["./types", "src/types.d.ts"],
    ["./schema.sql", "src/schema.sql.ts"],
    ["./config.prod", "src/config.prod.ts"],
    ["./[id]/route", "src/[id]/route.ts"],
    ["./App.vue", "src/App.vue"],
    ["./Page.svelte", "src/Page.svelte"],
    ["./Site.astro", "src/Site.astro"],
    ["./link", "src/lib/redis.ts"],
    ["./linked/redis", "src/lib/redis.ts"],
    ["./linked", "src/lib/index.ts"],
    ["./mains", "src/mains/entry.ts"],
    ["./self", "src/self/index.ts"],
    ["..", "index.ts"],
    ["../", "index.ts"],
    ["../src/a", "src/a.ts"],
    ["./missing", undefined],
    ["./data.json", undefined],
    ["./style.css", undefined],
    ["./logo.svg", undefined],
    ["./logo.svg?url", undefined],
    ["./a.ts?raw", undefined],
    ["./loop", undefined],
    ["./lib/redis/", undefined],
    ["./lib/redis.ts/x", undefined],
    [".", undefined],
    ["../../../../etc/passwd", undefined],
    ["./a\0.ts", undefined],
    ["", undefined],
  ])("%j means %j", (specifier, expected) => {
    expect(tree.resolve("src/a.ts", specifier)).toBe(expected);
  });

  it("resolves from a file that is not saved yet", () => {
    expect(tree.resolve("src/new.ts", "./lib/redis")).toBe("src/lib/redis.ts");
    expect(tree.resolve("src/new/folder/x.ts", "../../lib/redis")).toBe("src/lib/redis.ts");
  });

  it("stays inside the root", () => {
    expect(tree.resolve("src/lib/redis.ts", "../a", new Pass(), tree.at("src/lib"))).toBeUndefined();
    expect(tree.resolve("index.ts", "./src/a", new Pass(), tree.at("src"))).toBeUndefined();
    const outside = new Tree({ "secret.ts": "" });
    tree.write({ "src/escape.ts": `-> ${outside.at("secret.ts")}`, "src/escapes": `-> ${outside.top}` });
    expect(tree.resolve("src/a.ts", "./escape")).toBeUndefined();
    expect(tree.resolve("src/a.ts", "./escapes/secret")).toBeUndefined();
  });

  it("answers with real paths where the root is reached through a link", () => {
    const link = new Tree({ project: `-> ${tree.top}` });
    const found = new ImportsOf(link.at("project/src/a.ts"), { root: link.at("project"), pass: new Pass() }).resolve("./lib/redis");
    expect(found).toBe(tree.at("src/lib/redis.ts"));
  });
});

describe("what can't be the project's", () => {
  const tree = new Tree({
    "a.ts": "",
    "node_modules/react/index.ts": "",
    "node_modules/react/package.json": { name: "react", main: "index.ts" },
  });
  it.each([
    "react",
    "react/index.ts",
    "./node_modules/react/index.ts",
    "fs",
    "node:fs",
    "fs/promises",
    "virtual:pages",
    "astro:content",
    "https://deno.land/x/redis.ts",
    "npm:@upstash/redis",
    "data:text/javascript,0",
    "/a.ts",
    "C:\\a.ts",
    "raw-loader!./a",
    "#missing",
    "@scope",
    "$app/stores",
    "left-pad",
  ])("%s", (specifier) => {
    expect(tree.resolve("a.ts", specifier)).toBeUndefined();
  });
});

describe("tsconfig", () => {
  const files = { "src/a.ts": "", "src/lib/redis.ts": "", "lib/redis.ts": "", "gen/schema.ts": "" };
  const options = (compilerOptions: object, more: object = {}) => ({ compilerOptions, ...more });

  it.each<[string, Record<string, unknown>, string, string | undefined]>([
    ["paths", { "tsconfig.json": options({ paths: { "@/*": ["./src/*"] } }) }, "@/lib/redis", "src/lib/redis.ts"],
    ["paths with .js", { "tsconfig.json": options({ paths: { "@/*": ["./src/*"] } }) }, "@/lib/redis.js", "src/lib/redis.ts"],
    ["jsconfig", { "jsconfig.json": options({ paths: { "@/*": ["src/*"] } }) }, "@/lib/redis", "src/lib/redis.ts"],
    ["an exact key", { "tsconfig.json": options({ paths: { redis: ["lib/redis.ts"] } }) }, "redis", "lib/redis.ts"],
    [
      "an exact key before a pattern",
      { "tsconfig.json": options({ paths: { "@/*": ["src/*"], "@/lib/redis": ["lib/redis"] } }) },
      "@/lib/redis",
      "lib/redis.ts",
    ],
    [
      "the longest prefix",
      { "tsconfig.json": options({ paths: { "*": ["gen/*"], "@/*": ["lib/*"], "@/lib/*": ["src/lib/*"] } }) },
      "@/lib/redis",
      "src/lib/redis.ts",
    ],
    [
      "several targets",
      { "tsconfig.json": options({ paths: { "@/*": ["./nowhere/*", "./src/*"] } }) },
      "@/lib/redis",
      "src/lib/redis.ts",
    ],
    ["a suffix", { "tsconfig.json": options({ paths: { "@*/db": ["./src/lib/*"] } }) }, "@redis/db", "src/lib/redis.ts"],
    ["#-keys", { "tsconfig.json": options({ paths: { "#/*": ["./src/*"] } }) }, "#/lib/redis", "src/lib/redis.ts"],
    ["baseUrl", { "tsconfig.json": options({ baseUrl: "src" }) }, "lib/redis", "src/lib/redis.ts"],
    [
      "paths relative to baseUrl",
      { "tsconfig.json": options({ baseUrl: "./src", paths: { "~lib/*": ["lib/*"] } }) },
      "~lib/redis",
      "src/lib/redis.ts",
    ],
    [
      "extends",
      {
        "tsconfig.json": { extends: "./config/base" },
        "config/base.json": options({ paths: { "@/*": ["../src/*"] } }),
      },
      "@/lib/redis",
      "src/lib/redis.ts",
    ],
    [
      "extends of extends, own values first",
      {
        "tsconfig.json": { extends: "./middle.json", compilerOptions: { paths: { "@/*": ["./src/*"] } } },
        "middle.json": { extends: "./base.json" },
        "base.json": options({ paths: { "@/*": ["./lib/*"], "lost/*": ["./lib/*"] } }),
      },
      "lost/redis",
      undefined,
    ],
    [
      "the last of several bases",
      {
        "tsconfig.json": { extends: ["./one.json", "./two.json"] },
        "one.json": options({ paths: { "@/*": ["./lib/*"] } }),
        "two.json": options({ paths: { "@/*": ["./src/lib/*"] } }),
      },
      "@/redis",
      "src/lib/redis.ts",
    ],
    [
      "a package's config",
      {
        "tsconfig.json": { extends: "@acme/tsconfig/base" },
        "node_modules/@acme/tsconfig/base.json": options({ paths: { "@/*": ["${configDir}/src/*"] } }),
      },
      "@/lib/redis",
      "src/lib/redis.ts",
    ],
    [
      "a package's default config",
      {
        "tsconfig.json": { extends: "acme-config" },
        "node_modules/acme-config/package.json": { tsconfig: "strict.json" },
        "node_modules/acme-config/strict.json": options({ baseUrl: "${configDir}/src" }),
      },
      "lib/redis",
      "src/lib/redis.ts",
    ],
    [
      "a config of the workspace that is not installed",
      {
        "package.json": { workspaces: ["config/*"] },
        "config/ts/package.json": { name: "@acme/ts" },
        "config/ts/tsconfig.json": options({ paths: { "@/*": ["${configDir}/src/*"] } }),
        "tsconfig.json": { extends: "@acme/ts/tsconfig.json" },
      },
      "@/lib/redis",
      "src/lib/redis.ts",
    ],
    [
      "comments and trailing commas",
      { "tsconfig.json": '// c\n{ "compilerOptions": { /* "x" */ "paths": { "@/*": ["./src/*",], }, }, }' },
      "@/lib/redis",
      "src/lib/redis.ts",
    ],
    [
      "a missing base: its own paths",
      { "tsconfig.json": { extends: "./.nuxt/tsconfig.json", compilerOptions: { paths: { "@/*": ["./src/*"] } } } },
      "@/lib/redis",
      "src/lib/redis.ts",
    ],
    [
      "a missing package as base: its own paths",
      { "tsconfig.json": { extends: "@acme/gone", compilerOptions: { paths: { "@/*": ["./src/*"] } } } },
      "@/lib/redis",
      "src/lib/redis.ts",
    ],
    [
      "a base that extends itself",
      { "tsconfig.json": { extends: "./tsconfig.json", compilerOptions: { paths: { "@/*": ["./src/*"] } } } },
      "@/lib/redis",
      "src/lib/redis.ts",
    ],
    [
      "a file that is being typed",
      { "tsconfig.json": '{ "compilerOptions": { "strict": , "paths": { "@/*": ["./src/*"] } }, "include": ["src' },
      "@/lib/redis",
      "src/lib/redis.ts",
    ],
    ["no JSON at all: relative imports go on", { "tsconfig.json": "}{" }, "./lib/redis", "src/lib/redis.ts"],
    ["nonsense values", { "tsconfig.json": { extends: 1, include: {}, compilerOptions: { paths: [1], baseUrl: 2 } } }, "@/x", undefined],
    ["targets outside the root", { "tsconfig.json": options({ paths: { "@/*": ["../../../*"] } }) }, "@/etc/passwd", undefined],
    [
      "no target there: it may be a package",
      {
        "tsconfig.json": options({ paths: { "*": ["./types/*"] } }),
        "node_modules/db": "-> ../packages/db",
        "packages/db/index.ts": "",
        "packages/db/package.json": { name: "db" },
      },
      "db",
      "packages/db/index.ts",
    ],
    [
      "paths that lead to a package",
      {
        "tsconfig.json": options({ paths: { react: ["./node_modules/react"] } }),
        "node_modules/react/index.js": "",
      },
      "react",
      undefined,
    ],
  ])("%s", (_what, more, specifier, expected) => {
    expect(new Tree({ ...files, ...more }).resolve("src/a.ts", specifier)).toBe(expected);
  });

  it("is the nearest one that includes the file, through references too", () => {
    const tree = new Tree({
      "tsconfig.json": { files: [], references: [{ path: "./tsconfig.node.json" }, { path: "./tsconfig.app.json" }] },
      "tsconfig.app.json": options({ paths: { "@/*": ["./src/*"] } }, { include: ["src"], exclude: ["src/**/*.cy.ts"] }),
      "tsconfig.node.json": options({ paths: { "@/*": ["./tools/*"] } }, { include: ["*.config.ts", "tools/**/*"] }),
      "src/a.ts": "",
      "src/x.ts": "",
      "tools/a.ts": "",
      "tools/x.ts": "",
      "vite.config.ts": "",
      "scripts/other.ts": "",
    });
    expect(tree.resolve("src/a.ts", "@/x")).toBe("src/x.ts");
    expect(tree.resolve("tools/a.ts", "@/x")).toBe("tools/x.ts");
    expect(tree.resolve("vite.config.ts", "@/x")).toBe("tools/x.ts");
    expect(tree.resolve("scripts/other.ts", "@/x")).toBe("tools/x.ts");
  });

  it("follows a reference to a directory, and takes the outer config where the nearer leaves the file out", () => {
    const tree = new Tree({
      "tsconfig.json": options({ paths: { "@/*": ["./shared/*"] } }, { references: [{ path: "./web" }] }),
      "shared/x.ts": "",
      "web/tsconfig.json": options({ paths: { "@/*": ["./src/*"] } }, { include: ["src"] }),
      "web/src/x.ts": "",
      "web/scripts/a.ts": "",
    });
    expect(tree.resolve("web/src/x.ts", "@/x")).toBe("web/src/x.ts");
    expect(tree.resolve("web/scripts/a.ts", "@/x")).toBe("shared/x.ts");
  });

  it("reads none outside the root", () => {
    const tree = new Tree({
      "tsconfig.json": options({ paths: { "@/*": ["./repo/*"] } }),
      "repo/x.ts": "",
      "repo/a.ts": "",
    });
    expect(tree.resolve("repo/a.ts", "@/x", new Pass())).toBe("repo/x.ts");
    expect(tree.resolve("repo/a.ts", "lib/../x", new Pass(), tree.at("repo"))).toBeUndefined();
    tree.write({ "repo/tsconfig.json": { extends: "../tsconfig.json" } });
    expect(tree.resolve("repo/a.ts", "@/x", new Pass(), tree.at("repo"))).toBe("repo/x.ts"); // by convention, not by paths
    tree.write({ "tsconfig.json": options({ paths: { "only/*": ["./repo/*"] } }) });
    expect(tree.resolve("repo/a.ts", "only/x", new Pass(), tree.at("repo"))).toBeUndefined();
  });
});

describe("package.json imports and exports", () => {
  const tree = new Tree({
    "package.json": {
      name: "app",
      imports: {
        "#lib/redis": "./src/lib/redis.ts",
        "#env": { browser: "./src/env.browser.ts", node: "./src/env.node.ts", default: "./src/env.ts" },
        "#util/*": "./src/util/*.ts",
        "#dist": "./dist/gone.js",
      },
      exports: { ".": "./src/index.ts", "./*": "./src/*.ts" },
    },
    "src/index.ts": "",
    "src/a.ts": "",
    "src/lib/redis.ts": "",
    "src/env.browser.ts": "",
    "src/env.node.ts": "",
    "src/util/hash.ts": "",
    "nested/package.json": { name: "nested", type: "module" },
    "nested/index.ts": "",
  });

  it.each([
    ["src/a.ts", "#lib/redis", "src/lib/redis.ts"],
    ["src/a.ts", "#env", "src/env.node.ts"],
    ["src/a.ts", "#util/hash", "src/util/hash.ts"],
    ["src/a.ts", "#util/gone", undefined],
    ["src/a.ts", "#dist", undefined],
    ["src/a.ts", "#other", undefined],
    ["src/a.ts", "app", "src/index.ts"],
    ["src/a.ts", "app/a", "src/a.ts"],
    ["src/a.ts", "app/gone", undefined],
    ["nested/index.ts", "#lib/redis", undefined],
    ["nested/index.ts", "nested", undefined],
  ])("in %s, %s means %s", (from, specifier, expected) => {
    expect(tree.resolve(from, specifier)).toBe(expected);
  });

  it("goes on with relative imports where package.json is being typed", () => {
    const broken = new Tree({ "package.json": '{ "name": "app", "imports": { "#a": ', "a.ts": "", "b.ts": "" });
    expect(broken.resolve("a.ts", "./b")).toBe("b.ts");
    expect(broken.resolve("a.ts", "#a")).toBeUndefined();
  });
});

describe("workspace packages", () => {
  const members = {
    "packages/db/package.json": { name: "@acme/db", main: "./dist/index.js", types: "./src/index.ts" },
    "packages/db/src/index.ts": "",
    "packages/db/src/client.ts": "",
    "packages/limits/package.json": {
      name: "@acme/limits",
      exports: { ".": { types: "./src/index.ts", default: "./dist/index.js" }, "./*": { default: "./src/*.ts" } },
    },
    "packages/limits/src/index.ts": "",
    "packages/limits/src/api.ts": "",
    "packages/limits/dist/index.js": "",
    "packages/built/package.json": {
      name: "@acme/built",
      exports: { types: "./dist/index.d.ts", import: "./dist/index.js" },
    },
    "packages/built/src/index.ts": "",
    "packages/built/dist/index.js": "",
    "packages/built/dist/index.d.ts": "",
    "packages/unbuilt/package.json": { name: "unbuilt", main: "./dist/index.js" },
    "packages/unbuilt/src/index.ts": "",
    "packages/bare/package.json": { name: "bare" },
    "packages/bare/index.ts": "",
    "apps/web/package.json": { name: "web", dependencies: { "@acme/db": "workspace:*" } },
    "apps/web/a.ts": "",
  };
  const expectations: [string, string | undefined][] = [
    ["@acme/db", "packages/db/src/index.ts"],
    ["@acme/db/src/client", "packages/db/src/client.ts"],
    ["@acme/limits", "packages/limits/src/index.ts"],
    ["@acme/limits/api", "packages/limits/src/api.ts"],
    ["@acme/limits/src/api", undefined],
    ["@acme/built", "packages/built/dist/index.js"],
    ["unbuilt", "packages/unbuilt/src/index.ts"],
    ["bare", "packages/bare/index.ts"],
    ["@acme/none", undefined],
  ];
  const links = {
    "node_modules/@acme/db": "-> ../../packages/db",
    "node_modules/@acme/limits": "-> ../../packages/limits",
    "node_modules/@acme/built": "-> ../../packages/built",
    "node_modules/unbuilt": "-> ../packages/unbuilt",
    "apps/web/node_modules/bare": "-> ../../../packages/bare",
  };

  describe.each<[string, Record<string, unknown>]>([
    ["installed", links],
    ["npm, not installed", { "package.json": { workspaces: ["packages/*", "apps/*"] } }],
    ["Yarn, not installed", { "package.json": { workspaces: { packages: ["./packages/*/"] } } }],
    ["pnpm, not installed", { "pnpm-workspace.yaml": "# members\npackages:\n  # all\n  - 'packages/*' # libs\n  - apps/**\ncatalog:\n  - x\n" }],
    ["pnpm in brackets", { "pnpm-workspace.yaml": 'packages: ["packages/**", apps/*]\n' }],
    ["single directories and braces", { "package.json": { workspaces: ["packages/{db,limits,built,unbuilt}", "packages/bare"] } }],
  ])("%s", (_how, more) => {
    const tree = new Tree({ ...members, ...more });
    it.each(expectations)("%s means %s", (specifier, expected) => {
      expect(tree.resolve("apps/web/a.ts", specifier)).toBe(expected);
    });
  });

  it("reads the sources of what has not been built", () => {
    const tree = new Tree({
      "package.json": { workspaces: ["packages/*"] },
      "a.ts": "",
      "packages/kv/package.json": {
        name: "kv",
        exports: {
          ".": { import: { types: "./dist/index.d.mts", default: "./dist/index.mjs" }, require: "./dist/index.cjs" },
          "./limits/*": "./dist/esm/limits/*.js",
          "./client": "./build/client.js",
          "./gone": "./dist/gone.js",
          "./types": "./dist/types.d.ts",
          "./asset": "./files/asset.js",
        },
      },
      "packages/kv/src/index.ts": "",
      "packages/kv/src/limits/api.tsx": "",
      "packages/kv/client.ts": "",
      "packages/kv/src/types.d.ts": "",
      "packages/kv/src/asset.ts": "",
      "packages/flat/package.json": { name: "flat", main: "dist/src/main.js", types: "dist/src/main.d.ts" },
      "packages/flat/src/main.ts": "",
      "packages/none/package.json": { name: "none", main: "dist/index.js" },
    });
    const names = ["kv", "kv/limits/api", "kv/client", "kv/gone", "kv/types", "kv/asset", "kv/src/index", "flat", "none"];
    expect(names.map((name) => tree.resolve("a.ts", name))).toEqual([
      "packages/kv/src/index.ts",
      "packages/kv/src/limits/api.tsx",
      "packages/kv/client.ts",
      undefined,
      undefined,
      undefined,
      undefined,
      "packages/flat/src/main.ts",
      undefined,
    ]);
  });

  it("takes what was built in the meantime", () => {
    const tree = new Tree({
      "package.json": { workspaces: ["packages/*"] },
      "a.ts": "",
      "packages/kv/package.json": { name: "kv", exports: "./dist/index.js" },
      "packages/kv/src/index.ts": "",
    });
    expect(tree.resolve("a.ts", "kv")).toBe("packages/kv/src/index.ts");
    tree.write({ "packages/kv/dist/index.js": "" });
    expect(tree.resolve("a.ts", "kv")).toBe("packages/kv/dist/index.js");
    tree.remove("packages/kv/dist");
    expect(tree.resolve("a.ts", "kv")).toBe("packages/kv/src/index.ts");
  });

  it("leaves out what a negative glob does", () => {
    const tree = new Tree({ ...members, "package.json": { workspaces: ["packages/*", "!packages/db"] } });
    expect(tree.resolve("apps/web/a.ts", "@acme/db")).toBeUndefined();
    expect(tree.resolve("apps/web/a.ts", "bare")).toBe("packages/bare/index.ts");
  });

  it("takes links into pnpm's store for what they are", () => {
    const tree = new Tree({
      "a.ts": "",
      "node_modules/zod": "-> .pnpm/zod@4/node_modules/zod",
      "node_modules/.pnpm/zod@4/node_modules/zod/index.js": "",
      "package.json": { workspaces: ["packages/*"] },
      "packages/zod/package.json": { name: "zod" },
      "packages/zod/index.ts": "",
    });
    expect(tree.resolve("a.ts", "zod")).toBeUndefined();
  });

  it("takes links that leave the root for what they are", () => {
    const outside = new Tree({ "package.json": { name: "lib" }, "index.ts": "" });
    const tree = new Tree({ "a.ts": "", "node_modules/lib": `-> ${outside.top}` });
    expect(tree.resolve("a.ts", "lib")).toBeUndefined();
  });

  it("follows file:, link: and portal: dependencies", () => {
    const tree = new Tree({
      "app/package.json": { dependencies: { one: "file:../one", two: "link:../two" }, devDependencies: { three: "portal:../three" } },
      "app/a.ts": "",
      "one/index.ts": "",
      "two/index.ts": "",
      "three/index.ts": "",
    });
    expect(["one", "two", "three"].map((name) => tree.resolve("app/a.ts", name))).toEqual([
      "one/index.ts",
      "two/index.ts",
      "three/index.ts",
    ]);
    expect(tree.resolve("app/a.ts", "one", new Pass(), tree.at("app"))).toBeUndefined();
  });

  it("asks exports with the conditions of the importing file's tsconfig", () => {
    const tree = new Tree({
      ...members,
      ...links,
      "packages/built/package.json": {
        name: "@acme/built",
        exports: { "@acme/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
      },
      "apps/web/tsconfig.json": { compilerOptions: { customConditions: ["@acme/source"] } },
    });
    expect(tree.resolve("apps/web/a.ts", "@acme/built")).toBe("packages/built/src/index.ts");
    tree.remove("apps/web/tsconfig.json");
    expect(tree.resolve("apps/web/a.ts", "@acme/built")).toBe("packages/built/dist/index.js");
  });

  it("never crashes on broken manifests", () => {
    const tree = new Tree({ ...members, "package.json": '{"workspaces": ["packages/*", 1, null', "packages/bare/package.json": "{" });
    expect(tree.resolve("apps/web/a.ts", "@acme/limits")).toBe("packages/limits/src/index.ts");
    expect(tree.resolve("apps/web/a.ts", "bare")).toBeUndefined();
  });
});

describe("frameworks' aliases without a tsconfig that has them", () => {
  it.each<[string, Record<string, unknown>, string, string | undefined]>([
    ["SvelteKit", { "src/lib/redis.ts": "" }, "$lib/redis", "src/lib/redis.ts"],
    ["SvelteKit's index", { "src/lib/index.ts": "" }, "$lib", "src/lib/index.ts"],
    ["SvelteKit's server folder", { "src/lib/server/redis.ts": "" }, "$lib/server/redis.js", "src/lib/server/redis.ts"],
    ["Vue", { "src/lib/redis.ts": "" }, "@/lib/redis", "src/lib/redis.ts"],
    ["SolidStart", { "src/lib/redis.ts": "" }, "~/lib/redis", "src/lib/redis.ts"],
    ["Nuxt 3", { "nuxt.config.ts": "", "lib/redis.ts": "" }, "~/lib/redis", "lib/redis.ts"],
    ["Nuxt 4", { "nuxt.config.ts": "", "lib/redis.ts": "", "app/lib/redis.ts": "" }, "@/lib/redis", "app/lib/redis.ts"],
    ["Nuxt's root", { "nuxt.config.ts": "", "lib/redis.ts": "", "app/lib/redis.ts": "" }, "~~/lib/redis", "lib/redis.ts"],
    ["Nuxt's other root", { "lib/redis.ts": "", "src/lib/redis.ts": "" }, "@@/lib/redis", "lib/redis.ts"],
    ["no target", { "src/x.ts": "" }, "@/lib/redis", undefined],
    [
      "a tsconfig that maps it elsewhere",
      { "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./other/*"] } } }, "src/lib/redis.ts": "" },
      "@/lib/redis",
      undefined,
    ],
  ])("%s", (_what, files, specifier, expected) => {
    expect(new Tree({ "package.json": {}, "src/routes/a.ts": "", ...files }).resolve("src/routes/a.ts", specifier)).toBe(expected);
  });

  it("are relative to the nearest package", () => {
    const tree = new Tree({ "apps/web/package.json": {}, "apps/web/src/lib/redis.ts": "", "src/lib/redis.ts": "" });
    expect(tree.resolve("apps/web/src/a.ts", "@/lib/redis")).toBe("apps/web/src/lib/redis.ts");
  });
});

describe("in an editor, each pass sees the project as it is", () => {
  /** Makes every name and file look old, so that nothing is looked at again merely because it is new. */
  const age = (tree: Tree, ...files: string[]) => {
    for (const file of files) utimesSync(tree.at(file), OLD, OLD);
  };

  it("a file that is created, deleted, renamed", () => {
    const tree = new Tree({ "a.ts": "", "lib/x.ts": "" });
    const ask = () => tree.resolve("a.ts", "./lib/redis");
    age(tree, ".", "lib");
    expect(ask()).toBeUndefined();
    tree.write({ "lib/redis.ts": "" });
    expect(ask()).toBe("lib/redis.ts");
    age(tree, "lib");
    expect(ask()).toBe("lib/redis.ts");
    tree.rename("lib/redis.ts", "lib/redis.tsx");
    expect(ask()).toBe("lib/redis.tsx");
    age(tree, "lib");
    tree.remove("lib/redis.tsx");
    expect(ask()).toBeUndefined();
  });

  it("a file that shadows another, and a directory that was not there", () => {
    const tree = new Tree({ "a.ts": "", "lib/index.ts": "" });
    const ask = (specifier: string) => tree.resolve("a.ts", specifier);
    age(tree, ".", "lib");
    expect([ask("./lib"), ask("./db/client")]).toEqual(["lib/index.ts", undefined]);
    tree.write({ "lib.ts": "", "db/client.ts": "" });
    expect([ask("./lib"), ask("./db/client")]).toEqual(["lib.ts", "db/client.ts"]);
  });

  it("keeps to one state within a pass", () => {
    const tree = new Tree({ "a.ts": "", "lib/redis.ts": "" });
    const pass = new Pass();
    expect(tree.resolve("a.ts", "./lib/redis", pass)).toBe("lib/redis.ts");
    tree.remove("lib");
    expect(tree.resolve("a.ts", "./lib/redis", pass)).toBe("lib/redis.ts");
    expect(tree.resolve("a.ts", "./lib/redis")).toBeUndefined();
  });

  it("a tsconfig that is created, edited, deleted, and one that it extends", () => {
    const tree = new Tree({ "app/a.ts": "", "one/x.ts": "", "two/x.ts": "" });
    const ask = () => tree.resolve("app/a.ts", "alias/x");
    const paths = (target: string) => ({ compilerOptions: { paths: { "alias/*": [target] } } });
    age(tree, ".", "app");
    expect(ask()).toBeUndefined();
    tree.write({ "tsconfig.json": paths("./one/*") });
    expect(ask()).toBe("one/x.ts");
    tree.write({ "tsconfig.json": paths("./two/*") });
    expect(ask()).toBe("two/x.ts");
    tree.write({ "tsconfig.json": { extends: "./base.json" } });
    expect(ask()).toBeUndefined();
    age(tree, ".", "tsconfig.json");
    tree.write({ "base.json": paths("./one/*") });
    expect(ask()).toBe("one/x.ts");
    tree.write({ "base.json": paths("./two/*") });
    expect(ask()).toBe("two/x.ts");
    tree.write({ "app/tsconfig.json": paths("../one/*") });
    expect(ask()).toBe("one/x.ts");
    tree.remove("app/tsconfig.json");
    tree.remove("tsconfig.json");
    expect(ask()).toBeUndefined();
  });

  it("package.json imports, and the files they name", () => {
    const tree = new Tree({ "package.json": { imports: { "#x": "./one.ts" } }, "one.ts": "", "two.ts": "", "a.ts": "" });
    const ask = () => tree.resolve("a.ts", "#x");
    age(tree, ".", "package.json");
    expect([ask(), ask()]).toEqual(["one.ts", "one.ts"]);
    tree.write({ "package.json": { imports: { "#x": "./two.ts" } } });
    expect(ask()).toBe("two.ts");
    age(tree, ".", "package.json");
    expect(ask()).toBe("two.ts");
    tree.remove("two.ts");
    expect(ask()).toBeUndefined();
    age(tree, ".");
    tree.write({ "two.ts": "" });
    expect(ask()).toBe("two.ts");
  });

  it("workspace members, their names and entries, and what is installed", () => {
    const tree = new Tree({ "package.json": { workspaces: ["packages/*"] }, "a.ts": "", "packages/x/y": "" });
    const ask = () => tree.resolve("a.ts", "@acme/db");
    expect(ask()).toBeUndefined();
    age(tree, ".", "packages", "packages/x");
    tree.write({ "packages/db/package.json": { name: "@acme/db", exports: "./one.ts" }, "packages/db/one.ts": "" });
    expect(ask()).toBe("packages/db/one.ts");
    tree.write({ "packages/db/package.json": { name: "@acme/db", exports: "./two.ts" }, "packages/db/two.ts": "" });
    expect(ask()).toBe("packages/db/two.ts");
    tree.write({ "packages/db/package.json": { name: "@acme/other", exports: "./two.ts" } });
    expect(ask()).toBeUndefined();
    tree.write({ "packages/db/package.json": { name: "@acme/db", exports: "./two.ts" } });
    tree.write({ "node_modules/@acme/db/index.js": "" });
    expect(ask()).toBeUndefined();
    tree.remove("node_modules");
    expect(ask()).toBe("packages/db/two.ts");
  });
});

describe("where the native resolver can't be loaded", () => {
  it("only what package.json maps is unknown", async () => {
    const tree = new Tree({
      "package.json": { name: "app", imports: { "#b": "./b.ts" }, exports: "./b.ts" },
      "a.ts": "",
      "b.ts": "",
    });
    vi.resetModules();
    vi.doMock("../../src/project/load.ts", () => ({ load: () => undefined }));
    try {
      const fresh = await import("../../src/project/resolver.ts");
      const disk = await import("../../src/project/disk.ts");
      const ask = (specifier: string) =>
        new fresh.ImportsOf(tree.at("a.ts"), { root: tree.top, pass: new disk.Pass() }).resolve(specifier);
      expect([ask("./b"), ask("#b"), ask("app")]).toEqual([tree.at("b.ts"), undefined, undefined]);
    } finally {
      vi.doUnmock("../../src/project/load.ts");
      vi.resetModules();
    }
  });
});

describe("native resolvers", () => {
  it("are made once for each set of conditions, not once a call", async () => {
    const tree = new Tree({ "package.json": { imports: { "#*": "./*.ts" } }, "a.ts": "", "b.ts": "" });
    let made = 0;
    vi.resetModules();
    vi.doMock("../../src/project/load.ts", async (original) => {
      const { load } = await original<typeof import("../../src/project/load.ts")>();
      const oxc = load<typeof import("oxc-resolver")>("oxc-resolver")!;
      class ResolverFactory {
        readonly #inner: import("oxc-resolver").ResolverFactory;
        constructor(options: import("oxc-resolver").NapiResolveOptions) {
          made++;
          this.#inner = new oxc.ResolverFactory(options);
        }
        sync = (directory: string, request: string) => this.#inner.sync(directory, request);
        clearCache = () => this.#inner.clearCache();
      }
      return { load: () => ({ ResolverFactory }) };
    });
    try {
      const fresh = await import("../../src/project/resolver.ts");
      const disk = await import("../../src/project/disk.ts");
      for (let n = 0; n < 20; n++) {
        for (const specifier of ["#a", "#b", "#gone"]) {
          new fresh.ImportsOf(tree.at("a.ts"), { root: tree.top, pass: new disk.Pass() }).resolve(specifier);
        }
      }
      expect(made).toBe(2);
    } finally {
      vi.doUnmock("../../src/project/load.ts");
      vi.resetModules();
    }
  });
});

describe("against oxc-resolver, on random trees", () => {
  it("probes to the same file", async () => {
    const { ResolverFactory } = await import("oxc-resolver");
    let seed = 7;
    const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
    const stems = ["a", "b", "index", "a.b", "lib"];
    const ends = [".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs", ".cjs", ".cts", ".d.ts"];
    for (let round = 0; round < 25; round++) {
      const files: Record<string, string> = { "from.ts": "" };
      for (let n = 0; n < 12; n++) files[`${pick(["", "lib/", "a/", "lib/b/"])}${pick(stems)}${pick(ends)}`] = "";
      const tree = new Tree(files);
      const oxc = new ResolverFactory({
        extensions: [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".d.ts"],
        extensionAlias: {
          ".js": [".ts", ".tsx", ".js", ".jsx", ".d.ts"],
          ".jsx": [".tsx", ".jsx", ".d.ts"],
          ".mjs": [".mts", ".mjs"],
          ".cjs": [".cts", ".cjs"],
        },
      });
      for (let n = 0; n < 60; n++) {
        const specifier = `./${pick(["", "lib/", "a/", "lib/b/", "lib/../a/"])}${pick(stems)}${pick(["", "", ...ends])}`;
        const expected = oxc.sync(tree.top, specifier).path;
        const found = new ImportsOf(tree.at("from.ts"), { root: tree.top, pass: new Pass() }).resolve(specifier);
        // A compiled extension that stands for itself too ("a.js.ts") is asked for by TypeScript alone.
        if (expected !== undefined) expect([specifier, found]).toEqual([specifier, expected]);
      }
    }
  });
});
