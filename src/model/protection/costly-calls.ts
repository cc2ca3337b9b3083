import type { CostlyKind, CostlyRow } from "../../sdk/costly/index.ts";
import type { CanonicalPath } from "../../sdk/canonical.ts";
import type { FileModel } from "../file.ts";
import type { CallValue } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { READS } from "./account.ts";
import { onlySetsUpConnection } from "./connection-settings.ts";
import type { DoneOnce } from "./done-once.ts";
import { asksEach, isOfAnswer } from "./fixed-reads.ts";
import { addsToLog } from "./logs.ts";
import { workOfCommand } from "./dynamo.ts";
import { isLightQuery } from "./look-ups.ts";
import { makesSameFolder } from "./made-folders.ts";
import { looksUpOrMakes } from "./made-once.ts";
import { throwsAwayOwnRow } from "./own-keys.ts";
import { isPlainRead } from "./plain-reads.ts";
import { isOfPublicClient } from "./public-clients.ts";
import { isOfWebClient } from "./public-firebase.ts";
import { changesOwnAccount, leadsElsewhere } from "./sign-ins.ts";
import { asQuery, workOfQuery } from "./sql-work.ts";
import { onlyBeginsTransaction } from "./transactions.ts";

/*
 * What the calls that the tables know do where they stand: a change that each record allows once, a read that anyone may send
 * without the server, and a line in the server's own log are no work that a limiter would keep from anybody.
 */

/** Work as it is told and counted. */
export interface CostlyCall {
  readonly kind: CostlyKind;
  /** Words for a message: `changes the database through Prisma`. */
  readonly label: string;
  readonly isLight: boolean;
  readonly isPlain?: boolean;
  /** Whoever gets that far does it to his own account. */
  readonly isOwn?: true;
}

/** What costly calls of a request do in their place. */
export class CostlyCalls {
  readonly #file: FileModel;
  readonly #doneOnce: DoneOnce;

  constructor(file: FileModel, doneOnce: DoneOnce) {
    this.#file = file;
    this.#doneOnce = doneOnce;
  }

  /**
   * What a call does that a row of the table is for; undefined: no work.
   * @param actsForItself the server has signed in itself before, so that what follows it does as itself
   */
  of(call: Located<CallValue>, path: CanonicalPath, row: CostlyRow, actsForItself: boolean): CostlyCall | undefined {
    const { tracer } = this.#file;
    if (row.kind === "auth" && path.source === "next-auth" && leadsElsewhere(tracer, call)) return undefined;
    if (row.kind === "auth" && !actsForItself && changesOwnAccount(tracer, path, call)) {
      return { kind: "data-write", label: "changes the caller's account through Supabase", isLight: false, isOwn: true };
    }
    if (READS.has(row.kind) && !actsForItself && (isOfPublicClient(this.#file, call) || isOfWebClient(this.#file, call))) return undefined;
    if (row.kind === "file-system" && (addsToLog(this.#file, call) || makesSameFolder(tracer, call, path))) return undefined;
    if (row.kind === "database" && (isOfAnswer(tracer, call) || asksEach(call.value))) return undefined;
    if ((row.kind === "database" || row.kind === "data-write") && onlySetsUpConnection(tracer, call)) return undefined;
    if (onlyBeginsTransaction(tracer, call)) return { kind: "database", label: row.label, isLight: true };
    if (this.#doneOnce.onlyLooksUpAgain(call, (inner) => isLightQuery(this.#file, inner))) return { kind: "database", label: row.label, isLight: true, isPlain: true };
    const work = workOfQuery(tracer, call, workOfCommand(tracer, call, path, row));
    const isChange = work.kind === "data-write";
    if (isChange && this.#doneOnce.isSettling(call)) return undefined;
    // A claim finds nothing the next time, nor does who throws his own session away.
    const isClaim = isChange && (this.#doneOnce.isClaim(call) || looksUpOrMakes(this.#file, call) || throwsAwayOwnRow(this.#file, call));
    const { kind, label } = isClaim ? asQuery(work) : work;
    const isLight = isClaim || (kind === "database" && isLightQuery(this.#file, call));
    return { kind, label, isLight, isPlain: isLight || (kind === "database" && isPlainRead(this.#file, call)) };
  }
}
