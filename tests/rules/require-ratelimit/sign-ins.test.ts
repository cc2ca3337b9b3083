import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER, open } from "./shared.ts";

const ROUTE = "app/login/actions.ts";

/** Auth.js with these providers. */
const auth = (providers: string): Record<string, string> => ({
  "lib/auth.ts": `import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import GitHub from "next-auth/providers/github";
import Resend from "next-auth/providers/resend";
import { CompanyProvider } from "./providers";

export const { handlers, signIn, signOut, auth } = NextAuth({ providers: ${providers} });
`,
  "lib/providers.ts": 'export const CompanyProvider = { id: "company", type: "oidc", issuer: process.env.OIDC_ISSUER };\n',
});

const action = (call: string, parameters = ""): string => `"use server";
import { signIn } from "@/lib/auth";

export async function login(${parameters}) {
  ${call}
}
`;

const GUARD = `  const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    throw new Error("Too many requests. Try again later.");
  }
`;

const signsIn = (name: string, providers: string, code: string) =>
  open({
    name,
    filename: ROUTE,
    files: { ...LIMITER, ...auth(providers) },
    code,
    at: "login",
    after: "function ",
    title: "Server action login",
    work: "signs a user in",
    output: code
      .replace('auth";\n', 'auth";\nimport { ratelimit } from "@/lib/ratelimit";\nimport { headers } from "next/headers";\n')
      .replace(/(login\(.*\) \{\n)/u, `$1${GUARD}`),
    untyped: "next-auth is not installed",
  });

/** Auth.js signs in by itself with passwords and links; with all else it leads the browser to the provider's page. */
runRule("require-ratelimit", rule, {
  valid: [
    { name: "a provider of OAuth", filename: ROUTE, files: auth("[GitHub]"), code: action('await signIn("github", { redirectTo: "/" });') },
    {
      name: "one of several, by the project's own constants",
      filename: ROUTE,
      files: auth("[GitHub]"),
      code: action('const provider = isOld ? "azure-ad" : PROVIDER;\n  await signIn(provider);', "isOld: boolean").replace("\n\n", '\n\nconst PROVIDER = "microsoft-entra-id";\n\n'),
    },
    { name: "a provider of the project's own", filename: ROUTE, files: auth('[GitHub, { id: "house", type: "oauth" }]'), code: action('await signIn("house");') },
    {
      name: "one that is there only where it is set up",
      filename: ROUTE,
      files: auth("[GitHub, ...(process.env.OIDC_ISSUER ? [CompanyProvider] : [])]"),
      code: action('await signIn("company", { redirectTo: "/" });'),
    },
    {
      name: "a form on a page",
      filename: "app/login/page.tsx",
      files: auth("[GitHub]"),
      code: 'import { signIn } from "@/lib/auth";\n\nexport default function Page() {\n  return (\n    <form\n      action={async () => {\n        "use server";\n        await signIn("google");\n      }}\n    />\n  );\n}\n',
    },
  ],
  invalid: [
    signsIn("a password", "[Credentials({})]", action('await signIn("credentials", form);', "form: FormData")),
    signsIn("a link by mail", "[Resend]", action('await signIn("resend", form);', "form: FormData")),
    signsIn("a provider that the caller chooses", "[GitHub, Credentials({})]", action("await signIn(provider, form);", "provider: string, form: FormData")),
    signsIn("one of two that checks a password", "[GitHub, Credentials({})]", action('await signIn(form.has("password") ? "credentials" : "github", form);', "form: FormData")),
    signsIn("passwords under a name of the project's own", '[Credentials({ id: "company-password" })]', action('await signIn("company-password", form);', "form: FormData")),
    signsIn("a provider of the project's own that mails", '[GitHub, { id: "house", type: "email" }]', action('await signIn("house", form);', "form: FormData")),
    signsIn("whatever there is", "[GitHub]", action("await signIn();")),
  ],
});
