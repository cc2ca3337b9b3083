import type { TSESTree } from "@typescript-eslint/types";
import { endsUpstashHost, namesUpstashHost, schemeToUpstash } from "../../sdk/hosts.ts";
import type { WireClient } from "../../sdk/wire-clients.ts";
import { staticKey, wrapped, type Node } from "../syntax/ast.ts";
import { connectionsOf, pointsToUpstash, type Connection } from "./connections.ts";
import type { FileModel } from "../file.ts";
import { optionOf, type Option } from "../values/options.ts";
import { nodeAt } from "../syntax/positions.ts";
import type { Located } from "../values/trace.ts";

/** A way in which the file reaches Upstash without encryption, or without knowing whom it talks to. */
export type InsecureTransport =
  /** An address that begins with `http:` or `redis:`; without a place for the `s` where another file writes it. */
  | { readonly is: "scheme"; readonly node: Node; readonly scheme: string; readonly schemeEnd: number | undefined }
  /** A client that is not told to use TLS; `holder`: the object that the option belongs into, or the call without one. */
  | { readonly is: "absent"; readonly node: Node; readonly option: string; readonly holder: Node | undefined }
  /** TLS is switched off by this value. */
  | { readonly is: "off"; readonly node: Node; readonly option: string }
  /** Certificates are not checked. */
  | { readonly is: "unverified"; readonly node: Node }
  | { readonly is: "process"; readonly node: Node };

/** Every such way, in the order of the file's text for each kind. Tests are left out, and what is not known. */
export function insecureTransports(file: FileModel): readonly InsecureTransport[] {
  if (file.runtime.place === "test") return [];
  const connections = connectionsOf(file);
  return [
    ...insecureAddresses(file),
    ...connections.flatMap((connection) => [...addressesElsewhere(file, connection), ...optionsOf(file, connection)]),
    ...wholeProcess(file),
  ];
}

const INSECURE = /["'`](?<scheme>http|redis):\/\//giu;

function insecureAddresses(file: FileModel): readonly InsecureTransport[] {
  const found: InsecureTransport[] = [];
  for (const { index, groups } of file.text.matchAll(INSECURE)) {
    const scheme = groups?.["scheme"] ?? "";
    const at = nodeAt(file, index + 1);
    const node = at?.type === "TemplateElement" ? at.parent : at;
    if (!node || node.range[0] !== index || !leadsToUpstash(file, node) || isCompared(node)) continue;
    found.push({ is: "scheme", node, scheme: scheme.toLowerCase(), schemeEnd: index + 1 + scheme.length });
  }
  return found;
}

/** The address that begins in this string, template or concatenation has a host of Upstash. */
function leadsToUpstash(file: FileModel, node: Node): boolean {
  const [start = "", ...rest] = partsOf(node);
  if (typeof start !== "string") return false;
  if (schemeToUpstash(start) !== undefined) return true;
  if (/^[a-z]+:\/\/[^/?#]*[/?#]/iu.test(start)) return false;
  // `http://${host}/…`, `redis://:${password}@${host}:6379`, `http://${name}.upstash.io`, `"redis://:" + password + "@" + host`
  for (const [index, part] of rest.entries()) {
    if (typeof part !== "string") {
      if (isHost(file, file.located(part))) return true;
      continue;
    }
    if (typeof rest[index - 1] === "object" && (endsUpstashHost(part) || namesUpstashHost(part.replace(/^[^@]{0,99}@/u, "")))) return true;
    if (/[/?#]/u.test(part)) return false;
  }
  return false;
}

/** The texts and expressions that an address is put together of, from the string or template that it begins with. */
function partsOf(node: Node): readonly (string | Node)[] {
  const own = node.type === "TemplateLiteral" ? node.quasis.flatMap((quasi, index) => [quasi.value.cooked ?? "", ...node.expressions.slice(index, index + 1)]) : [textOf(node)];
  return [...own, ...addedTo(node)];
}

/** `b` and `c` of `a + b + c` */
function addedTo(node: Node): readonly (string | Node)[] {
  const added: (string | Node)[] = [];
  let at = wrapped(node);
  for (let { parent } = at; parent?.type === "BinaryExpression" && parent.operator === "+" && parent.left === at; { parent } = at) {
    added.push(textOf(parent.right));
    at = wrapped(parent);
  }
  return added;
}

const textOf = (node: Node): string | Node => (node.type === "Literal" && typeof node.value === "string" ? node.value : node);

/** A host, and no address with a scheme of its own. */
function isHost(file: FileModel, located: Located): boolean {
  const isAddress = file.tracer.alternatives(located).some(({ value }) => value.kind === "literal" && String(value.value).includes("://"));
  return !isAddress && pointsToUpstash(file, located);
}

const COMPARISONS = new Set(["startsWith", "endsWith", "includes", "indexOf", "replace", "replaceAll", "match", "test", "equal", "toBe"]);

/** The address is looked for, not used. */
export function isCompared(node: Node): boolean {
  const { parent } = wrapped(node);
  if (parent?.type === "BinaryExpression") return parent.operator !== "+";
  if (parent?.type === "SwitchCase") return true;
  if (parent?.type !== "CallExpression" || parent.callee.type !== "MemberExpression" || parent.arguments[0] !== wrapped(node)) return false;
  return COMPARISONS.has(staticKey({ key: parent.callee.property, computed: parent.callee.computed }) ?? "");
}

/** An address that another file writes out. */
function addressesElsewhere(file: FileModel, { addresses, node }: Connection): readonly InsecureTransport[] {
  return addresses.flatMap((address) => {
    const insecure = file.tracer.alternatives(address).flatMap(({ value }) => {
      const scheme = value.kind === "literal" && value.node === undefined && typeof value.value === "string" ? schemeToUpstash(value.value) : undefined;
      return scheme === "http" || scheme === "redis" ? [scheme] : [];
    });
    const [scheme] = insecure;
    return scheme === undefined ? [] : [{ is: "scheme", node: address.value.node ?? node, scheme, schemeEnd: undefined } as const];
  });
}

function optionsOf(file: FileModel, connection: Connection): readonly InsecureTransport[] {
  const { call, wire, sdk } = connection;
  const args = call.value.args.map((value): Located => ({ value, place: file.place }));
  if (sdk) return args.flatMap((at) => unverified(file, optionOf(file.tracer, at, "agent")));
  return wire ? wireOptions(file, connection, wire, args) : [];
}

function wireOptions(file: FileModel, connection: Connection, wire: WireClient, args: readonly Located[]): readonly InsecureTransport[] {
  const { node } = connection;
  // `socket.tls`: the object that the option stands in, and its name there.
  const [option = "", holderName] = wire.tls.split(".").toReversed();
  const objects = args.filter((at) => file.tracer.only(at)?.value.kind === "object");
  const isUnknown = args.some((at) => !["object", "literal", "env", "template"].includes(file.tracer.only(at)?.value.kind ?? ""));
  const holders = holderName === undefined ? objects : objects.flatMap((at) => givenValues(optionOf(file.tracer, at, holderName)));
  const found = holders.flatMap((holder): readonly InsecureTransport[] => [
    ...switchedOff(optionOf(file.tracer, holder, option), option, node),
    ...unverified(file, optionOf(file.tracer, holder, option)),
    ...(holderName === undefined ? [] : rejecting(file, holder)),
  ]);
  if (found.length > 0 || isUnknown) return found;
  // By scheme: an address says itself whether TLS is on, where it is known.
  const bare = connection.addresses.some((address) => isBareHost(file, address));
  const saysNothing = holders.every((holder) => optionOf(file.tracer, holder, option).is === "absent");
  if (!bare || !saysNothing || (holderName !== undefined && holders.length === 0)) return [];
  const [holder] = holders;
  const object = holder && file.tracer.only(holder)?.value.node;
  return [{ is: "absent", node: node.callee, option: wire.tls, holder: holder ? object : node }];
}

const givenValues = (option: Option): readonly Located[] => (option.is === "given" ? option.values : []);

/** A host without a scheme: TLS is on only where an option says so. */
function isBareHost(file: FileModel, address: Located): boolean {
  return file.tracer.alternatives(address).some(({ value }) => {
    if (value.kind === "literal") return typeof value.value === "string" && namesUpstashHost(value.value) && !value.value.includes("://");
    return value.kind === "env" && /(?:HOST|HOSTNAME|DOMAIN|ENDPOINT|BROKERS?)$/u.test(value.name ?? "") && pointsToUpstash(file, address);
  });
}

function switchedOff(option: Option, name: string, node: Node): readonly InsecureTransport[] {
  return givenValues(option).flatMap(({ value }) => {
    const isOff = value.kind === "literal" && (value.value === false || value.value === undefined || value.value === null);
    // Off only when everything it may be is off: `tls: isLocal ? undefined : {}` is none of ours.
    if (!isOff || givenValues(option).length > 1) return [];
    return [{ is: "off", node: value.node ?? (option.is === "given" ? option.entry.value.node : undefined) ?? node, option: name } as const];
  });
}

/** `tls: { rejectUnauthorized: false }`, `agent: new Agent({ rejectUnauthorized: false })` */
function unverified(file: FileModel, option: Option): readonly InsecureTransport[] {
  return givenValues(option).flatMap(({ value, place }) => {
    if (value.kind === "object") return rejecting(file, { value, place });
    return value.kind === "call" ? value.args.flatMap((argument) => rejecting(file, { value: argument, place })) : [];
  });
}

function rejecting(file: FileModel, holder: Located): readonly InsecureTransport[] {
  const option = optionOf(file.tracer, holder, "rejectUnauthorized");
  const values = givenValues(option);
  const isOff = values.length > 0 && values.every(({ value }) => value.kind === "literal" && value.value === false);
  const node = values[0]?.value.node ?? (option.is === "given" ? option.entry.value.node : undefined);
  return isOff && node ? [{ is: "unverified", node }] : [];
}

const NO_CHECKS = "NODE_TLS_REJECT_UNAUTHORIZED";

/** `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"`, unless something asks before where the code runs. */
function wholeProcess(file: FileModel): readonly InsecureTransport[] {
  const found: InsecureTransport[] = [];
  for (let at = file.text.indexOf(NO_CHECKS); at >= 0; at = file.text.indexOf(NO_CHECKS, at + 1)) {
    let node = nodeAt(file, at);
    while (node && node.type !== "AssignmentExpression" && !/Statement$|Function/u.test(node.type)) node = node.parent;
    if (node?.type !== "AssignmentExpression" || node.operator !== "=") continue;
    const left = file.evaluator.value(node.left);
    const right = file.tracer.constant(file.located(node.right));
    const isOff = left.kind === "env" && left.name === NO_CHECKS && String(right) === "0";
    if (isOff && !isConditional(node)) found.push({ is: "process", node: node.right });
  }
  return found;
}

function isConditional(node: TSESTree.Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (at.type === "IfStatement" || at.type === "LogicalExpression" || at.type === "ConditionalExpression" || at.type === "SwitchCase") return true;
  }
  return false;
}
