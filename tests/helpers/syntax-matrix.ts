import { clientForms } from "./syntax-matrix/client-forms.ts";
import type { ProjectFiles } from "./project.ts";
import { textForms, valueForms } from "./syntax-matrix/value-forms.ts";

/** A case for `runRule`: spread it, and add `errors` where it is invalid. */
export interface MatrixCase {
  /** The form's name, such as `alias by const`. */
  readonly name: string;
  readonly code: string;
  /** Other files that the form needs, such as a barrel. */
  readonly files?: ProjectFiles;
}

export interface MatrixOptions {
  /** Forms to leave out, each with the reason. An unknown name throws. */
  readonly except?: Readonly<Record<string, string>>;
}

/** Leaves out the forms that put other text around a value. */
export const exceptAroundText = (reason: string): Record<string, string> => Object.fromEntries(textForms.map((name) => [name, reason]));

/**
 * The many ways to write one thing. A rule that knows what a value or a client is must know it in every form.
 *
 * @example
 * for (const { name, code } of syntaxMatrix.value("user.email", (setup, expr) => `
 *   import { Redis } from "@upstash/redis";
 *   const redis = Redis.fromEnv();
 *   export async function POST(user: { email: string }) {
 *     ${setup}
 *     await redis.set("user:1", ${expr});
 *   }`)) { … }
 */
export const syntaxMatrix = {
  /**
   * Forms of a value: `expr` means what `value` means (or contains it, in templates and concatenations), given the
   * statements in `setup`.
   * @param value an expression; a member access (`user.email`, `process.env.NAME`) has more forms than others.
   * @param make puts both into a program: `setup` where statements may stand and `value` may be read, `expr` where an
   * expression may stand. Both may hold `await`.
   */
  value(value: string, make: (setup: string, expr: string) => string, options: MatrixOptions = {}): MatrixCase[] {
    return cases(
      valueForms(value).map(({ name, setup, expr }) => ({ name, code: make(setup, expr) })),
      options,
    );
  },

  /**
   * Forms of reaching a Redis client of `@upstash/redis`.
   * @param make puts both into a module: `imports` at its top (import declarations and statements; may hold `await`),
   * `expr` directly before `.command(…)`.
   */
  client(make: (imports: string, expr: string) => string, options: MatrixOptions = {}): MatrixCase[] {
    return cases(
      clientForms().map(({ name, imports, expr, files }) => ({
        name,
        code: make(imports, expr),
        ...(files === undefined ? {} : { files }),
      })),
      options,
    );
  },
};

function cases(all: readonly MatrixCase[], { except = {} }: MatrixOptions): MatrixCase[] {
  for (const name of Object.keys(except)) {
    if (!all.some((form) => form.name === name)) throw new Error(`The syntax matrix has no form "${name}".`);
  }
  return all.filter((form) => !(form.name in except));
}
