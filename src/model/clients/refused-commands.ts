import type { TSESTree } from "@typescript-eslint/types";
import { needsFullAccess } from "../../sdk/redis-commands.ts";
import { METHOD_GROUPS, METHOD_OPENERS, SERVICE_WRITES, serviceAccess } from "../../sdk/service-methods.ts";
import { staticKey, unwrap, type Node } from "../syntax/ast.ts";
import { readsOnly } from "./built-clients.ts";
import { isCommandMethod, type Client, type Command } from "./clients.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/** A call that Upstash refuses, because the client has a read-only credential. */
export interface RefusedCommand {
  /** The method's name. */
  readonly node: Node;
  /** As it is written: `set`, `json.set`. */
  readonly command: string;
  readonly client: Client | undefined;
  /** The client as it is written before the method. */
  readonly receiver: Node | undefined;
  readonly credential: Located | undefined;
}

/** Every command of the file that a read-only credential is refused. */
export function refusedCommands(file: FileModel): readonly RefusedCommand[] {
  const found: RefusedCommand[] = [];
  for (const node of file.callNodes) {
    if (node.type !== "CallExpression") continue;
    const refused = redisCommand(file, node) ?? serviceCommand(file, node) ?? tcpCommand(file, node);
    if (refused) found.push(refused);
  }
  return found;
}

/** Whether the file runs a command that a read-only credential would be refused, whichever its clients have now. */
export function runsRefusedCommand(file: FileModel): boolean {
  return file.callNodes.some((node) => node.type === "CallExpression" && (refusedAt(file, node) !== undefined || serviceWriteAt(file, node) !== undefined));
}

/** The Redis command of a call, where a read-only credential may not run it. */
function refusedAt(file: FileModel, node: TSESTree.CallExpression): Command | undefined {
  const command = file.commandAt(node);
  return command && (command.access !== "read" || needsFullAccess(command.name)) ? command : undefined;
}

function redisCommand(file: FileModel, node: TSESTree.CallExpression): RefusedCommand | undefined {
  const command = refusedAt(file, node);
  if (!command) return undefined;
  const { access, credential } = readsOnly(file, command.client);
  if (access !== "read-only") return undefined;
  return { node: methodOf(node), command: command.name, client: command.client, receiver: receiverOf(file, node), credential };
}

function serviceCommand(file: FileModel, node: TSESTree.CallExpression): RefusedCommand | undefined {
  const write = serviceWriteAt(file, node);
  if (!write) return undefined;
  const { access, credential } = readsOnly(file, write.client);
  return access === "read-only" ? { ...write, receiver: undefined, credential } : undefined;
}

/** A call that changes an index, a queue or a schedule, or sends a message. */
function serviceWriteAt(file: FileModel, node: TSESTree.CallExpression): { readonly node: Node; readonly command: string; readonly client: Client } | undefined {
  const callee = unwrap(node.callee);
  const name = callee.type === "MemberExpression" ? staticKey({ key: callee.property, computed: callee.computed }) : undefined;
  if (callee.type !== "MemberExpression" || name === undefined || !SERVICE_WRITES.has(name)) return undefined;
  const owner = ownerOf(file, file.located(callee.object));
  if (!owner || serviceAccess(owner.client.product, `${owner.way}${name}`) !== "write") return undefined;
  return { node: callee.property, command: owner.way.includes("(") ? name : `${owner.way}${name}`, client: owner.client };
}

/** The client behind what a method is called on, and the way from it to the method: nothing, `schedules.`, `queue().`. */
function ownerOf(file: FileModel, located: Located): { readonly client: Client; readonly way: string } | undefined {
  const client = file.clients.clientOf(located);
  if (client) return { client, way: "" };
  const only = file.tracer.only(located);
  if (!only) return undefined;
  const opens = only.value.kind === "call" && !only.value.isNew ? target(only.value.callee) : undefined;
  const member = opens ?? only.value;
  if (member.kind !== "member" || member.property === undefined || !(opens ? METHOD_OPENERS : METHOD_GROUPS).has(member.property)) return undefined;
  const owner = file.clients.clientOf({ value: member.object, place: only.place });
  return owner && { client: owner, way: `${member.property}${opens ? "()" : ""}.` };
}

/** A command over TCP as the user `default_ro`. */
function tcpCommand(file: FileModel, node: TSESTree.CallExpression): RefusedCommand | undefined {
  const callee = unwrap(node.callee);
  const name = callee.type === "MemberExpression" ? staticKey({ key: callee.property, computed: callee.computed }) : undefined;
  if (callee.type !== "MemberExpression" || name === undefined || !needsFullAccess(name.toLowerCase()) || !isCommandMethod(name.toLowerCase())) return undefined;
  const client = file.tracer.only(file.located(callee.object));
  const call = client?.value;
  if (!client || call?.kind !== "call" || !isTcpClient(file, { value: call, place: client.place })) return undefined;
  const isReadOnly = call.args.some((argument) => dependsOn(argument, isReadOnlyUser));
  return isReadOnly ? { node: callee.property, command: name, client: undefined, receiver: undefined, credential: undefined } : undefined;
}

function isTcpClient(file: FileModel, { value, place }: Located<CallValue>): boolean {
  const path = file.tracer.canonical({ value: value.callee, place });
  if (path?.source === "ioredis") return value.isNew;
  return path?.source === "redis" && /^createClient/u.test(path.path.at(-1) ?? "");
}

const isReadOnlyUser = (part: Value): boolean => {
  const constant = constantOf(part);
  return constant !== undefined && (constant === "default_ro" || /^rediss?:\/\/default_ro:/u.test(constant));
};

function methodOf(node: TSESTree.CallExpression): Node {
  const callee = unwrap(node.callee);
  return callee.type === "MemberExpression" ? callee.property : callee;
}

/** What stands before a command that is called on the client itself. */
function receiverOf(file: FileModel, node: TSESTree.CallExpression): Node | undefined {
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression") return undefined;
  return file.clients.clientOf(file.located(callee.object)) ? callee.object : undefined;
}
