import type { ProjectFiles } from "../../../helpers/project.ts";
import { CLIENTS, type Verdict } from "../verdicts.ts";

/** A small project of a framework with one handler, which sends mail. */
export interface Framework {
  readonly name: string;
  /** The file of the handler. */
  readonly filename: string;
  /** What else the project has: its `package.json`, and what the framework asks for. */
  readonly files: ProjectFiles;
  /** The file of the handler, with these imports, and these lines around the mail. */
  code(parts: Parts): string;
  /** How the handler reads a header of the request; undefined where requests have none that it gets to see. */
  readonly header?: (name: string) => string;
  /** How it refuses. */
  readonly refuse: string;
  /** Ways of protection that are the framework's own, each with what looks like it and protects nothing. */
  readonly ways: readonly Way[];
}

export interface Parts {
  readonly imports?: string;
  readonly before?: string;
  readonly behind?: string;
  /** Makes a handler of the handler's function. */
  readonly wrap?: (handler: string) => string;
}

/** One way, in a variant that covers the handler or one that does not. */
export interface Way {
  readonly name: string;
  readonly verdict: Verdict;
  readonly parts?: Parts;
  readonly files?: ProjectFiles;
  /** The whole file of the handler, where it is not {@link Framework.code}. */
  readonly code?: string;
}

export const depending = (...names: readonly string[]): ProjectFiles => ({
  "package.json": JSON.stringify({ name: "app", type: "module", dependencies: Object.fromEntries(names.map((name) => [name, "*"])) }),
});

export const IMPORTS = 'import { mail, resend } from "@/lib/clients";\n';
export const SEND = "await resend.emails.send(mail);";

/** A limiter, functions that ask it, and those that do not, under names that say nothing. */
export const SHARED: ProjectFiles = {
  ...CLIENTS,
  "lib/doors.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { redis } from "./clients";

export const doors = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });

export async function admit(key: string): Promise<void> {
  const { success } = await doors.limit(key);
  if (!success) throw new Error("come back later");
}
export async function greet(key: string): Promise<void> {
  console.log(key);
}
export const admitting = (handler) => async (...args) => {
  await admit("all");
  return handler(...args);
};
export const greeting = (handler) => async (...args) => {
  await greet("all");
  return handler(...args);
};
`,
};

/** The ways that every framework has: in the handler, in a function of another file, and by a secret of machines. */
export function commonWays({ header, refuse }: Framework): readonly Way[] {
  const secret = header?.("authorization");
  return [
    { name: "nothing", verdict: "anyone" },
    { name: "a limiter in the handler", verdict: "nobody", parts: { imports: 'import { doors } from "@/lib/doors";\n', before: `const { success } = await doors.limit("all");\nif (!success) ${refuse}` } },
    { name: "a limiter behind the work", verdict: "anyone", parts: { imports: 'import { doors } from "@/lib/doors";\n', behind: 'const { success } = await doors.limit("all");\nconsole.log(success);' } },
    { name: "a function of another file that limits", verdict: "nobody", parts: { imports: 'import { admit } from "@/lib/doors";\n', before: 'await admit("all");' } },
    { name: "a function of another file that does not", verdict: "anyone", parts: { imports: 'import { greet } from "@/lib/doors";\n', before: 'await greet("all");' } },
    ...(secret === undefined
      ? []
      : ([
          { name: "a secret that only a cron job has", verdict: "nobody", parts: { before: `if (${secret} !== \`Bearer \${process.env.CRON_SECRET}\`) ${refuse}` } },
          { name: "a header that is there", verdict: "anyone", parts: { before: `if (!${header?.("x-cron") ?? ""}) ${refuse}` } },
          {
            name: "QStash's signature",
            verdict: "nobody",
            parts: {
              imports: 'import { Receiver } from "@upstash/qstash";\nconst receiver = new Receiver();\n',
              before: `await receiver.verify({ signature: ${header?.("upstash-signature") ?? ""} ?? "", body: "" });`,
            },
          },
          { name: "QStash's header, unchecked", verdict: "anyone", parts: { before: `console.log(${header?.("upstash-signature") ?? ""});` } },
        ] as const)),
  ];
}

/** A wrapper of the project around the handler, and one that limits nothing. */
export const wrappers: readonly Way[] = [
  { name: "a wrapper that limits", verdict: "nobody", parts: { imports: 'import { admitting } from "@/lib/doors";\n', wrap: (handler) => `admitting(${handler})` } },
  { name: "a wrapper that does not", verdict: "anyone", parts: { imports: 'import { greeting } from "@/lib/doors";\n', wrap: (handler) => `greeting(${handler})` } },
];

/** The lines of a handler. */
export const lines = ({ before = "", behind = "" }: Parts): string => [before, SEND, behind].filter(Boolean).join("\n");

/** A handler as an expression, in a wrapper where there is one. */
export const wrapped = ({ wrap }: Parts, handler: string): string => (wrap ? wrap(handler) : handler);
