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
