import { namesUpstashHost, schemeToUpstash } from "../../sdk/hosts.ts";
import { isPlaceholder } from "../../sdk/placeholders.ts";
import type { ConfigFile } from "./config-file.ts";
import type { Entry, Range } from "./entries.ts";

/** A setting that makes connections to Upstash go without encryption, or without a look at certificates. */
export interface InsecureSetting {
  readonly is: "scheme" | "process";
  readonly entry: Entry;
  readonly scheme: string;
  /** Where `s` makes the scheme a secure one, or where the `0` stands; undefined where the value is written with escapes. */
  readonly at: number | undefined;
}

const NO_CHECKS = "NODE_TLS_REJECT_UNAUTHORIZED";

/** None in samples and tests; certificates are let alone in what is for the developer's machine. */
export function insecureSettingsIn(file: ConfigFile): readonly InsecureSetting[] {
  if (file.isSample) return [];
  return file.entries.flatMap((entry): readonly InsecureSetting[] => {
    const scheme = schemeToUpstash(entry.value);
    const start = file.isVerbatim(entry) ? entry.inner[0] : undefined;
    if (scheme === "http" || scheme === "redis") {
      return [{ is: "scheme", entry, scheme, at: start === undefined ? undefined : start + scheme.length }];
    }
    const isUnchecked = entry.name === NO_CHECKS && entry.value === "0" && file.mentionsUpstash && !file.isForDevelopment;
    return isUnchecked ? [{ is: "process", entry, scheme: "", at: start }] : [];
  });
}

/** A credential in an address of a setting. */
export interface CredentialInSetting {
  /** The parameter; undefined where it stands before the host. */
  readonly parameter: string | undefined;
  /** The parameter with its value, or `user:password@`; the whole value where it is written with escapes. */
  readonly range: Range;
  /** What is left of the text of `range` without it; undefined where that can't be told. */
  readonly without: string | undefined;
}

const PARAMETER = /(?<lead>[?&])(?<parameter>_token|qstash_token)=(?<value>[^&#\s"'`]*)(?<next>&?)/gu;
const AUTHORITY = /^(?<scheme>https?:\/\/)(?<user>[^/?#\s@:]{0,200}:(?<password>[^/?#\s@]{1,400})@)/iu;

/** Credentials of Upstash in addresses of Upstash, where they are written or filled in; none in samples and tests. */
export function credentialsInAddresses(file: ConfigFile): readonly CredentialInSetting[] {
  if (file.isSample) return [];
  return file.entries.flatMap((entry) => {
    const { value } = entry;
    const isUpstash = namesUpstashHost(value);
    if (!isUpstash && !value.includes("qstash_token")) return [];
    const found: CredentialInSetting[] = [];
    const add = (parameter: string | undefined, start: number, end: number, without: string): void => {
      const [offset] = entry.inner;
      found.push(file.isVerbatim(entry) ? { parameter, range: [offset + start, offset + end], without } : { parameter, range: entry.inner, without: undefined });
    };
    for (const { 0: match, index, groups } of value.matchAll(PARAMETER)) {
      const { lead = "", parameter = "", value: given = "", next = "" } = groups ?? {};
      const isGiven = given !== "" && (isFilledIn(given) || !isPlaceholder(given));
      if (isGiven && (isUpstash || parameter === "qstash_token")) add(parameter, index, index + match.length, next === "" ? "" : lead);
    }
    const { scheme = "", user = "", password = "" } = AUTHORITY.exec(value)?.groups ?? {};
    if (user !== "" && isUpstash && (isFilledIn(password) || !isPlaceholder(password))) add(undefined, scheme.length, scheme.length + user.length, "");
    return found;
  });
}

const isFilledIn = (text: string): boolean => /^\$\{?[A-Za-z_]/u.test(text);
