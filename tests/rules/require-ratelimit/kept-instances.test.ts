import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Services of which a class keeps the one instance, and clients that an instance makes when it first needs them. */

const ROUTE = "app/api/notes/route.ts";
const SERVICE = (instance: string): string => `import { mail, redis, resend } from "./clients";
import { Ratelimit } from "@upstash/ratelimit";
export class Service {
${instance}
  private readonly limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });
  async send() {
    await resend.emails.send(mail);
  }
  async limited(id: string) {
    const { success } = await this.limiter.limit(id);
    if (!success) throw new Error("Too many requests");
    await this.send();
  }
  idle() {
    return 1;
  }
}
`;
const INSTANCES: readonly (readonly [name: string, instance: string])[] = [
  ["declared", "  private static instance: Service;\n  static getInstance(): Service {\n    if (!Service.instance) {\n      Service.instance = new Service();\n    }\n    return Service.instance;\n  }"],
  ["empty at first", "  private static instance: Service | null = null;\n  static getInstance() {\n    this.instance ??= new Service();\n    return this.instance;\n  }"],
  ["by new this()", "  private static instance?: Service;\n  static getInstance() {\n    return (this.instance ??= new this());\n  }"],
];
const CALLS: readonly (readonly [call: string, verdict: Verdict])[] = [
  ["service.send()", "anyone"],
  ["service.limited(request.url)", "nobody"],
  ["service.idle()", "nobody"],
];

describe.each(INSTANCES)("an instance that is kept in a static field, %s", (_, instance) => {
  const files: ProjectFiles = { ...CLIENTS, "lib/service.ts": SERVICE(instance) };
  it.each(CALLS)("%s: %s", (call, verdict) => {
    const code = `import { Service } from "@/lib/service";\nconst service = Service.getInstance();\nexport async function POST(request: Request) {\n  await ${call};\n  return Response.json({});\n}\n`;
    expect(verdictOf({ ...files, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

describe("a field that is set when it is first needed", () => {
  const of = (body: string): ProjectFiles => ({
    "lib/store.ts": `import { Redis } from "@upstash/redis";\nexport class Store {\n  private client: any;\n  private get redis() {\n    if (!this.client) this.client = ${body};\n    return this.client;\n  }\n  async add(text: string) {\n    await this.redis.lpush("notes", text);\n  }\n}\n`,
    [ROUTE]: `import { Store } from "@/lib/store";\nconst store = new Store();\nexport async function POST(request: Request) {\n  await store.add(await request.text());\n  return Response.json({});\n}\n`,
  });
  it.each([
    ["to a client", "Redis.fromEnv()", "anyone"],
    ["to what is none", "{ lpush: async (key: string, text: string) => console.log(key, text) }", "nobody"],
  ] as const)("%s", (_, value, verdict) => {
    expect(verdictOf(of(value), ROUTE)).toBe(verdict);
  });
});
