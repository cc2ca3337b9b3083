import { classifyEnvName, type UpstashEnvName } from "../../sdk/env-names.ts";
import { isUpstashSpecifier, type Product } from "../../sdk/packages.ts";
import { isWholeEnvironment } from "./env-values.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, EnvValue, ModuleFacts, Value } from "../values/ir.ts";
import { AWAITS, beginning } from "../values/chains.ts";
import { dependsOn, partsOf } from "../values/reach.ts";
import { packageOf } from "../place/runtime.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { within } from "../../project/root.ts";

/** What a value gives away. */
export interface Credential {
  /** `environment`: all variables, credentials among them. `client`: an object of an SDK that holds its credential. */
  readonly kind: "variable" | "environment" | "client";
  /** The variable's name; the product of a client; empty for the environment. */
  readonly name: string;
  readonly access: "full" | "read-only";
  /** Upstash documents a use in browsers for it: a read-only token of Redis, Vector or Search. */
  readonly mayBePublic: boolean;
  /** How many characters from the first on may be shown: enough to tell one from another, too few to tell what it is. */
  readonly beginning: number;
  /** Where the variable is read, if that is another file of the project. */
  readonly module: string | undefined;
}

/**
 * Knows which values are secret credentials of Upstash: variables by name (`sdk/env-names.ts`), in every form that
 * `env-values.ts` knows, the whole environment of a project that uses Upstash, and clients. Names that other services use
 * too count where an Upstash client takes them as its credential.
 */
export class Credentials {
  readonly #file: FileModel;
  #holdsCredentials: boolean | undefined;
  readonly #taken = new Map<ModuleFacts, ReadonlySet<string>>();

  constructor(file: FileModel) {
    this.#file = file;
  }

  /** As {@link of}, of a value of which only the first characters are to be seen. Undefined also where they tell nothing. */
  shown(located: Located, left: number): Credential | undefined {
    const found = this.of(located);
    return found && left > found.beginning ? found : undefined;
  }

  /** The credential that a value is by itself. Undefined: it is none, or that is not known. */
  of(located: Located): Credential | undefined {
    const { value, place } = located;
    if (value.kind === "env") return value.name === undefined ? this.#environment(value, place.module) : this.#variable(value.name, place.module);
    const passed = safelyParsed(value);
    if (passed) return this.#validated({ value: passed, place });
    return value.kind === "call" && !value.isNew && isValidating(value.callee) ? this.#validated({ value, place }) : undefined;
  }

  /** A client whose properties hold its credential: `console.log(redis)` writes the token. */
  client(located: Located): Credential | undefined {
    const client = this.#file.clients.clientOf(located);
    const isHolder = client?.sdk?.role === "client-class" || client?.sdk?.role === "client-factory" || client?.sdk?.role === "receiver-class";
    if (!client || !isHolder) return undefined;
    return { kind: "client", name: NAMES[client.product] ?? client.product, access: "full", mayBePublic: false, beginning: 0, module: undefined };
  }

  #variable(name: string, module: ModuleFacts): Credential | undefined {
    const { envPrefixes, readOnlyTokenEnv } = this.#file.settings;
    const found = classifyEnvName(name, envPrefixes, readOnlyTokenEnv);
    // Under a public name it is another mistake: no-public-env-credentials.
    if (!found?.secret || found.publicPrefix !== undefined) return undefined;
    if (found.generic && !this.#isTaken(name, module)) return undefined;
    return { kind: "variable", name, access: found.access, mayBePublic: mayBePublic(found), beginning: found.kind === "token" ? BEGINNING_OF_TOKEN : 0, module: this.#elsewhere(module) };
  }

  #elsewhere(module: ModuleFacts): string | undefined {
    const { root } = this.#file;
    if (module === this.#file || module.path === undefined || root === undefined) return undefined;
    return within(root, module.path);
  }

  /** In browsers, bundlers leave only public variables in `import.meta.env`. */
  #environment({ via }: EnvValue, module: ModuleFacts): Credential | undefined {
    if (via === "import.meta.env" || !this.#usesUpstash) return undefined;
    return { kind: "environment", name: "", access: "full", mayBePublic: false, beginning: 0, module: this.#elsewhere(module) };
  }

  /** `schema.parse(process.env)` with the schema's keys; t3-env's `createEnv({ server: { … } })`; `schema.parse(process.env.X)`. */
  #validated({ value, place }: Located<CallValue>): Credential | undefined {
    if (!value.args.some(holdsEnvironment)) return PARSE.test(methodOf(value.callee) ?? "") ? this.#parsed({ value, place }) : undefined;
    const name = target(value.callee).kind === "function" ? undefined : this.#secretKey({ value, place });
    return name === undefined ? undefined : this.#variable(name, place.module);
  }

  /** A variable that was parsed by itself. */
  #parsed({ value, place }: Located<CallValue>): Credential | undefined {
    const [input] = value.args;
    for (const { value: at, place: where } of input ? this.#file.tracer.alternatives({ value: input, place }) : []) {
      const found = at.kind === "env" && at.name !== undefined ? this.#variable(at.name, where.module) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  /** A key of a schema, or of another object in a call, that names a credential. */
  #secretKey({ value, place }: Located<CallValue>): string | undefined {
    const stack: Value[] = [value];
    for (let steps = 0, part = stack.pop(); part && steps < 200; part = stack.pop(), steps++) {
      if (part.kind === "object") {
        const key = part.entries.find((entry) => entry.key !== undefined && this.#variable(entry.key, place.module))?.key;
        if (key !== undefined) return key;
      }
      stack.push(...partsOf(part));
    }
    return undefined;
  }

  get #usesUpstash(): boolean {
    this.#holdsCredentials ??= this.#file.mentionsUpstash || usesUpstash(this.#file);
    return this.#holdsCredentials;
  }

  /** A client of the module takes its credential from this variable. */
  #isTaken(name: string, module: ModuleFacts): boolean {
    let taken = this.#taken.get(module);
    if (!taken) this.#taken.set(module, (taken = this.#takenBy(module)));
    return taken.has(name);
  }

  #takenBy(module: ModuleFacts): ReadonlySet<string> {
    const { clients, tracer, callNodes, evaluator } = this.#file;
    const place = { module };
    const values = module === this.#file ? callNodes.map((node) => evaluator.value(node)) : [...module.exports.values()].flatMap(({ value }) => value ?? []);
    const names = new Set<string>();
    for (const value of values) {
      const client = value.kind === "call" || module !== this.#file ? clients.clientOf({ value, place }) : undefined;
      const options = client?.sdk?.options;
      const argument = options && client.construction?.value.args[options.index];
      if (!argument || !client.construction) continue;
      for (const secret of options.secrets) {
        for (const found of tracer.property({ value: argument, place: client.construction.place }, secret)) {
          if (found.value.kind === "env" && found.value.name !== undefined) names.add(found.value.name);
        }
      }
    }
    return names;
  }
}

/** Tokens have 40 characters and more; signing keys and passwords may be shorter. */
const BEGINNING_OF_TOKEN = 8;

const NAMES: Readonly<Partial<Record<Product, string>>> = {
  redis: "Redis client",
  qstash: "QStash client",
  workflow: "Workflow client",
  vector: "Vector index",
  search: "Search client",
  kafka: "Kafka client",
};

/** The package that a file belongs to depends on one of Upstash's. */
export function usesUpstash(file: FileModel): boolean {
  const found = packageOf(file);
  if (!found) return false;
  let uses = upstashPackages.get(found.dependencies);
  if (uses === undefined) upstashPackages.set(found.dependencies, (uses = found.dependencies.some(isUpstashSpecifier)));
  return uses;
}

/** By a package's list of dependencies. */
const upstashPackages = new WeakMap<readonly string[], boolean>();

function mayBePublic({ access, kind, product }: UpstashEnvName): boolean {
  return access === "read-only" && kind === "token" && (product === "redis" || product === "vector" || product === "search");
}

/** The call in `schema.safeParse(process.env).data`, which is what `schema.parse(process.env)` hands out. */
function safelyParsed(value: Value): CallValue | undefined {
  if (value.kind !== "member" || !PASSED.has(value.property ?? "")) return undefined;
  const call = beginning(value.object, AWAITS);
  return call.kind === "call" && SAFE.test(methodOf(call.callee) ?? "") ? call : undefined;
}

/** All variables are handed over, and not one of them: `process.env`, `{ ...process.env }`, `Object.entries(process.env)`. */
function holdsEnvironment(value: Value): boolean {
  return dependsOn(value, isWholeEnvironment, (part) => part.kind === "member");
}

/** Where zod and valibot keep what has passed. */
const PASSED: ReadonlySet<string> = new Set(["data", "output"]);
const SAFE = /^safeParse(?:Async)?$/u;
const PARSE = /^(?:safeP|p)arse(?:Async)?$/u;

/** `schema.parse`, `v.parse`, `createEnv`, `cleanEnv`: hands out what it has checked. */
function isValidating(callee: Value): boolean {
  const name = methodOf(callee);
  return name !== undefined && /^(?:parse|parseAsync|parseEnv|validateSync|cast|create|assert|decode|decodeSync|createEnv|cleanEnv)$/u.test(name);
}

function methodOf(callee: Value): string | undefined {
  const at = target(callee);
  return at.kind === "member" ? at.property : at.kind === "import" ? at.name : undefined;
}
