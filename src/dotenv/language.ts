import { VISITOR_KEYS, type DotenvDocument } from "./nodes.ts";
import { parseDotenv } from "./parse.ts";
import { sourceCodeClass, type DotenvSourceCode } from "./source-code.ts";

interface File {
  readonly path: string;
  readonly body: string | Uint8Array;
}

/** The ESLint language `upstash/dotenv`: every text is a `.env` file, so there are no parsing errors. */
export const dotenvLanguage = {
  fileType: "text",
  lineStart: 1,
  columnStart: 0,
  nodeTypeKey: "type",
  visitorKeys: VISITOR_KEYS,

  /** Options are those of other languages, which a config gives to all files: none matters here. */
  validateLanguageOptions(): void {
    // nothing to refuse
  },

  parse({ body }: File): { readonly ok: true; readonly ast: DotenvDocument } {
    return { ok: true, ast: parseDotenv(textOf(body)) };
  },

  createSourceCode({ body }: File, { ast }: { readonly ast: DotenvDocument }): DotenvSourceCode {
    return new (sourceCodeClass())(textOf(body), ast);
  },
} as const;

const textOf = (body: File["body"]): string => (typeof body === "string" ? body : new TextDecoder().decode(body));
