import path from "node:path";
import { RuleTester, type TestCaseError } from "@typescript-eslint/rule-tester";
import { afterAll, describe, expect, inject, it } from "vitest";
import type { UpstashRule } from "../../src/create-rule.ts";
import { FixOutputs } from "./fix-outputs.ts";
import { project, type ProjectFiles } from "./project.ts";
import { hasAsManyComments, lint, lostComments, mendsOf, problemsAfter, type Place } from "./round-trip.ts";

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
RuleTester.itSkip = it.skip;

/** The file that a case's code stands in unless it says otherwise. */
export const DEFAULT_FILENAME = "lib/example.ts";

interface CaseBase<Options extends object> {
  /** What the case is there for. */
  readonly name: string;
  readonly code: string;
  /** Relative to the project's root; its extension decides on TypeScript and JSX. */
  readonly filename?: string;
  /** The rule's options. */
  readonly options?: Partial<Options>;
  /** `settings.upstash` */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The other files of the project: the case then has a project of its own on disk, with its code in `filename`. */
  readonly files?: ProjectFiles;
  readonly only?: boolean;
}

export type ValidCase<Options extends object> = CaseBase<Options>;

export type InvalidCase<MessageId extends string, Options extends object> = CaseBase<Options> & {
  /** Message with its data, location, and each suggestion with its output. */
  readonly errors: readonly TestCaseError<MessageId>[];
  /** The code after all fixes; leave out when no report carries a fix. */
  readonly output?: string | string[] | null;
  /** Why a suggestion writes a comment anew; as many comments as before must then be there. */
  readonly rewritesComments?: string;
} & (
    | { readonly typecheck?: true }
    | {
        /** The outputs of this case are not type-checked. */
        readonly typecheck: false;
        readonly reason: string;
      }
  );

export interface RuleCases<MessageId extends string, Options extends object> {
  readonly valid: readonly ValidCase<Options>[];
  readonly invalid: readonly InvalidCase<MessageId, Options>[];
}

/**
 * Tests a rule. Each case runs under RuleTester, in a project on disk (`files`, or the defaults of {@link project}).
 * An empty file is added to the valid cases. For each invalid case, every fix and suggestion is applied alone: the
 * result must parse, keep the comments, no longer have that report, have no new one, and (in `fix-types.test.ts`, one
 * program for all rules) bring no new type error.
 */
export function runRule<MessageId extends string, Options extends object>(
  name: string,
  rule: UpstashRule<MessageId, Options>,
  cases: RuleCases<MessageId, Options>,
): void {
  const shared = project();
  const located = <Case extends CaseBase<Options>>(testCase: Case): Located<Case> => {
    const filename = testCase.filename ?? DEFAULT_FILENAME;
    const cwd =
      testCase.files === undefined ? shared : project({ ...testCase.files, [filename]: testCase.code });
    return { testCase, cwd, filename: path.join(cwd, filename) };
  };
  const valid = [...cases.valid, { name: "an empty file", code: "" }].map(located);
  const invalid = cases.invalid.map(located);

  tester().run(
    name,
    rule as never,
    {
      valid: valid.map(testerCase),
      invalid: invalid.map((located) => ({
        ...testerCase(located),
        errors: located.testCase.errors,
        output: located.testCase.output ?? null,
      })),
      assertionOptions: { requireData: true, requireLocation: true },
    } as never,
  );

  describe(`${name}: fix round trip`, () => {
    const outputs = new FixOutputs(name, inject("fixOutputs"));
    for (const { testCase, cwd, filename } of invalid) {
      it(testCase.name, () => {
        const place: Place = {
          rule: rule as unknown as UpstashRule<string, never>,
          cwd,
          filename,
          options: testCase.options === undefined ? [] : [testCase.options],
          settings: settingsOf(testCase),
        };
        const before = lint(testCase.code, place);
        expect(before.map((message) => message.messageId)).toEqual(testCase.errors.map((error) => error.messageId));
        for (const mend of mendsOf(testCase.code, before)) {
          const after = lint(mend.output, placeOfOutput(place, testCase, mend.output));
          const problems = problemsAfter(mend, testCase.code, before, after);
          expect(problems, `after ${mend.label}:\n${mend.output}`).toEqual([]);
          const lost = lostComments(testCase.code, mend.output, filename);
          const isRewritten = testCase.rewritesComments !== undefined && lost.length === 1 && hasAsManyComments(testCase.code, mend.output, filename);
          expect(isRewritten ? [] : lost, `comments lost by ${mend.label}:\n${mend.output}`).toEqual([]);
          outputs.add({
            name: `${testCase.name}, ${mend.label}`,
            filename: testCase.filename ?? DEFAULT_FILENAME,
            code: testCase.code,
            output: mend.output,
            files: testCase.files ?? {},
            typecheck: testCase.typecheck ?? true,
          });
        }
      });
    }
    afterAll(() => outputs.write());
  });
}

interface Located<Case> {
  readonly testCase: Case;
  readonly cwd: string;
  readonly filename: string;
}

const settingsOf = ({ settings }: CaseBase<object>): Record<string, unknown> =>
  settings === undefined ? {} : { upstash: settings };

const testerCase = <Options extends object>({ testCase, filename }: Located<CaseBase<Options>>): object => ({
  name: testCase.name,
  code: testCase.code,
  filename,
  settings: settingsOf(testCase),
  ...(testCase.options === undefined ? {} : { options: [testCase.options] }),
  ...(testCase.only === undefined ? {} : { only: testCase.only }),
});

const tester = (): RuleTester =>
  new RuleTester({ languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } });

/** A case with a project of its own gets a fresh one, so that the linted file on disk is what is linted. */
function placeOfOutput(place: Place, testCase: CaseBase<object>, output: string): Place {
  if (testCase.files === undefined) return place;
  const filename = testCase.filename ?? DEFAULT_FILENAME;
  const cwd = project({ ...testCase.files, [filename]: output });
  return { ...place, cwd, filename: path.join(cwd, filename) };
}
