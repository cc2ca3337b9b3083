import { keptText } from "./kept-text.ts";

/**
 * A question about a text, answered once for as long as the same text is asked about: several rules ask it of one file
 * after another. Keeps the last text alive, as ESLint does.
 */
export function oncePerText<Answer>(question: (text: string) => Answer): (text: string) => Answer {
  let last: { readonly text: string; readonly answer: Answer } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, answer: question(text) };
    return last.answer;
  };
}

const MAX_NAMES = 5000;
/** Longer ones are sentences, and come once. */
const MAX_LENGTH = 60;

/**
 * A question about a name, answered once for as long as few enough others are asked about: the same names come over and
 * over in a project. The answer must depend on nothing but the name.
 */
export function oncePerName<Answer>(question: (name: string) => Answer): (name: string) => Answer {
  const answers = new Map<string, Answer>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined || answers.has(name)) return known as Answer;
    const answer = question(name);
    if (name.length > MAX_LENGTH) return answer;
    if (answers.size >= MAX_NAMES) answers.clear();
    answers.set(keptText(name), answer);
    return answer;
  };
}
