import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER } from "./shared.ts";

const ROUTE = "app/actions.ts";

/** Server actions: every one of them can be called by anyone who knows its id. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "a limiter that throws to refuse",
      filename: ROUTE,
      files: LIMITER,
      code: `"use server";

import { headers } from "next/headers";
import { ratelimit } from "@/lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function contact(form: FormData) {
  const { success } = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
  if (!success) throw new Error("Too many requests");
  await resend.emails.send({ from: "a@example.com", to: String(form.get("to")), subject: "Hi", text: "Hi" });
}
`,
    },
    {
      name: "no directive: an ordinary function",
      filename: ROUTE,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function contact() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
}
`,
    },
    {
      name: "a function that is not exported is no action",
      filename: ROUTE,
      code: `"use server";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

async function send() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
}

export async function nothing() {
  return send.name;
}
`,
    },
    {
      name: "a string in the middle of a function is no directive",
      filename: "app/page.tsx",
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default function Page() {
  async function send() {
    const note = "use server";
    await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
    return note;
  }
  return <button onClick={send} />;
}
`,
    },
    {
      name: "strangers are turned away by a redirect",
      filename: ROUTE,
      code: `"use server";

import { redirect } from "next/navigation";
import { auth } from "@clerk/nextjs/server";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function rename(name: string) {
  const { userId } = await auth();
  if (!userId) redirect("/sign-in");
  await db.user.update({ where: { id: userId }, data: { name } });
}
`,
    },
    {
      name: "strangers are turned away by a helper that throws",
      filename: ROUTE,
      files: {
        "lib/session.ts": `import { auth } from "@clerk/nextjs/server";

export async function requireUser() {
  const { userId } = await auth();
  if (!userId) throw new Error("Sign in first");
  return userId;
}
`,
      },
      code: `"use server";

import { requireUser } from "@/lib/session";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function rename(name: string) {
  const id = await requireUser();
  await db.user.update({ where: { id }, data: { name } });
}
`,
    },
    {
      name: "an action that is wrapped by a limiter in another file",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "lib/action.ts": `import { ratelimit } from "./ratelimit";

export function limitedAction<Args extends unknown[], Result>(run: (...args: Args) => Promise<Result>) {
  return async (...args: Args) => {
    const { success } = await ratelimit.limit("action");
    if (!success) throw new Error("Too many requests");
    return run(...args);
  };
}
`,
      },
      code: `"use server";

import { limitedAction } from "@/lib/action";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export const contact = limitedAction(async (to: string) => {
  await resend.emails.send({ from: "a@example.com", to, subject: "Hi", text: "Hi" });
});
`,
    },
    {
      name: "an action that reads what it is given",
      filename: ROUTE,
      code: `"use server";

export async function greet(name: string) {
  return \`Hello \${name}\`;
}
`,
    },
  ],
  invalid: [
    {
      name: "a file of actions: each is reported by itself",
      filename: ROUTE,
      files: LIMITER,
      code: `"use server";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function contact(form: FormData) {
  await resend.emails.send({ from: "a@example.com", to: String(form.get("to")), subject: "Hi", text: "Hi" });
}

export const subscribe = async (email: string) => db.subscriber.create({ data: { email } });
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "Server action contact", work: "sends mail through Resend", file: "" },
          line: 9,
          column: 23,
          endLine: 9,
          endColumn: 30,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `"use server";
import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";
import { headers } from "next/headers";

const resend = new Resend(process.env.RESEND_API_KEY);
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function contact(form: FormData) {
  const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    throw new Error("Too many requests. Try again later.");
  }
  await resend.emails.send({ from: "a@example.com", to: String(form.get("to")), subject: "Hi", text: "Hi" });
}

export const subscribe = async (email: string) => db.subscriber.create({ data: { email } });
`,
            },
          ],
        },
        {
          messageId: "costly",
          data: { title: "Server action subscribe", work: "changes the database through Prisma", file: "" },
          line: 13,
          column: 14,
          endLine: 13,
          endColumn: 23,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `"use server";
import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";
import { headers } from "next/headers";

const resend = new Resend(process.env.RESEND_API_KEY);
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function contact(form: FormData) {
  await resend.emails.send({ from: "a@example.com", to: String(form.get("to")), subject: "Hi", text: "Hi" });
}

export const subscribe = async (email: string) => {
  const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    throw new Error("Too many requests. Try again later.");
  }
  return db.subscriber.create({ data: { email } });
};
`,
            },
          ],
        },
      ],
    },
    {
      name: "an action inside a component: the check stands behind the directive",
      filename: "app/contact/page.tsx",
      files: LIMITER,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default function Page() {
  async function send(form: FormData) {
    "use server";

    await resend.emails.send({ from: "a@example.com", to: String(form.get("to")), subject: "Hi", text: "Hi" });
  }
  return <form action={send} />;
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "Server action send", work: "sends mail through Resend", file: "" },
          line: 6,
          column: 18,
          endLine: 6,
          endColumn: 22,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";
import { headers } from "next/headers";

const resend = new Resend(process.env.RESEND_API_KEY);

export default function Page() {
  async function send(form: FormData) {
    "use server";
    const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
    if (!rate.success) {
      throw new Error("Too many requests. Try again later.");
    }

    await resend.emails.send({ from: "a@example.com", to: String(form.get("to")), subject: "Hi", text: "Hi" });
  }
  return <form action={send} />;
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "an action in an attribute, without a name",
      filename: "app/contact/page.tsx",
      files: LIMITER,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default function Page() {
  return (
    <form
      action={async (form: FormData) => {
        "use server";
        await resend.emails.send({ from: "a@example.com", to: String(form.get("to")), subject: "Hi", text: "Hi" });
      }}
    />
  );
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "This server action", work: "sends mail through Resend", file: "" },
          line: 9,
          column: 9,
          endLine: 9,
          endColumn: 22,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";
import { headers } from "next/headers";

const resend = new Resend(process.env.RESEND_API_KEY);

export default function Page() {
  return (
    <form
      action={async (form: FormData) => {
        "use server";
        const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
        if (!rate.success) {
          throw new Error("Too many requests. Try again later.");
        }
        await resend.emails.send({ from: "a@example.com", to: String(form.get("to")), subject: "Hi", text: "Hi" });
      }}
    />
  );
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "an action kept in a constant",
      filename: "app/contact/page.tsx",
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default function Page() {
  const send = async () => {
    "use server";
    await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  };
  return <form action={send} />;
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "Server action send", work: "sends mail through Resend", file: "" },
          line: 6,
          column: 9,
          endLine: 6,
          endColumn: 13,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
              output: `import { Resend } from "resend";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

const ratelimit = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});
import { headers } from "next/headers";

const resend = new Resend(process.env.RESEND_API_KEY);

export default function Page() {
  const send = async () => {
    "use server";
    const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
    if (!rate.success) {
      throw new Error("Too many requests. Try again later.");
    }
    await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  };
  return <form action={send} />;
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "the page asks who is there, and the action does not",
      filename: "app/contact/page.tsx",
      files: LIMITER,
      code: `import { redirect } from "next/navigation";
import { auth } from "@clerk/nextjs/server";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export default async function Page() {
  const { userId } = await auth();
  if (!userId) redirect("/sign-in");
  async function clear() {
    "use server";
    await db.note.deleteMany();
  }
  return <form action={clear} />;
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "Server action clear", work: "changes the database through Prisma", file: "" },
          line: 10,
          column: 18,
          endLine: 10,
          endColumn: 23,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { redirect } from "next/navigation";
import { auth } from "@clerk/nextjs/server";
import { PrismaClient } from "@prisma/client";
import { ratelimit } from "@/lib/ratelimit";
import { headers } from "next/headers";

const db = new PrismaClient();

export default async function Page() {
  const { userId } = await auth();
  if (!userId) redirect("/sign-in");
  async function clear() {
    "use server";
    const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
    if (!rate.success) {
      throw new Error("Too many requests. Try again later.");
    }
    await db.note.deleteMany();
  }
  return <form action={clear} />;
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a signed-in caller can still send mail",
      filename: ROUTE,
      files: LIMITER,
      code: `"use server";

import { headers } from "next/headers";
import { requireUser } from "@acme/session";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function invite(email: string) {
  await requireUser((await headers()).get("cookie"));
  await resend.emails.send({ from: "a@example.com", to: email, subject: "Hi", text: "Hi" });
}
`,
      errors: [
        {
          messageId: "known",
          data: { title: "Server action invite", work: "sends mail through Resend", file: "", although: "" },
          line: 9,
          column: 23,
          endLine: 9,
          endColumn: 29,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `"use server";

import { headers } from "next/headers";
import { requireUser } from "@acme/session";
import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function invite(email: string) {
  const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    throw new Error("Too many requests. Try again later.");
  }
  await requireUser((await headers()).get("cookie"));
  await resend.emails.send({ from: "a@example.com", to: email, subject: "Hi", text: "Hi" });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "exported by a list",
      filename: ROUTE,
      files: LIMITER,
      code: `"use server";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

async function send(to: string) {
  await resend.emails.send({ from: "a@example.com", to, subject: "Hi", text: "Hi" });
}

export { send as contact };
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "Server action contact", work: "sends mail through Resend", file: "" },
          line: 10,
          column: 10,
          endLine: 10,
          endColumn: 25,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `"use server";
import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";
import { headers } from "next/headers";

const resend = new Resend(process.env.RESEND_API_KEY);

async function send(to: string) {
  const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    throw new Error("Too many requests. Try again later.");
  }
  await resend.emails.send({ from: "a@example.com", to, subject: "Hi", text: "Hi" });
}

export { send as contact };
`,
            },
          ],
        },
      ],
    },
    {
      name: "sign-in by password, through a helper that cannot be limited elsewhere",
      filename: ROUTE,
      files: LIMITER,
      code: `"use server";

import { compare } from "bcryptjs";
import { findUser } from "@acme/users";

export async function login(form: FormData) {
  const user = await findUser(String(form.get("email")));
  return compare(String(form.get("password")), user.passwordHash);
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "Server action login", work: "hashes or checks a password", file: "" },
          line: 6,
          column: 23,
          endLine: 6,
          endColumn: 28,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `"use server";

import { compare } from "bcryptjs";
import { findUser } from "@acme/users";
import { ratelimit } from "@/lib/ratelimit";
import { headers } from "next/headers";

export async function login(form: FormData) {
  const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    throw new Error("Too many requests. Try again later.");
  }
  const user = await findUser(String(form.get("email")));
  return compare(String(form.get("password")), user.passwordHash);
}
`,
            },
          ],
        },
      ],
    },
  ],
});
