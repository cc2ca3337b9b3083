import { createRule } from "../create-rule.ts";
import { guardFix } from "../fixes/guard.ts";
import { apparentProtection } from "../model/protection/apparent.ts";
import { moreOf } from "../model/flow/guarded.ts";
import { coverageOf } from "../model/protection/coverage.ts";
import type { Work } from "../model/protection/exposure.ts";
import { mostAtOnce } from "../model/protection/on-ways.ts";
import { exposureOf } from "../model/protection/protection.ts";
import type { Handler } from "../model/handlers/index.ts";
import { titleOf } from "../model/handlers/mounts.ts";
import { mayRunOnServers } from "../model/place/runtime.ts";
import { RECOMMENDED_KINDS, type CostlyKind } from "../sdk/costly/index.ts";

interface Options {
  /** `costly`: handlers that do costly or abusable work; `all`: every handler that is not static. */
  readonly handlers: "costly" | "all";
  /** With `costly`: reads of a database that strangers gain from (`abusable`), or all but a few look-ups (`all`). */
  readonly reads: "abusable" | "all";
}

/** What a signed-in user can still abuse at somebody else's cost. */
const ABUSABLE_BY_USERS: ReadonlySet<CostlyKind> = new Set<CostlyKind>(["mail", "sms", "llm"]);
const READS: ReadonlySet<CostlyKind> = new Set<CostlyKind>(["database", "redis-read"]);

/** So many commands of Redis as a limiter takes. */
const FEW = 3;
/** So many reads as a page is made of. */
const PAGE = 5;

const DEFAULTS: Options = { handlers: "costly", reads: "abusable" };

export default createRule({
  name: "require-ratelimit",
  meta: {
    type: "problem",
    docs: {
      description: "require a rate limiter before costly or abusable work in API route handlers",
      guideline: "Implement rate limiting",
      recommended: true,
      strict: { handlers: "all" },
      cwe: ["CWE-770", "CWE-799"],
    },
    hasSuggestions: true,
    messages: {
      costly:
        "{{title}} {{work}}{{file}} without consulting a rate limiter before it, so anyone can call it as often as they like. Call `limit()` first and answer 429 when it refuses.",
      although:
        "{{title}} {{work}}{{file}} without consulting a rate limiter before it, so anyone can call it as often as they like: {{although}}. Call `limit()` first and answer 429 when it refuses.",
      known:
        "{{title}} {{work}}{{file}} without consulting a rate limiter before it, so whoever it lets in can call it as often as they like{{although}}. Call `limit()` first and answer 429 when it refuses.",
      admins:
        "{{title}} {{work}}{{file}} without consulting a rate limiter before it, so any admin can call it as often as they like{{although}}. Call `limit()` first and answer 429 when it refuses.",
      any: "{{title}} can be called as often as anyone likes: it consults no rate limiter. Call `limit()` first and answer 429 when it refuses.",
      limit: "Consult {{limiter}} first, and answer 429 when it refuses.",
    },
    schema: {
      handlers: {
        type: "string",
        enum: ["costly", "all"],
        description: "Which handlers need a limiter: those that do costly or abusable work, or all that are not static.",
      },
      reads: {
        type: "string",
        enum: ["abusable", "all"],
        description:
          "With `costly`, which reads of a database count: those that strangers gain from, such as searches, lists as long as they like and what can be guessed, or all but a few look-ups.",
      },
    },
    defaultOptions: DEFAULTS,
  },
  relevant: (file) => file.handlers.possible && file.runtime.place !== "test" && mayRunOnServers(file.runtime),
  create(context, file, { handlers, reads }) {
    const isLittle = reads === "all" ? isFew : isPage;
    return {
      Program() {
        for (const handler of file.handlers.all) {
          if (handler.isCached || handler.isLimited) continue;
          const exposure = exposureOf(file, handler);
          const open = exposure.open.filter((work) => counts(work, handler, handlers));
          if (handlers === "costly" && isLittle(open)) continue;
          const reported = open[0];
          const uncounted = handlers === "all" && !handler.isPage && exposure.readable && !exposure.isStatic && !exposure.guarded && !exposure.caller;
          if (!reported && !uncounted) continue;
          const before = coverageOf(file, handler);
          if (before.guarded) continue;
          const past = open.map((work) => ({ ...work, caller: moreOf(work.caller, before.caller) }));
          const counted = past.filter((work) => counts(work, handler, handlers));
          const worst = worstOf(handlers === "costly" ? withoutLittle(counted, isLittle) : counted);
          if (!worst && !(uncounted && !before.caller)) continue;
          if (handler.isOutOfReach?.()) continue;
          const guard = guardFix(file, handler);
          const suggest = guard ? [{ messageId: "limit" as const, data: { limiter: guard.title }, fix: guard.fix }] : [];
          const title = sentenceStart(titleOf(file, handler));
          if (worst) {
            const through = worst.through === undefined ? "" : `, through \`${worst.through}()\``;
            const where = worst.file === undefined ? "" : ` (in ${worst.file}${through})`;
            const work = worst.label;
            const although = apparentProtection(file, handler, exposure);
            const { node } = handler;
            // Strangers were turned away, in the handler or before it.
            if (worst.caller) {
              const but = although === undefined ? "" : `: ${although}`;
              context.report({ node, messageId: worst.caller === "admin" ? "admins" : "known", data: { title, work, file: where, although: but }, suggest });
            } else if (although === undefined) context.report({ node, messageId: "costly", data: { title, work, file: where }, suggest });
            else context.report({ node, messageId: "although", data: { title, work, file: where, although }, suggest });
          } else {
            context.report({ node: handler.node, messageId: "any", data: { title }, suggest });
          }
        }
      },
    };
  },
});

/**
 * What a caller gains most from, or what harms most, the worst first; then changes, then reads, and last those that are the same
 * for all, such as a `SELECT 1` by which a connection is tried. Of one kind, what comes first is told.
 */
const WORST: readonly CostlyKind[] = ["child-process", "sms", "llm", "mail", "payment", "password", "auth"];

/** To ask a limiter takes as many commands of a store as such an answer. */
const isFew = (works: readonly Work[]): boolean => mostAtOnce(works) <= FEW && works.every(({ isLight }) => isLight);

/** What a public page is made of. */
function isPage(works: readonly Work[]): boolean {
  const commands = works.filter(({ kind }) => kind === "redis-read");
  return mostAtOnce(works) <= PAGE && mostAtOnce(commands) <= FEW && works.every(({ isLight, isPlain }) => isLight || isPlain);
}

/** What is not what a handler is reported for, where there is anything else. */
function withoutLittle(works: readonly Work[], isLittle: (works: readonly Work[]) => boolean): readonly Work[] {
  const others = works.filter((work) => !isLittle([work]));
  return others.length > 0 && isLittle(works.filter((work) => isLittle([work]))) ? others : works;
}

/** What strangers can do goes before what signed-in callers can, and what does something before what only reads. */
function worstOf(works: readonly Work[]): Work | undefined {
  const { length } = WORST;
  const rankOf = ({ kind, isLight }: Work): number => (READS.has(kind) ? length + (isLight ? 3 : 2) : WORST.indexOf(kind) + 1 || length + 1);
  const rank = (work: Work): number => rankOf(work) + (work.caller ? length + 3 : 0);
  return works.reduce<Work | undefined>((worst, work) => (worst && rank(worst) <= rank(work) ? worst : work), undefined);
}

function counts(work: Work, handler: Handler, handlers: Options["handlers"]): boolean {
  // Whoever shows a page reads, and often writes, what it takes to show it.
  if (handler.isPage) return ABUSABLE_BY_USERS.has(work.kind);
  if (handlers === "costly") {
    // Those who run the project pay for what they do.
    if (work.caller === "admin") return false;
    return work.caller ? ABUSABLE_BY_USERS.has(work.kind) : RECOMMENDED_KINDS.has(work.kind) || work.kind === "fetch";
  }
  return !(work.caller && READS.has(work.kind) && !changes(handler));
}

function changes({ method }: Handler): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "ANY";
}

function sentenceStart(text: string): string {
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
}
