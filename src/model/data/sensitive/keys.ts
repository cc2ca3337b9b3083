import { matchName, wordsOf } from "./classify.ts";
import { looksLikeLogin } from "./records.ts";
import type { Sensitivity } from "./types.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Anywhere in a key: the entry is a lock, a counter, a list or a setting about secrets, not a secret. */
const ABOUT: ReadonlySet<string> = words(`
  lock locked lockout limit limiter ratelimit rate rl throttle cooldown count counter attempt retry retries fail failed
  failure blacklist blacklisted denylist blocklist revoked revocation used consumed sent last stat metric queue config
  setting index ids idx flag status usage price balance supply holder symbol transfer hash hashed csrf captcha dedup
  idempotency event log audit expires expiry expiration at version type schema summary analytics history message public
`);

/** Before `session`: what is going on there is no sign-in. */
const OTHER_SESSIONS: ReadonlySet<string> = words(`
  chat game checkout exam upload editor quiz call voice video agent ai conversation stream play player study training
  therapy booking cart poll room draft live whiteboard collab collaboration meeting interview stripe payment sync
  import
  export crawl browser playground test bot llm assistant thread workshop class lesson practice race match workout
  sandbox
  terminal debug recording support survey form onboarding tracking mcp
`);

/** After the head of a key: says by what it is looked up. */
const LOOKUPS: ReadonlySet<string> = words(`
  by for of user email phone id uid account token code value data v key customer member number ip address mobile
`);

const secret = (label: string, strength: "strong" | "weak" = "strong"): Sensitivity => ({
  category: "credentials",
  label,
  strength,
});
const session = (strength: "strong" | "weak"): Sensitivity => ({ category: "session", label: "session", strength });

const RESET = secret("password reset");
const VERIFICATION = secret("verification");

/** Phrases of a key that say what is stored under it, beyond what the names of values say. */
const KEY_PHRASES: ReadonlyMap<string, Sensitivity> = new Map([
  ["session", session("weak")],
  ["sess", session("strong")],
  ["sid", session("weak")],
  ["auth session", session("strong")],
  ["user session", session("strong")],
  ["login session", session("strong")],
  ["admin session", session("strong")],
  ["web session", session("strong")],
  ["sso session", session("strong")],
  ["cookie session", session("strong")],
  ["next auth session", session("strong")],
  ["reset", RESET],
  ["password reset", RESET],
  ["pwreset", RESET],
  ["pw reset", RESET],
  ["reset password", RESET],
  ["forgot password", RESET],
  ["verify", VERIFICATION],
  ["verification", VERIFICATION],
  ["email verification", VERIFICATION],
  ["email verify", VERIFICATION],
  ["verify email", VERIFICATION],
  ["phone verification", VERIFICATION],
  ["verify phone", VERIFICATION],
  ["magic", secret("magic link")],
  ["magic link", secret("magic link")],
  ["2fa", secret("one-time code", "weak")],
  ["mfa", secret("one-time code", "weak")],
  ["otc", secret("one-time code")],
  ["refresh", secret("refresh token", "weak")],
  ["oauth state", secret("OAuth state", "weak")],
  ["auth state", secret("OAuth state", "weak")],
  ["pkce", secret("PKCE code verifier", "weak")],
  ["nonce", secret("nonce", "weak")],
  ["impersonation", secret("impersonation token", "weak")],
]);

/** Categories of names that make a whole entry a secret; `user:email:` is as a rule an index by address. */
const KEY_CATEGORIES: ReadonlySet<string> = new Set(["credentials", "session"]);

const MAX_KEY = 120;

/** See `classifyKeyPrefix` in sensitive-names.ts. */
export function classifyKey(text: string, fields?: readonly string[]): Sensitivity | undefined {
  if (text.length > MAX_KEY) return undefined;
  const found = ofWords(text);
  if (found?.strength !== "weak" || fields === undefined) return found;
  return looksLikeLogin(fields) ? { ...found, strength: "strong" } : found;
}

function ofWords(text: string): Sensitivity | undefined {
  const { words: all, plurals } = wordsOf(text.replaceAll(".", ":"));
  if (all.some((word) => ABOUT.has(word) || (word.endsWith("s") && ABOUT.has(word.slice(0, -1))))) return undefined;
  for (let end = all.length; end > 0; end--) {
    const found = atEnd(all, end);
    if (found !== undefined) return plurals[end - 1] === true && isIndex(found, text, all) ? undefined : found;
    if (!LOOKUPS.has(all[end - 1] as string)) return undefined;
  }
  return undefined;
}

/** In the plural: `sessions:` is one session's area, `user:sessions:` and `tokens` list what there is. */
function isIndex({ category, strength }: Sensitivity, text: string, all: readonly string[]): boolean {
  if (category === "credentials" && strength === "strong") return false;
  return all.length > 1 || !(text.endsWith(":") || text.endsWith("/"));
}

function atEnd(all: readonly string[], end: number): Sensitivity | undefined {
  const head = all[end - 1] as string;
  if (head === "session" && all.slice(0, end - 1).some((word) => OTHER_SESSIONS.has(word))) return undefined;
  for (let length = Math.min(3, end); length > 0; length--) {
    const found = KEY_PHRASES.get(all.slice(end - length, end).join(" "));
    // A verb alone says it only where nothing else is said: `reset:`, `auth:verify:`, not `quota:reset:`.
    if (found !== undefined && (length > 1 || end === 1 || head === "session" || isAuthArea(all[end - 2] as string))) {
      return found;
    }
  }
  // Weak names of values are weaker still as the tail of a path: `code:`, `token:` alone, or in an auth area.
  for (let start = 0; start < end; start++) {
    const sensitivity = matchName(all.slice(start, end).join("_"))?.entry.sensitivity;
    if (sensitivity === undefined || !KEY_CATEGORIES.has(sensitivity.category)) continue;
    if (sensitivity.strength === "strong" || start === 0 || isAuthArea(all[start - 1] as string)) return sensitivity;
  }
  return undefined;
}

const AUTH_AREAS: ReadonlySet<string> = words(
  "auth login account user signin signup security oauth sso app admin password email phone sms 2fa mfa otp register",
);

function isAuthArea(word: string): boolean {
  return AUTH_AREAS.has(word);
}
