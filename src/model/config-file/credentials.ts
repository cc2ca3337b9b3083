import { credentialShape, findCredentials, type CredentialShape } from "../../sdk/credential-shapes.ts";
import { isDevelopmentCredential } from "../../sdk/qstash-dev.ts";
import { classifyEnvName, publicPrefixOf, type UpstashEnvName } from "../../sdk/env-names.ts";
import { isLocalAddress } from "../../sdk/hosts.ts";
import { isPlaceholder } from "../../sdk/placeholders.ts";
import { isReadByVectorOrSearch } from "../credentials/public-env.ts";
import type { ConfigFile } from "./config-file.ts";
import type { Entry, Range } from "./entries.ts";

/** A credential that is written out in a file of settings. */
export interface SettingCredential {
  readonly range: Range;
  /** Undefined: known by its name alone. */
  readonly shape: CredentialShape | undefined;
  /** The entry whose value it is, or stands in; undefined in comments and lines that are no entry. */
  readonly entry: Entry | undefined;
}

/**
 * Credentials in the order of the text, each once. References to other places, placeholders, and values that Upstash has
 * published for development are none; in samples and tests only what can't be made up is one.
 */
export function credentialsIn(file: ConfigFile): readonly SettingCredential[] {
  const found: SettingCredential[] = [];
  const add = (one: SettingCredential): void => {
    const isKnown = found.some(({ range }) => range[0] < one.range[1] && one.range[0] < range[1]);
    const isBelieved = !file.isSample || one.shape?.certain === true;
    if (!isKnown && isBelieved) found.push(one);
  };
  for (const { start, end, ...shape } of findCredentials(file.text, file.mentionsUpstash)) {
    add({ range: [start, end], shape, entry: file.entries.find(({ inner }) => inner[0] <= start && end <= inner[1]) });
  }
  for (const entry of file.entries) {
    const shape = file.isVerbatim(entry) ? undefined : credentialShape(entry.value);
    if (shape || isNamedCredential(file, entry)) add({ range: entry.inner, shape, entry });
  }
  return found.sort((one, other) => one.range[0] - other.range[0]);
}

/** A text that nobody would write in the place of a credential, under a name that only a secret of Upstash has here. */
function isNamedCredential(file: ConfigFile, entry: Entry): boolean {
  if (!mayBeCredential(entry.value)) return false;
  const meaning = file.meaningOf(entry);
  return meaning?.secret === true && !isOfLocalServer(file, meaning);
}

/** All that Upstash makes consists of these: no blanks, and none of the marks that references have (`op://`, `@`, `${`). */
const CHARACTERS = /^[\w+/=.~-]{16,600}$/u;
/** Paths, which other services keep secrets under, and files. */
const PATH = /^(?:[/.~]|(?:arn|kv|op|projects|secrets?|secretsmanager|ssm|vault)[/-])/iu;

/** Nothing says that this text is a placeholder, or leads to where the credential is kept. */
export function mayBeCredential(text: string): boolean {
  const value = text.trim().replace(/^Bearer /u, "");
  return CHARACTERS.test(value) && !PATH.test(value) && !isPlaceholder(value) && !isDevelopmentCredential(value);
}

/** All addresses of the product are of servers on the developer's machine, or in the same group of containers. */
function isOfLocalServer(file: ConfigFile, { product }: UpstashEnvName): boolean {
  const given = file.addresses.filter(({ meaning, entry }) => meaning.product === product && entry.value !== "");
  return given.length > 0 && given.every(({ entry }) => isLocalAddress(entry.value));
}

/** A secret that browsers, or everybody with the app, can read. */
export interface PublicSetting {
  readonly entry: Entry;
  /** The prefix that makes it so; undefined where the place does. */
  readonly prefix: string | undefined;
}

/** Secrets with full access under public names, and in what Expo builds into the app; none in samples and tests. */
export function publicSecretsIn(file: ConfigFile): readonly PublicSetting[] {
  if (file.isSample) return [];
  return file.entries.flatMap((entry) => {
    const prefix = publicPrefixOf(entry.name, file.settings.envPrefixes);
    const isPublic = prefix !== undefined || isInExpoApp(file, entry);
    return isPublic && isFullAccess(file, entry) ? [{ entry, prefix }] : [];
  });
}

/** `extra` of Expo's app.json is in every app that is built: https://docs.expo.dev/versions/latest/config/app/#extra */
function isInExpoApp(file: ConfigFile, { path }: Entry): boolean {
  return file.name === "app.json" && (path[0] === "expo" ? path[1] : path[0]) === "extra";
}

/** The value is a credential that may change data, or is filled in with one later. */
function isFullAccess(file: ConfigFile, entry: Entry): boolean {
  const [found] = findCredentials(entry.value, file.mentionsUpstash);
  // What the value shows counts more than what the name says.
  if (found) return found.access === "full";
  if (entry.references.some((name) => isSecretName(file, name))) return true;
  const meaning = file.meaningOf(entry);
  if (!meaning?.secret || meaning.access === "read-only" || /READ_?ONLY/iu.test(entry.name) || isReadByVectorOrSearch(entry.name)) return false;
  return (mayBeCredential(entry.value) && !isOfLocalServer(file, meaning)) || isReference(entry);
}

function isSecretName({ settings }: ConfigFile, name: string): boolean {
  const found = classifyEnvName(name, settings.envPrefixes, settings.readOnlyTokenEnv);
  return found?.secret === true && found.access === "full" && !found.generic;
}

/** Filled in from a store of secrets: `@name` (Vercel), `op://` (1Password), `vault:`, `encrypted:` (dotenvx) and their like. */
function isReference({ value, references }: Entry): boolean {
  return references.length > 0 || /^(?:@[\w-]+$|(?:encrypted|vault|arn|ref\+\w+):|[\w+-]{2,20}:\/\/)/iu.test(value) && !/^(?:https?|rediss?):/iu.test(value);
}

/** Variables that are named after a read-only token and hold one with full access, as the token itself says. */
export function mistakenForReadOnly(file: ConfigFile): readonly Entry[] {
  return file.entries.filter((entry) => {
    const shape = credentialShape(entry.value);
    if (shape?.access !== "full" || (file.isSample && !shape.certain)) return false;
    const { envPrefixes, readOnlyTokenEnv } = file.settings;
    return classifyEnvName(entry.name, envPrefixes, readOnlyTokenEnv)?.access === "read-only";
  });
}
