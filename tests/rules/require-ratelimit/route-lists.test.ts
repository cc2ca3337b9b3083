import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "src/app.ts";

/** What is said of an Express app with this route. */
const verdict = (route: string): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      [ROUTE]: `import express from "express";
import rateLimit from "express-rate-limit";
import { mail, resend } from "../lib/clients";
const app = express();
const limiter = rateLimit({ limit: 5 });
const before = [express.json(), limiter];
const send = async (req, res) => { await resend.emails.send(mail); res.end(); };
${route}
app.listen(3000);
`,
    },
    ROUTE,
  );

describe("middleware and handlers in lists", () => {
  it.each([
    ["the limiter stands before the handler", `app.post("/send", [express.json(), limiter, send]);`],
    ["it stands in a list of its own", `app.post("/send", [express.json(), [limiter]], send);`],
    ["the list has a name", `app.post("/send", before, send);`],
    ["the list is spread", `app.post("/send", ...before, send);`],
    ["the handler is in a list with a name", `const stack = [limiter, [express.json()], send];\napp.post("/send", stack);`],
    ["it is used for all routes", `app.use(before);\napp.post("/send", [send]);`],
  ])("%s", (_, route) => {
    expect(verdict(route)).toBe("nobody");
  });

  it.each([
    ["a handler in a list", `app.post("/send", [express.json(), send]);`],
    ["a handler in a list in a list", `app.post("/send", [express.json(), [send]]);`],
    ["a list with a name and no limiter", `const stack = [express.json(), send];\napp.post("/send", stack);`],
    ["a limiter in another route's list", `app.post("/other", [limiter], (req, res) => res.end());\napp.post("/send", [send]);`],
  ])("%s", (_, route) => {
    expect(verdict(route)).toBe("anyone");
  });
});
