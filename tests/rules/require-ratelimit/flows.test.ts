import { describe, expect, it } from "vitest";
import { verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/names/route.ts";

const verdict = (code: string): Verdict =>
  verdictOf(
    {
      "lib/ai.ts": 'import { genkit } from "genkit";\nimport { googleAI } from "@genkit-ai/google-genai";\n\nexport const ai = genkit({ plugins: [googleAI()] });\n',
      "lib/flows.ts": `import { ai } from "./ai";

export const prompt = ai.definePrompt({ name: "names", prompt: "A name, please." });
export const flow = ai.defineFlow({ name: "name" }, async (input) => {
  const { output } = await prompt(input);
  return output;
});
export const plain = ai.defineFlow({ name: "plain" }, async (input: string) => input.trim());
`,
      [ROUTE]: `import { ai } from "@/lib/ai";
import { flow, plain, prompt } from "@/lib/flows";
import { made } from "@acme/flows";

export async function POST(request: Request) {
  const text = await request.text();
  return Response.json(${code});
}
`,
    },
    ROUTE,
  );

/** Models that are asked through Genkit, whose flows are called like functions. */
describe("Genkit", () => {
  it.each([
    ["a model is asked", "await ai.generate(text)"],
    ["its answer is streamed", "ai.generateStream({ prompt: text })"],
    ["a prompt is called", "await prompt({ text })"],
    ["a prompt is streamed", "prompt.stream({ text })"],
    ["a flow is called that calls a prompt", "await flow(text)"],
  ])("%s", (_, code) => {
    expect(verdict(code)).toBe("anyone");
  });

  it.each([
    ["a flow that asks no model", "await plain(text)"],
    ["a prompt that is only put together", "await prompt.render({ text })"],
    ["what is not called", "{ flow: typeof flow }"],
    ["a flow of a package", "await made(text)"],
  ])("%s: nobody", (_, code) => {
    expect(verdict(code)).toBe("nobody");
  });
});
