import type { FileModel } from "../file.ts";
import { callsOf } from "../syntax/all-calls.ts";
import type { CallValue, ModuleFacts, Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { isNothing, target } from "../values/values.ts";
import { isPublicText } from "./public-clients.ts";

/*
 * Firebase's SDK for browsers on a server. It has no secret key: made of public configuration, and signed in as nobody, it asks
 * what anyone can ask without the route. What holds callers back are the security rules.
 */

const WEB = /^firebase\/firestore(?:\/lite)?$/u;
/** They are given a database, or what was made of one, first. */
const HANDS_ON: ReadonlySet<string> = new Set(["doc", "collection", "collectionGroup", "query"]);
const OPENS: ReadonlySet<string> = new Set(["getFirestore", "initializeFirestore"]);
const SIGNS_IN = /^signInWith(?:EmailAndPassword|CustomToken|Credential|EmailLink)$/u;
const MAX_DEPTH = 8;

/** The read is sent by such a client, whichever it is. */
export function isOfWebClient(file: FileModel, { value, place }: Located<CallValue>): boolean {
  const path = file.tracer.canonical({ value: value.callee, place });
  const [asked] = value.args;
  return path !== undefined && WEB.test(path.source) && asked !== undefined && isOfPublicApp(file, { value: asked, place }, 0);
}

/** The call signs the client in as somebody: from there on it asks for him. */
export function signsInForItself({ callee }: CallValue): boolean {
  const called = target(callee);
  return called.kind === "import" && called.source === "firebase/auth" && SIGNS_IN.test(called.name);
}

function isOfPublicApp(file: FileModel, asked: Located, depth: number): boolean {
  const { tracer } = file;
  // A client that is made when it is first asked for is nothing before.
  const found = tracer.alternatives(asked).filter(({ value }) => !isNothing(value));
  return found.length > 0 && depth < MAX_DEPTH && found.every(({ value, place }) => {
    const path = value.kind === "call" ? tracer.canonical({ value: value.callee, place }) : undefined;
    const [first] = value.kind === "call" ? value.args : [];
    if (!path || !first || !WEB.test(path.source) || path.path.length !== 1) return false;
    const [name = ""] = path.path;
    if (OPENS.has(name)) return isPublicApp(file, { value: first, place }) && !signsIn(place.module);
    return HANDS_ON.has(name) && isOfPublicApp(file, { value: first, place }, depth + 1);
  });
}

/** `getApps().length ? getApp() : initializeApp(config)` */
function isPublicApp(file: FileModel, app: Located): boolean {
  const { tracer } = file;
  let isMade = false;
  const isKnown = tracer.alternatives(app).filter(({ value }) => !isNothing(value)).every(({ value, place }) => {
    const call = value.kind === "member" ? target(value.object) : value;
    const path = call.kind === "call" ? tracer.canonical({ value: call.callee, place }) : undefined;
    if (call.kind !== "call" || path?.source !== "firebase/app") return false;
    const [config] = call.args;
    if (path.path[0] !== "initializeApp" || value !== call) return /^getApps?$/u.test(path.path[0] ?? "");
    isMade = true;
    return config !== undefined && tracer.alternatives({ value: config, place }).every((one) => isPublicConfig(file, one));
  });
  return isKnown && isMade;
}

function isPublicConfig(file: FileModel, { value, place }: Located): boolean {
  return value.kind === "object" && value.entries.every(({ spread, value: entry }) => !spread && file.tracer.alternatives({ value: entry, place }).every((part) => isShown(part.value)));
}

const isShown = (value: Value): boolean => value.kind === "literal" || isPublicText(value);

function signsIn(module: ModuleFacts): boolean {
  for (const call of callsOf(module)) if (signsInForItself(call)) return true;
  return false;
}
