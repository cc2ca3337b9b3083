import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf } from "./verdicts.ts";

/* Libraries that tell who calls, and turn strangers away by themselves where an option says so. */

const ROUTE = "app/api/notes/route.ts";
const FILES = {
  ...CLIENTS,
  "lib/stack.ts": `import { StackServerApp } from "@stackframe/stack";
export const stackServerApp = new StackServerApp({ tokenStore: "nextjs-cookie" });
`,
  "lib/own.ts": `class Accounts { async getUser(options: { or: string }) { return { id: options.or }; } }
export const accounts = new Accounts();
`,
};
const IMPORTS = `import { stackServerApp } from "@/lib/stack";
import { accounts } from "@/lib/own";
import { redis, resend, mail } from "@/lib/clients";
import { withAuth } from "@workos-inc/authkit-nextjs";
import { getUserOrRedirect } from "@propelauth/nextjs/server/app-router";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import { PrivyClient } from "@privy-io/server-auth";
const verifier = CognitoJwtVerifier.create({ userPoolId: "eu_1", tokenUse: "access", clientId: "app" });
const privy = new PrivyClient(process.env.PRIVY_ID!, process.env.PRIVY_SECRET!);
`;
const bearer = 'request.headers.get("authorization")!.slice(7)';

const route = (body: string, work: string): string =>
  verdictOf({ ...FILES, [ROUTE]: `${IMPORTS}export async function POST(request: Request) {\n  ${body}\n  ${work}\n  return Response.json({});\n}\n` }, ROUTE);
const storing = (body: string): string => route(body, 'await redis.incr("notes");');
const mailing = (body: string): string => route(body, "await resend.emails.send(mail);");

describe("strangers are turned away", () => {
  it.each([
    'const user = await stackServerApp.getUser({ or: "throw" });',
    'await stackServerApp.getUser({ tokenStore: request, or: "redirect" });',
    'const or = "throw" as const;\n  const { id } = await stackServerApp.getUser({ or });',
    'const options = { or: request.url.endsWith("/x") ? "throw" : "redirect" } as const;\n  await stackServerApp.getUser(options);',
    "const { user } = await withAuth({ ensureSignedIn: true });",
    "await getUserOrRedirect();",
    'const user = await getUserOrRedirect({ returnToPath: "/notes" });',
    `const payload = await verifier.verify(${bearer});`,
    `const { userId } = await privy.verifyAuthToken(${bearer});`,
    `try {\n    await verifier.verify(${bearer});\n  } catch {\n    return new Response(null, { status: 401 });\n  }`,
  ])("by %s", (body) => {
    expect(storing(body)).toBe("nobody");
    expect(mailing(body)).toBe("any signed-in caller");
  });

  it.each([
    ["in a function of any name", "profileOf", "const user = await stackServerApp.getUser({ or: \"throw\" });\n  return { id: user.id };"],
    ["in one that is called like a check of admins", "verifySuperAdmin", 'const user = await stackServerApp.getUser({ or: "throw" });\n  if (user.primaryEmail !== process.env.OWNER_EMAIL) throw new Error("Not yours");\n  return { user };'],
    ["in one that is called like a session's", "getSession", "return withAuth({ ensureSignedIn: true });"],
    ["in one of any name that hands its promise on", "notesOf", `return verifier.verify(${bearer});`],
  ])("%s", (_name, name, body) => {
    const files = { ...FILES, "lib/who.ts": `${IMPORTS}export async function ${name}(request: Request) {\n  ${body}\n}\n` };
    const of = (call: string): string =>
      verdictOf({ ...files, [ROUTE]: `import { ${name} } from "@/lib/who";\nimport { redis } from "@/lib/clients";\nexport async function POST(request: Request) {\n  ${call}\n  await redis.incr("notes");\n  return Response.json({});\n}\n` }, ROUTE);
    expect(of(`await ${name}(request);`)).toBe("nobody");
    expect(of(`try {\n    await ${name}(request);\n  } catch (error) {\n    return Response.json({ error: String(error) }, { status: 500 });\n  }`)).toBe("nobody");
    expect(of(`try {\n    await ${name}(request);\n  } catch {\n    console.warn("stranger");\n  }`)).toBe("anyone");
    expect(of(`void ${name}(request);`)).toBe("anyone");
  });
});

describe("strangers get on", () => {
  it.each([
    ["where nothing is asked of them", "await stackServerApp.getUser();"],
    ["where they are nobody", 'await stackServerApp.getUser({ or: "return-null" });'],
    ["where they are made somebody", 'await stackServerApp.getUser({ or: "anonymous" });'],
    ["where the option may say either", 'await stackServerApp.getUser({ or: process.env.STRICT ? "throw" : "return-null" });'],
    ["where they choose the option", 'await stackServerApp.getUser({ or: new URL(request.url).searchParams.get("or") });'],
    ["where a user is looked up by his id", 'await stackServerApp.getUser("user_1", { or: "throw" });'],
    ["where nothing waits for it", 'void stackServerApp.getUser({ or: "throw" });'],
    ["where its failure is caught", 'await stackServerApp.getUser({ or: "throw" }).catch(() => null);'],
    ["where what is caught goes on", 'try {\n    await stackServerApp.getUser({ or: "throw" });\n  } catch (error) {\n    console.warn(error);\n  }'],
    ["where it is a class of the project", 'await accounts.getUser({ or: "throw" });'],
    ["where they need not be signed in", "await withAuth();"],
    ["where they need not, as it is written", "await withAuth({ ensureSignedIn: false });"],
    ["where a token is only decoded", `JSON.parse(atob(${bearer}.split(".")[1]));`],
    ["where a token's check is caught", `await verifier.verify(${bearer}).catch(() => undefined);`],
    ["where nothing waits for a token's check", `void privy.verifyAuthToken(${bearer});`],
  ])("%s", (_name, body) => {
    expect(storing(body)).toBe("anyone");
  });

  it.each([
    ["catches it", "notesOf", "try {\n    return await withAuth({ ensureSignedIn: true });\n  } catch {\n    return null;\n  }"],
    ["catches it, called like a session's", "getSession", "try {\n    return await withAuth({ ensureSignedIn: true });\n  } catch {\n    return null;\n  }"],
    ["hands on what was caught", "notesOf", "return withAuth({ ensureSignedIn: true }).catch(() => null);"],
    ["may not ask at all", "notesOf", 'if (request.headers.get("x-guest")) return null;\n  return withAuth({ ensureSignedIn: true });'],
  ])("where a function %s", (_name, name, body) => {
    const files = { ...FILES, "lib/who.ts": `${IMPORTS}export async function ${name}(request: Request) {\n  ${body}\n}\n` };
    expect(verdictOf({ ...files, [ROUTE]: `import { ${name} } from "@/lib/who";\nimport { redis } from "@/lib/clients";\nexport async function POST(request: Request) {\n  await ${name}(request);\n  await redis.incr("notes");\n  return Response.json({});\n}\n` }, ROUTE)).toBe("anyone");
  });

  it("to what is done in the catch", () => {
    const caught = 'try {\n    await stackServerApp.getUser({ or: "throw" });\n  } catch (error) {\n    await redis.lpush("failed", String(error));\n    throw error;\n  }';
    expect(route(caught, "")).toBe("anyone");
  });
});
