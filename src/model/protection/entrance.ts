import type { Ledger } from "./account.ts";
import { looksLikeAdmins } from "./admins.ts";
import { isIdle } from "./answer-building.ts";
import { lastName, looksLikeAuthentication } from "./caller-checks.ts";
import { noteDeclared } from "./declared.ts";
import { isOfAuth0, madeByAuthJs } from "./session-middleware.ts";
import type { FileModel } from "../file.ts";
import { moreOf, type Caller } from "../flow/guarded.ts";
import { unwrapHandler } from "../handlers/index.ts";
import { LIMITERS, looksLikeLimiterName } from "../../sdk/limiters.ts";
import { takesPayment } from "../../sdk/payments.ts";
import { buildsOnProcedures, setsProcedure } from "../../sdk/procedures.ts";
import { VERIFIERS } from "../../sdk/verifiers.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** `authActionClient.use(…)`, `protectedProcedure`: a builder's name says that it turns strangers away. */
const AUTH_BUILDER = /^(?:auth|protected|private|secure|admin|user|member|team|org|workspace)[A-Za-z]*(?:Action|Procedure|Client|Route)/u;
const ADMIN_BUILDER = /^admin(?:Action|Procedure|Client|Route)/u;
/** How a middleware lets a request pass: it calls `next()`, or it comes to its end by a `return`. */
export type HandsOn = "by calling" | "by returning";
type Run = (callee: { readonly fn: FunctionFacts; readonly place: Place }, handsOn?: HandsOn) => void;

/** Links of a builder's chain. */
const MAX_LINKS = 30;

/** What runs before the first line of a handler: its middleware, and what it is wrapped in. Puts it into the account. */
export class Entrance {
  /** Guarded before the handler's own first line. */
  guarded = false;
  readonly #file: FileModel;
  readonly #ledger: Ledger;
  readonly #run: Run;

  /** @param run reads what a function does to a request, into the same account */
  constructor(file: FileModel, ledger: Ledger, run: Run) {
    this.#file = file;
    this.#ledger = ledger;
    this.#run = run;
  }

  /** Middleware that runs before the handler: a function, or what a library made. */
  middleware(located: Located, handsOn?: HandsOn): void {
    for (const { value, place } of this.#file.tracer.alternatives(located)) {
      if (value.kind === "array") for (const item of value.items) this.middleware({ value: item, place }, handsOn);
      if (value.kind === "call") {
        this.wrapper({ value, place });
        // `createMiddleware(async (c, next) => …)`, `clerkMiddleware(async (auth, request) => …)`
        for (const callee of unwrapHandler(this.#file.tracer, { value, place }).functions) this.#run(callee, handsOn);
      }
      if (value.kind === "function") this.#run({ fn: value.fn, place }, handsOn);
      else {
        const isJudgedByCode = value.kind === "call" ? this.#isJudged({ value, place }) : madeByAuthJs(this.#file.tracer, { value, place }) !== undefined;
        if (!isJudgedByCode) this.#named(lastName(located.value) ?? lastName(value));
        // A plugin that is handed over and called by the framework: `register(rateLimit, { max: 10 })`.
        const path = value.kind === "import" ? this.#file.tracer.canonical({ value, place }) : undefined;
        if (path && LIMITERS.match(path)?.form === "middleware") this.#ledger.account.limit();
      }
    }
    noteDeclared(this.#file, this.#ledger, located);
    if (this.#ledger.account.guarded) this.guarded = true;
    this.#ledger.account.works.length = 0;
    this.#ledger.account.dynamic = false;
  }

  /** A call around the handler: `withRateLimit(handler)`, `verifySignatureAppRouter(handler)`. */
  wrapper(call: Located<CallValue>): void {
    const callee = { value: call.value.callee, place: call.place };
    this.#chain(callee);
    const path = this.#file.tracer.canonical(callee);
    if (path && LIMITERS.match(path)) this.#ledger.account.limit();
    else if (path && (VERIFIERS.match(path) || takesPayment(path))) this.#ledger.account.guarded = true;
    noteDeclared(this.#file, this.#ledger, callee);
    if (!isIdle(this.#file.tracer, callee) && !this.#isJudged(call)) this.#named(lastName(call.value.callee) ?? path?.path.at(-1));
    // `compose(withAuth, withRateLimit)(handler)`: the parts are what counts.
    for (const arg of call.value.args) {
      const inner = target(arg);
      if (inner.kind === "call") this.#named(lastName(inner.callee));
      else if (inner.kind === "function") this.#partOf(inner.fn);
      else this.#named(lastName(arg));
    }
    const made = target(call.value.callee);
    if (made.kind === "call") this.wrapper({ value: made, place: call.place });
    if (this.#ledger.account.guarded) this.guarded = true;
  }

  /**
   * `actionClient.use(limit).action(handler)`: what a builder is told to run before its handlers, also in other files.
   * @param seen the links that were followed before
   */
  #chain(callee: Located, seen = new Set<Value>()): void {
    let at: Located | undefined = callee;
    let named: Caller | undefined;
    let isBare = true;
    while (at && seen.size < MAX_LINKS && !seen.has(target(at.value))) {
      const { value, place }: Located = at;
      const made: Value = target(value);
      seen.add(made);
      const name: string = lastName(value) ?? "";
      if (AUTH_BUILDER.test(name)) named = moreOf(named, ADMIN_BUILDER.test(name) ? "admin" : "known");
      if (made.kind === "member") at = { value: made.object, place };
      else if (made.kind === "call") {
        const link: Value = target(made.callee);
        if (link.kind !== "member") {
          const maker = this.#file.tracer.canonical({ value: made.callee, place });
          if (maker && buildsOnProcedures(maker)) for (const value of made.args) this.#chain({ value, place }, seen);
          break;
        }
        if (link.property === "use") {
          isBare = false;
          for (const value of made.args) this.middleware({ value, place });
        } else if (link.property === "handler" && made.args[0]) {
          const handler = { value: made.args[0], place };
          const setter = this.#file.tracer.canonical({ value: made.callee, place });
          if (setter && setsProcedure(setter)) {
            // A function that can be read is judged by what it does, whatever the procedure is called.
            if (this.#file.tracer.functions(handler).length === 0) isBare = false;
            this.middleware(handler, "by returning");
          }
        }
        at = { value: link.object, place };
      } else {
        const [next]: readonly Located[] = made.kind === "import" ? this.#file.tracer.alternatives({ value: made, place }) : [];
        // A chain that ends in a package, or in a file that can't be read, may hold more than is seen.
        if (next?.value === made) isBare = false;
        at = next?.value === made ? undefined : next;
      }
    }
    // Believed by its name, unless it can be read to the end and runs nothing before its handlers.
    if (named && !isBare) this.#ledger.account.admit(named);
  }

  /** `(handler) => withRateLimit(handler, options)` among the parts of a composition. */
  #partOf(fn: FunctionFacts): void {
    for (const returned of fn.returns) {
      const made = target(returned);
      const wraps = made.kind === "call" && made.args.some((arg) => target(arg).kind === "param");
      if (wraps && fn.body.length <= 2) this.#named(lastName(made.callee));
    }
  }

  #named(name: string | undefined): void {
    if (name === undefined) return;
    if (looksLikeLimiterName(name)) this.#ledger.account.limit();
    else if (looksLikeAdmins(name)) this.#ledger.account.admit("admin");
    else if (looksLikeAuthentication(name)) this.#ledger.account.admit("known");
  }

  /** What it is called says less than what is known of it: it hands all on, or turns strangers away on some paths only. */
  #isJudged(call: Located<CallValue>): boolean {
    const path = this.#file.tracer.canonical({ value: call.value.callee, place: call.place });
    return (path !== undefined && isOfAuth0(path)) || this.#handsAllOn(call);
  }

  /** `NextAuth(config).auth((request) => …)`: the function is called for everyone, and told who is there. */
  #handsAllOn({ value, place }: Located<CallValue>): boolean {
    const { tracer } = this.#file;
    const isAuthJs = tracer.alternatives({ value: value.callee, place }).some((made) => madeByAuthJs(tracer, made) !== undefined);
    return isAuthJs && value.args.some((arg) => tracer.functions({ value: arg, place }).length > 0);
  }
}
