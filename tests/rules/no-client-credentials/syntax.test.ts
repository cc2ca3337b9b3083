import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";
import { check, client, COMPONENT, env, READ_ONLY, TOKEN, USE_CLIENT, type Invalid } from "./shared.ts";

const NAME = "UPSTASH_REDIS_REST_TOKEN";

interface Place {
  readonly at: string;
  readonly by: string;
}

const PLAIN: Place = { at: TOKEN, by: `process.env.${READ_ONLY}` };

/** Where the variable is read in the forms that write it another way, and what takes its place. */
const READS: Readonly<Record<string, Place>> = {
  "member by optional chaining": { at: `process.env?.${NAME}`, by: `process.env?.${READ_ONLY}` },
  "member by string": { at: `process.env["${NAME}"]`, by: `process.env["${READ_ONLY}"]` },
  "member by template": { at: `process.env[\`${NAME}\`]`, by: `process.env["${READ_ONLY}"]` },
  "member by constant": { at: "process.env[FORM_KEY]", by: `process.env["${READ_ONLY}"]` },
  "member of an alias": { at: `formObject.${NAME}`, by: `formObject.${READ_ONLY}` },
  "member of a copy": { at: `formObject.${NAME}`, by: `formObject.${READ_ONLY}` },
  "member by destructuring": { at: `{ «${NAME}» }`, by: `${READ_ONLY}: ${NAME}` },
  "member by destructuring with rename": { at: `${NAME}: formOther`, by: `${READ_ONLY}: formOther` },
  "member by destructuring with rename and default": { at: `${NAME}: formOther = ""`, by: `${READ_ONLY}: formOther = ""` },
  "member by computed destructuring": { at: `["${NAME}"]: formOther`, by: `${READ_ONLY}: formOther` },
};

/** A variable is read wherever it is written, whatever becomes of its value. */
const reads = syntaxMatrix
  .value(TOKEN, (setup, expr) => `${USE_CLIENT}export async function held() {\n${setup}\nreturn [${expr}];\n}\n`)
  .map((form): Invalid => {
    const { at, by } = READS[form.name] ?? PLAIN;
    return { ...form, filename: COMPONENT, errors: [env(form.code, NAME, { at, readOnly: { by } })] };
  });

const FROM_ENV = "Redis.fromEnv()";
const CONSTRUCTED = new Set(["named import, constructed", "namespace import, constructed", "constructed in place", "subclass"]);
const written = (maker: string): string =>
  `new ${maker}({ url: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_URL!, token: ${PLAIN.by}! })`;

/** What is built by another name than `Redis.fromEnv()`: its maker, and the call where that has arguments. */
const MAKERS: Readonly<Record<string, { maker: string; at?: string }>> = {
  "renamed import": { maker: "FormRedis" },
  "namespace import": { maker: "formUpstash.Redis" },
  "namespace import by string": { maker: 'formUpstash["Redis"]', at: 'formUpstash["Redis"].fromEnv()' },
  "platform entry point": { maker: "Redis", at: "Redis.fromEnv(process.env as never)" },
  "require, renamed": { maker: "FormRedis" },
  "require, member": { maker: "FormRedis" },
  "require, namespace": { maker: "formUpstash.Redis" },
  "import = require": { maker: "formUpstash.Redis" },
  "dynamic import, namespace": { maker: "formUpstash.Redis" },
  "class re-exported": { maker: "Redis" },
};

const COMES_IN = /^(?:own module|barrel), /u;

/** A client is told once: where it is built, where its credential is read; where it comes in, by no-client-import. */
const clients = syntaxMatrix
  .client((imports, expr) => `${USE_CLIENT}${imports}\nexport const read = async () => { await ${expr}.get("a"); };\n`, {
    except: {
      "dynamic import in .then()": "the core does not follow it yet",
      "dynamic import in .then(), destructured": "the core does not follow it yet",
      "own module, dynamic import in .then()": "the core does not follow it yet",
      "ternary, made in both branches": "two clients: it has a case of its own below",
      "destructuring with rename and default": "two clients: it has a case of its own below",
    },
  })
  .filter(({ name }) => !COMES_IN.test(name))
  .map((form): Invalid => {
    const { code, name } = form;
    if (CONSTRUCTED.has(name)) {
      return { ...form, filename: COMPONENT, errors: [env(code, NAME, { at: TOKEN, readOnly: { by: PLAIN.by } })] };
    }
    const { maker, at = `${maker}.fromEnv()` } = MAKERS[name] ?? { maker: "Redis" };
    return { ...form, filename: COMPONENT, errors: [client(code, "Redis", { at, readOnly: { by: written(maker) } })] };
  });

const twice = `${USE_CLIENT}import { Redis } from "@upstash/redis";
const first = ${FROM_ENV};
const second = flag ? first : new Redis({ url: "https://example.upstash.io", token: ${TOKEN} });
export const read = () => second.get("a");
`;

check({
  valid: [],
  invalid: [
    ...reads,
    ...clients,
    {
      name: "each client is told, and each by what is wrong with it",
      code: twice,
      filename: COMPONENT,
      errors: [
        client(twice, "Redis", { at: FROM_ENV, readOnly: { by: written("Redis") } }),
        env(twice, NAME, { at: TOKEN, readOnly: { by: PLAIN.by } }),
      ],
    },
  ],
});
