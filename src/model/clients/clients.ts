import { rawArgRoles, REDIS_COMMANDS, type ArgRole, type CommandSpec } from "../../sdk/redis-commands.ts";
import { sdkExport, type Product, type SdkExport } from "../../sdk/packages.ts";
import { oncePerText } from "../../once-per-text.ts";
import type { Settings } from "../../settings.ts";
import { MAX_LINKS } from "../values/chains.ts";
import type { CallValue, ImportValue, TypeShape, Value } from "../values/ir.ts";
import { constantOf, target } from "../values/values.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { extract } from "./command-arguments.ts";
import { isRequestMethod, mayRequest } from "./http-requests.ts";
import { restCommandsOf } from "./rest-commands.ts";
import { isWireMethod, wireCommandOf } from "./wire-commands.ts";
import { within } from "../../project/root.ts";

/** A client, limiter or other object of an Upstash SDK. */
export interface Client {
  readonly product: Product;
  /** The row of the SDK's table; undefined for clients that only `settings.upstash.clients` knows. */
  readonly sdk: SdkExport | undefined;
  /** Where it is built; undefined for ready-made instances and declared types. */
  readonly construction: Located<CallValue> | undefined;
  /** `fromEnv` and its like; `""` where the constructor reads the environment by itself. */
  readonly envMethod: string | undefined;
}

/** How commands run on a receiver: at once, or gathered in a pipeline or transaction. */
type Mode = "direct" | "batch";

/** One Redis command as it is written at a call. */
export interface Command {
  /** Method path in lower case as the SDK spells it: `"set"`, `"json.set"`. */
  readonly name: string;
  readonly access: CommandSpec["access"];
  readonly client: Client;
  readonly call: Located<CallValue>;
  readonly keys: readonly Value[];
  /** Field names of hashes and streams that are written as plain arguments. */
  readonly fields: readonly Value[];
  /** Whatever is stored: plain values, members, and objects of fields or keys. */
  readonly values: readonly CommandValue[];
  /** Expiry in the call: the argument or the options object. */
  readonly ttl: Value | undefined;
  /** Every argument whose place is known, in order. */
  readonly args: readonly CommandValue[];
  /** Run at once, or gathered in a pipeline or transaction. */
  readonly mode: Mode;
  /** Written as Redis takes it, word by word: `exec(["SET", key, value])`, and all that does not go through Upstash's SDK. */
  readonly isRaw: boolean;
  /** What runs it instead of Upstash's SDK: a client of another maker, or a request to the REST API. */
  readonly via?: "ioredis" | "node-redis" | "rest";
}

export interface CommandValue {
  readonly value: Value;
  /** What kind of argument it is, which says how to read an object. */
  readonly role: ArgRole;
}

/** Classes that extend each other: files may import each other in a circle. */
const MAX_CLASSES = 20;

/** Recognises clients and the commands run on them, in the file being linted and behind imports. */
export class Clients {
  readonly #tracer: Tracer;
  readonly #settings: Settings;

  constructor(tracer: Tracer, settings: Settings) {
    this.#tracer = tracer;
    this.#settings = settings;
  }

  /** The client that a value is. Undefined: it is none, or that can't be known. */
  clientOf(located: Located): Client | undefined {
    return this.#tracer.memo(this, located, undefined, () => this.#find(located));
  }

  #find(located: Located): Client | undefined {
    const declared = this.#declared(located);
    if (declared) return declared;
    for (const alternative of this.#tracer.alternatives(located)) {
      const client = this.#built(alternative);
      if (client) return client;
    }
    return this.#typed(located);
  }

  /** What `settings.upstash.clients` says of an imported name. */
  #declared({ value, place }: Located): Client | undefined {
    if (this.#settings.clients.size === 0) return undefined;
    const imported = target(value);
    if (imported.kind !== "import") return undefined;
    const names = referenceNames(imported, place, this.#tracer);
    const product = names.map((name) => this.#settings.clients.get(name)).find((found) => found !== undefined);
    return product && { product, sdk: undefined, construction: undefined, envMethod: undefined };
  }

  #built({ value, place }: Located): Client | undefined {
    if (value.kind === "import") {
      const sdk = sdkExport(value.source, value.name);
      return sdk?.role === "client-instance" ? { product: sdk.product, sdk, construction: undefined, envMethod: "" } : undefined;
    }
    if (value.kind === "ref") return this.#typed({ value, place });
    if (value.kind === "param") {
      const type = value.fn.params[value.index]?.type;
      return type && this.#ofType(type, { value, place });
    }
    if (value.kind !== "call") return undefined;
    const construction = { value, place };
    const maker = this.exportOf({ value: value.callee, place });
    if (maker && (value.isNew ? isClass(maker) : maker.role === "client-factory")) {
      return { product: maker.product, sdk: maker, construction, envMethod: value.args.length === 0 ? "" : undefined };
    }
    for (const callee of this.#tracer.alternatives({ value: value.callee, place })) {
      if (callee.value.kind !== "member" || callee.value.property === undefined) continue;
      const method = callee.value.property;
      const sdk = this.exportOf({ value: callee.value.object, place: callee.place });
      if (sdk && isClass(sdk) && sdk.env && Object.hasOwn(sdk.env, method)) {
        return { product: sdk.product, sdk, construction, envMethod: method };
      }
    }
    return undefined;
  }

  /** The SDK's row for a class or function, also behind `class X extends Redis`. Undefined: it is none, or not known. */
  exportOf(located: Located, depth = 0): SdkExport | undefined {
    for (const { value, place } of this.#tracer.alternatives(located)) {
      if (value.kind === "import") {
        const sdk = sdkExport(value.source, value.name);
        if (sdk) return sdk;
      } else if (value.kind === "member" && value.property !== undefined) {
        // `upstash.default.Redis`, and CommonJS namespaces.
        const path = this.#tracer.canonical({ value, place });
        const sdk = path && path.path.length <= 2 ? sdkExport(path.source, path.path.at(-1) ?? "") : undefined;
        if (sdk) return sdk;
      } else if (value.kind === "class" && value.cls.superclass && depth < MAX_CLASSES) {
        const sdk = this.exportOf({ value: value.cls.superclass, place }, depth + 1);
        if (sdk) return sdk;
      }
    }
    return undefined;
  }

  #typed({ value, place }: Located): Client | undefined {
    let at = value;
    for (let links = 0; links < MAX_LINKS && at.kind === "ref"; links++, at = at.target) {
      const client = at.type && this.#ofType(at.type, { value: at, place });
      if (client) return client;
    }
    return undefined;
  }

  #ofType(type: TypeShape, located: Located): Client | undefined {
    if (type.kind === "any-of") {
      return type.of.map((part) => this.#ofType(part, located)).find((client) => client !== undefined);
    }
    if (type.kind === "named") return type.target && this.#ofType(type.target, located);
    if (type.kind === "typeof") return this.clientOf({ value: type.value, place: { module: located.place.module } });
    if (type.kind !== "import") return undefined;
    const sdk = sdkExport(type.source, type.name);
    if (sdk && isClass(sdk)) return { product: sdk.product, sdk, construction: undefined, envMethod: undefined };
    return undefined;
  }

  /** The command that a call runs. Undefined: it runs none, or its receiver is not known to be a client. */
  commandOf(call: Located<CallValue>): Command | undefined {
    const { callee } = call.value;
    if (callee.kind !== "member" || callee.property === undefined) return this.#aliasedCommand(call) ?? this.#requested(call)[0];
    const path = methodPath(callee);
    if (path.name === "exec") return this.#rawCommand(call, path.receiver);
    const spec = REDIS_COMMANDS.get(path.name);
    const found = spec && this.#receiver({ value: path.receiver, place: call.place });
    if (found) return extract(path.name, spec, { ...found, call, isRaw: false }, knownArguments(call.value), spec.args);
    return this.#indexCommand(call, path) ?? this.otherCommandOf(call) ?? this.#requested(call)[0];
  }

  /** `index.query(…)`, where `index` is `redis.search.index("notes")`. */
  #indexCommand(call: Located<CallValue>, { receiver, name }: MethodPath): Command | undefined {
    if (!isIndexMethod(name)) return undefined;
    for (const { value, place } of this.#tracer.alternatives({ value: receiver, place: call.place })) {
      const opens = value.kind === "call" && !value.isNew ? target(value.callee) : undefined;
      const group = opens?.kind === "member" && INDEXES.test(opens.property ?? "") ? target(opens.object) : undefined;
      const path = group?.kind === "member" ? `${group.property ?? ""}.index().${name}` : "";
      const spec = REDIS_COMMANDS.get(path);
      const found = spec && group?.kind === "member" ? this.#receiver({ value: group.object, place }) : undefined;
      if (spec && found?.mode === "direct") return extract(path, spec, { ...found, call, isRaw: false }, knownArguments(call.value), spec.args);
    }
    return undefined;
  }

  /** The command that a call runs on a client of another maker that is connected to Upstash. */
  otherCommandOf(call: Located<CallValue>): Command | undefined {
    const { callee } = call.value;
    if (callee.kind !== "member" || callee.property === undefined) return undefined;
    const path = methodPath(callee);
    return isWireMethod(path.name) ? wireCommandOf(this.#tracer, call, path) : undefined;
  }

  /** As {@link commandOf}: all commands of a request that sends several. */
  commandsOf(call: Located<CallValue>): readonly Command[] {
    const command = this.commandOf(call);
    return command?.via === "rest" ? this.#requested(call) : command ? [command] : [];
  }

  #requested(call: Located<CallValue>): readonly Command[] {
    return mayRequest(call.value.callee) ? restCommandsOf(this.#tracer, call) : [];
  }

  /** `const { set } = redis; set(…)`, `const write = redis.set.bind(redis)`. */
  #aliasedCommand(call: Located<CallValue>): Command | undefined {
    const callee = boundMethod(call.value.callee) ?? target(call.value.callee);
    if (callee === call.value.callee || callee.kind !== "member" || callee.property === undefined) return undefined;
    return this.commandOf({ value: { ...call.value, callee }, place: call.place });
  }

  #rawCommand(call: Located<CallValue>, receiver: Value): Command | undefined {
    const [list] = call.value.args;
    const words = list && this.#tracer.alternatives({ value: list, place: call.place })[0]?.value;
    if (words?.kind !== "array") return undefined;
    const raw = rawArgRoles(words.items.map((item) => constantOf(item)));
    const found = raw && this.#receiver({ value: receiver, place: call.place });
    if (!raw || found?.mode !== "direct") return undefined;
    return extract(raw.name.toLowerCase(), raw.spec, { ...found, call, isRaw: true }, words.items.slice(1), raw.roles);
  }

  /** The client behind a receiver: itself, a pipeline or transaction of it, or the chain of calls on one. */
  #receiver(located: Located, depth = 0): { client: Client; mode: Mode } | undefined {
    const client = this.clientOf(located);
    if (client) return client.product === "redis" ? { client, mode: "direct" } : undefined;
    if (depth > 64) return undefined;
    for (const { value, place } of this.#tracer.alternatives(located)) {
      if (value.kind !== "call" || value.isNew) continue;
      const callee = target(value.callee);
      if (callee.kind !== "member" || callee.property === undefined) continue;
      const opens = callee.property === "pipeline" || callee.property === "multi";
      const path = methodPath(callee);
      const receiver = this.#receiver({ value: path.receiver, place }, depth + 1);
      if (receiver && (opens || (receiver.mode === "batch" && REDIS_COMMANDS.has(path.name)))) {
        return { client: receiver.client, mode: "batch" };
      }
    }
    return undefined;
  }
}

/** The `redis.set` of `redis.set.bind(redis)`, which binds no arguments. Undefined: it is no such function. */
export function boundMethod(callee: Value): Value | undefined {
  const call = target(callee);
  if (call.kind !== "call" || call.args.length !== 1 || call.spreadAt !== undefined) return undefined;
  const bind = target(call.callee);
  return bind.kind === "member" && bind.property === "bind" ? target(bind.object) : undefined;
}

function isClass({ role }: SdkExport): boolean {
  return role === "client-class" || role === "limiter-class" || role === "receiver-class";
}

/** The arguments whose places are known: an element of what is spread stands for what begins there. */
function knownArguments({ args, spreadAt }: CallValue): readonly Value[] {
  const spread = spreadAt === undefined ? undefined : args[spreadAt];
  if (!spread) return args;
  return [...args.slice(0, spreadAt), { kind: "member", object: spread, property: undefined, ...(spread.node ? { node: spread.node } : {}) }];
}

interface MethodPath {
  readonly receiver: Value;
  readonly name: string;
}

/** What hands out an index. */
const INDEXES = /^(?:index|createIndex)$/u;
const OF_INDEX = ".index().";
let indexMethods: ReadonlySet<string> | undefined;

/** False where no command of an index is called so. */
function isIndexMethod(name: string): boolean {
  indexMethods ??= new Set([...REDIS_COMMANDS.keys()].flatMap((path) => (path.includes(OF_INDEX) ? [path.slice(path.indexOf(OF_INDEX) + OF_INDEX.length)] : [])));
  return indexMethods.has(name);
}

/** `redis.json.set` → the receiver `redis` and `"json.set"`. */
function methodPath(callee: Value & { kind: "member" }): MethodPath {
  const { object, property = "" } = callee;
  const group = target(object);
  if (group.kind === "member" && (group.property === "json" || group.property === "functions")) {
    return { receiver: group.object, name: `${group.property}.${property}` };
  }
  return { receiver: object, name: property };
}

let methodNames: ReadonlySet<string> | undefined;

/** False where no command, no `exec` and no request such as `axios.post` is called by that method name. */
export function isCommandMethod(name: string): boolean {
  methodNames ??= new Set([...REDIS_COMMANDS.keys(), "exec"].map((path) => path.split(".").at(-1) ?? path));
  return methodNames.has(name) || isWireMethod(name) || isRequestMethod(name);
}

let writeCall: RegExp | undefined;

/** Text test: false where no method with the name of a command that stores something is called. */
export const mayStore = oncePerText((text) => {
  if (!writeCall) {
    const names = [...REDIS_COMMANDS].flatMap(([name, { access, stores }]) =>
      access === "write" && stores !== false && !name.includes("(") ? [name.split(".").at(-1)] : [],
    );
    // node-redis' camel case included, and requests to the REST API.
    writeCall = new RegExp(`[.'"\`/](?:${[...new Set(names), "exec", "call", "sendcommand"].join("|")})\\b|\\bexec\\b`, "iu");
  }
  return writeCall.test(text);
});

/**
 * The names by which settings may call an imported value: the specifier as written, and the path of the file without
 * extension relative to the project's root.
 */
export function referenceNames(value: ImportValue, place: Place, tracer: Tracer): readonly string[] {
  const names = [`${value.source}#${value.name}`];
  const { project } = tracer;
  const path = project && place.module.path !== undefined ? project.resolve(place.module.path, value.source) : undefined;
  if (project && path !== undefined) {
    const relative = within(project.root, path);
    names.push(`${relative}#${value.name}`, `${relative.replace(/\.[^./]+$/u, "")}#${value.name}`);
  }
  return names;
}
