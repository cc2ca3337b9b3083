// Written by `npm run docs:update` from the files of this folder: do not edit.
import type { UpstashRule } from "../create-rule.ts";
import noBypassableRatelimit from "./no-bypassable-ratelimit.ts";
import noClientCredentials from "./no-client-credentials.ts";
import noClientImport from "./no-client-import.ts";
import noCredentialExposure from "./no-credential-exposure.ts";
import noCredentialInUrl from "./no-credential-in-url.ts";
import noDangerousCommands from "./no-dangerous-commands.ts";
import noDiscontinuedKafka from "./no-discontinued-kafka.ts";
import noErrorLeak from "./no-error-leak.ts";
import noFilterInjection from "./no-filter-injection.ts";
import noHardcodedCredentials from "./no-hardcoded-credentials.ts";
import noIgnoredTtl from "./no-ignored-ttl.ts";
import noLaxRatelimit from "./no-lax-ratelimit.ts";
import noPathInjection from "./no-path-injection.ts";
import noPerRequestClient from "./no-per-request-client.ts";
import noPiiInKeys from "./no-pii-in-keys.ts";
import noPlaintextPii from "./no-plaintext-pii.ts";
import noPredictableSecrets from "./no-predictable-secrets.ts";
import noPublicEnvCredentials from "./no-public-env-credentials.ts";
import noQstashDevMode from "./no-qstash-dev-mode.ts";
import noScriptInjection from "./no-script-injection.ts";
import noSharedRatelimitIdentifier from "./no-shared-ratelimit-identifier.ts";
import noSpoofableRatelimitIdentifier from "./no-spoofable-ratelimit-identifier.ts";
import noUncheckedRatelimit from "./no-unchecked-ratelimit.ts";
import noUntrustedCommand from "./no-untrusted-command.ts";
import noUntrustedDestination from "./no-untrusted-destination.ts";
import noUntrustedKey from "./no-untrusted-key.ts";
import noWriteWithReadOnlyToken from "./no-write-with-read-only-token.ts";
import preferFromEnv from "./prefer-from-env.ts";
import preferReadOnlyToken from "./prefer-read-only-token.ts";
import requireQstashVerification from "./require-qstash-verification.ts";
import requireRatelimit from "./require-ratelimit.ts";
import requireRatelimitAnalytics from "./require-ratelimit-analytics.ts";
import requireRatelimitPending from "./require-ratelimit-pending.ts";
import requireRatelimitProtection from "./require-ratelimit-protection.ts";
import requireServerOnly from "./require-server-only.ts";
import requireTls from "./require-tls.ts";
import requireTtlForSecrets from "./require-ttl-for-secrets.ts";
import requireWorkflowVerification from "./require-workflow-verification.ts";

/** Every rule of the plugin, by name. */
export const rules: Record<string, UpstashRule> = {
  "no-bypassable-ratelimit": noBypassableRatelimit,
  "no-client-credentials": noClientCredentials,
  "no-client-import": noClientImport,
  "no-credential-exposure": noCredentialExposure,
  "no-credential-in-url": noCredentialInUrl,
  "no-dangerous-commands": noDangerousCommands,
  "no-discontinued-kafka": noDiscontinuedKafka,
  "no-error-leak": noErrorLeak,
  "no-filter-injection": noFilterInjection,
  "no-hardcoded-credentials": noHardcodedCredentials,
  "no-ignored-ttl": noIgnoredTtl,
  "no-lax-ratelimit": noLaxRatelimit,
  "no-path-injection": noPathInjection,
  "no-per-request-client": noPerRequestClient,
  "no-pii-in-keys": noPiiInKeys,
  "no-plaintext-pii": noPlaintextPii,
  "no-predictable-secrets": noPredictableSecrets,
  "no-public-env-credentials": noPublicEnvCredentials,
  "no-qstash-dev-mode": noQstashDevMode,
  "no-script-injection": noScriptInjection,
  "no-shared-ratelimit-identifier": noSharedRatelimitIdentifier,
  "no-spoofable-ratelimit-identifier": noSpoofableRatelimitIdentifier,
  "no-unchecked-ratelimit": noUncheckedRatelimit,
  "no-untrusted-command": noUntrustedCommand,
  "no-untrusted-destination": noUntrustedDestination,
  "no-untrusted-key": noUntrustedKey,
  "no-write-with-read-only-token": noWriteWithReadOnlyToken,
  "prefer-from-env": preferFromEnv,
  "prefer-read-only-token": preferReadOnlyToken,
  "require-qstash-verification": requireQstashVerification,
  "require-ratelimit": requireRatelimit,
  "require-ratelimit-analytics": requireRatelimitAnalytics,
  "require-ratelimit-pending": requireRatelimitPending,
  "require-ratelimit-protection": requireRatelimitProtection,
  "require-server-only": requireServerOnly,
  "require-tls": requireTls,
  "require-ttl-for-secrets": requireTtlForSecrets,
  "require-workflow-verification": requireWorkflowVerification,
};
