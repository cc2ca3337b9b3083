import type { Ledger } from "./account.ts";
import { isNamedIn } from "./caller-checks.ts";
import type { FileModel } from "../file.ts";
import type { Located } from "../values/trace.ts";

/** Named in `settings.upstash.rateLimiters` or `verifiers`. */
export function isDeclared({ tracer, settings }: FileModel, located: Located): boolean {
  return isNamedIn(tracer, located, settings.rateLimiters) || isNamedIn(tracer, located, settings.verifiers);
}

/** Puts what the settings name into the account. */
export function noteDeclared(file: FileModel, { account }: Ledger, located: Located): boolean {
  if (!isDeclared(file, located)) return false;
  if (isNamedIn(file.tracer, located, file.settings.rateLimiters)) account.limit();
  account.guarded = true;
  return true;
}
