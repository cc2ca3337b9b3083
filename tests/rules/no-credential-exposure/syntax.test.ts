import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";
import { check, error, NAME, TOKEN, type Invalid } from "./shared.ts";

/** However the token is written, it is in the log. */
const values = syntaxMatrix
  .value(TOKEN, (setup, expr) => `export async function start() {\n${setup}\nconst shown = ${expr};\nconsole.log({ shown, at: 1 });\n}\n`)
  .map((form): Invalid => ({
    ...form,
    errors: [
      error("log", form.code, {
        at: "{ «shown», at",
        what: `\`shown\` holds \`${NAME}\`, and`,
        presence: ["{ shown, at", "{ shown: Boolean(shown), at"],
        remove: ["{ shown, at", "{ at"],
      }),
    ],
  }));

check({ valid: [], invalid: values });
