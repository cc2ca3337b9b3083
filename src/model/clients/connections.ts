import type { TSESTree } from "@typescript-eslint/types";
import { normaliseSource } from "../../sdk/canonical.ts";
import { classifyEnvName } from "../../sdk/env-names.ts";
import { endsUpstashHost, namesUpstashHost } from "../../sdk/hosts.ts";
import { isUpstashSpecifier, type Product, type SdkExport } from "../../sdk/packages.ts";
import { isWirePackage, wireClient, type WireClient } from "../../sdk/wire-clients.ts";
import type { FileModel } from "../file.ts";
import { beginning, EVERY_LINK } from "../values/chains.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A call of the file that takes a credential of Upstash: a client of an SDK, one of another maker, or a request. */
export interface Connection {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly call: Located<CallValue>;
  readonly product: Product;
  /** The row of the SDK's table. */
  readonly sdk: SdkExport | undefined;
  /** The row of another maker's client, which is pointed at a host of Upstash. */
  readonly wire: WireClient | undefined;
  readonly secrets: readonly Secret[];
  readonly addresses: readonly Located[];
}

/** Where a credential is given. */
export interface Secret {
  /** The option's name, or the header's. */
  readonly option: string;
  /** The value as it is written there, not followed. */
  readonly given: Located;
}

/** All that it takes to follow a value. */
type Traced = Pick<FileModel, "tracer">;

const known = new WeakMap<FileModel, readonly Connection[]>();

/** Every call of the file that is known to reach Upstash with a credential. Unknown hosts and makers are left out. */
export function connectionsOf(file: FileModel): readonly Connection[] {
  let found = known.get(file);
  if (!found) known.set(file, (found = file.callNodes.flatMap((node) => connectionAt(file, node) ?? [])));
  return found;
}

function connectionAt(file: FileModel, node: Connection["node"]): Connection | undefined {
  const value = file.evaluator.value(node);
  if (value.kind !== "call" || value.args.length === 0) return undefined;
  const call = { value, place: file.place };
  if (leadsToPackage(value.callee)) return sdkConnection(file, node, call) ?? wireConnection(file, node, call);
  return mayHoldHeader(file) ? request(file, node, call) : undefined;
}

/** The callee begins with an import that may be of a package with clients, or with a class of the file. */
function leadsToPackage(callee: Value): boolean {
  const at = beginning(callee, EVERY_LINK);
  if (at.kind === "class") return at.cls.superclass !== undefined;
  if (at.kind === "choice" || at.kind === "object") return true;
  return at.kind === "import" && (isUpstashSpecifier(at.source) || isWirePackage(normaliseSource(at.source)) || /^[.@~#$/]/u.test(at.source));
}

function sdkConnection(file: FileModel, node: Connection["node"], call: Located<CallValue>): Connection | undefined {
  const { callee } = call.value;
  const sdk = staticOwner(file, callee) ?? file.clients.exportOf({ value: callee, place: file.place });
  if (!sdk?.options) return undefined;
  // `Box.get(id, options)`: the options of static methods stand in either place.
  const options = sdk.product === "box" ? call.value.args : call.value.args.slice(sdk.options.index, sdk.options.index + 1);
  const { secrets, urls } = sdk.options;
  return {
    node,
    call,
    product: sdk.product,
    sdk,
    wire: undefined,
    secrets: options.flatMap((value) => secrets.flatMap((name) => option(file, { value, place: file.place }, name))),
    addresses: options.flatMap((value) => urls.flatMap((name) => option(file, { value, place: file.place }, name).map(({ given }) => given))),
  };
}

/** `Box.create(…)`, `Redis.fromEnv(…)`: a static method that makes a client. */
function staticOwner(file: FileModel, callee: Value): SdkExport | undefined {
  const method = target(callee);
  if (method.kind !== "member" || method.property === undefined) return undefined;
  const sdk = file.clients.exportOf({ value: method.object, place: file.place });
  return sdk?.product === "box" && sdk.env && Object.hasOwn(sdk.env, method.property) ? sdk : undefined;
}

function wireConnection(file: FileModel, node: Connection["node"], call: Located<CallValue>): Connection | undefined {
  const found = wireClientBuilt(file, call);
  if (!found) return undefined;
  const { wire, addresses } = found;
  const secrets = call.value.args.flatMap((value) => wire.secrets.flatMap((name) => option(file, { value, place: call.place }, name)));
  return { node, call, product: wire.product, sdk: undefined, wire, secrets, addresses };
}

/** The client of another maker that a call builds, pointed at a host of Upstash. Undefined: it is none, or that is not known. */
export function wireClientBuilt(file: Traced, { value, place }: Located<CallValue>): { readonly wire: WireClient; readonly addresses: readonly Located[] } | undefined {
  const path = file.tracer.canonical({ value: value.callee, place });
  const wire = path && wireClient(path.source, path.path);
  if (!wire || (wire.library === "redis") === value.isNew) return undefined;
  const args = value.args.map((arg): Located => ({ value: arg, place }));
  // ioredis takes `(url)`, `(port, host)` and `(options)`, and options behind the first two.
  const addresses = [
    ...(wire.library === "ioredis" ? args : []),
    ...args.flatMap((at) => wire.addresses.flatMap((name) => option(file, at, name).flatMap(({ given }) => elementsOf(file, given)))),
  ];
  return addresses.some((address) => pointsToUpstash(file, address)) ? { wire, addresses } : undefined;
}

/** `brokers: ["a", "b"]` */
function elementsOf(file: Traced, located: Located): readonly Located[] {
  return file.tracer.alternatives(located).flatMap(({ value, place }) =>
    value.kind === "array" ? value.items.map((item) => ({ value: item, place })) : [{ value, place }],
  );
}

/** What an option may be, by its path in an object: `socket.host`. */
function option(file: Traced, located: Located, path: string): readonly Secret[] {
  const [name = "", ...rest] = path.split(".");
  return file.tracer.alternatives(located).flatMap(({ value, place }): readonly Secret[] => {
    if (value.kind !== "object") return [];
    const entry = value.entries.findLast(({ key, spread }) => key === name && !spread);
    const found: readonly Located[] = entry
      ? [{ value: entry.value, place }]
      : value.entries.some(({ spread }) => spread)
        ? file.tracer.property({ value, place }, name)
        : [];
    return rest.length > 0
      ? found.flatMap((inner) => option(file, inner, rest.join(".")))
      : found.map((given) => ({ option: name, given }));
  });
}

const headerFiles = new WeakMap<FileModel, boolean>();

function mayHoldHeader(file: FileModel): boolean {
  let mayHold = headerFiles.get(file);
  if (mayHold === undefined) headerFiles.set(file, (mayHold = file.mentionsUpstash && /\bauthorization\b/iu.test(file.text)));
  return mayHold;
}

const URL_OPTIONS = ["url", "uri", "baseURL", "baseUrl", "prefixUrl"];

/** `fetch("https://….upstash.io/…", { headers: { Authorization: … } })`, by whatever function. */
function request(file: FileModel, node: Connection["node"], call: Located<CallValue>): Connection | undefined {
  const args = call.value.args.map((value): Located => ({ value, place: file.place }));
  const headers = args.flatMap((at) => option(file, at, "headers"));
  const secrets = headers.flatMap(({ given }) => headerValues(file, given));
  if (secrets.length === 0) return undefined;
  const addresses = [...args.slice(0, 2), ...args.flatMap((at) => URL_OPTIONS.flatMap((name) => option(file, at, name).map(({ given }) => given)))];
  const address = addresses.find((one) => pointsToUpstash(file, one));
  return address && { node, call, product: "redis", sdk: undefined, wire: undefined, secrets, addresses: [address] };
}

const AUTHORIZATION = ["Authorization", "authorization", "AUTHORIZATION"];

/** `{ Authorization: … }`, also as `new Headers({ … })`. */
function headerValues(file: FileModel, given: Located): readonly Secret[] {
  return file.tracer.alternatives(given).flatMap(({ value, place }) => {
    const [first] = value.kind === "call" ? value.args : [];
    const object = first ? { value: first, place } : { value, place };
    return AUTHORIZATION.flatMap((name) => option(file, object, name));
  });
}

/**
 * Whether an address leads to a host of Upstash: by the host itself, or by the name of the variable that holds it. False
 * where that is not known.
 */
export function pointsToUpstash(file: Traced, located: Located, depth = 0): boolean {
  if (depth > 6) return false;
  return file.tracer.alternatives(located).some(({ value, place }) => {
    switch (value.kind) {
      case "literal":
        return typeof value.value === "string" && namesUpstashHost(value.value);
      case "env":
        return value.name !== undefined && isAddressName(value.name);
      case "template": {
        const texts = value.parts.map((part) => file.tracer.constant({ value: part, place }));
        if (texts.some((text) => typeof text === "string" && (namesUpstashHost(text) || endsUpstashHost(text)))) return true;
        return value.parts.slice(0, 3).some((part) => part.kind !== "literal" && pointsToUpstash(file, { value: part, place }, depth + 1));
      }
      case "call": {
        // `[address, "get", key].join("/")`
        const callee = target(value.callee);
        const list = callee.kind === "member" && callee.property === "join" ? target(callee.object) : undefined;
        if (list?.kind === "array") return list.items.slice(0, 1).some((first) => pointsToUpstash(file, { value: first, place }, depth + 1));
        // `new URL(path, address)`
        const path = file.tracer.canonical({ value: value.callee, place });
        const isUrl = path?.source === "global" && path.path.join(".") === "URL";
        return isUrl && value.args.some((part) => pointsToUpstash(file, { value: part, place }, depth + 1));
      }
      case "operation":
        return value.operator === "+" && value.operands.some((part) => pointsToUpstash(file, { value: part, place }, depth + 1));
      default:
        return false;
    }
  });
}

/** The name says both Upstash and address: `UPSTASH_REDIS_REST_URL`, `KV_REST_API_URL`, `UPSTASH_REDIS_HOST`; or nothing but Upstash. */
function isAddressName(name: string): boolean {
  const found = classifyEnvName(name);
  // Where an address is asked for, what is named after the database alone is its address.
  if (!found) return /(?:^|_)UPSTASH(?:_REDIS)?$/u.test(name);
  if (found.kind !== "url" && found.kind !== "connection-string") return false;
  // `UPSTASH_WORKFLOW_URL` is where QStash finds the app: its own address.
  if (found.product === "workflow") return false;
  return !found.generic || /(?:^|_)(?:UPSTASH|QSTASH)_/u.test(name);
}
