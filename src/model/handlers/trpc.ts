import { holds } from "../../holds.ts";
import { probe } from "../../project/probe.ts";
import { listDirectory } from "../../project/disk.ts";
import { staticKey } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { MemberValue, TypeShape, Value } from "../values/ir.ts";
import type { Located, LocatedType, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import type { Handler, Outside } from "./handler.ts";
import { nameOfResult } from "./named.ts";
import { dependsOnPackage, placeInPackage } from "./package.ts";

/*
 * tRPC: procedures end in `.query()`, `.mutation()` or `.subscription()`; what their builders `.use()` runs before.
 * https://trpc.io/docs/server/procedures, https://trpc.io/docs/server/middlewares
 */

const ENDS = new Map([
  ["query", "GET"],
  ["mutation", "POST"],
  ["subscription", "GET"],
]);

/** Decided by words that every file with procedures has; builders with other names count where the package has tRPC. */
export function mayHoldProcedures(file: FileModel): boolean {
  const { text } = file;
  const mayEnd = holds(text, ".query(", "query(") || holds(text, ".mutation(", "mutati") || holds(text, ".subscription(", "bscrip");
  return mayEnd && (text.includes("rocedure") || dependsOnPackage(file, /^@trpc\/server$/u) === true);
}

export function procedures(file: FileModel): readonly Handler[] {
  const found: Handler[] = [];
  for (const node of file.callNodes) {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || node.arguments.length !== 1) continue;
    const method = ENDS.get(staticKey({ key: node.callee.property, computed: node.callee.computed }) ?? "");
    const value = method === undefined ? undefined : file.evaluator.value(node);
    const callee = value?.kind === "call" ? target(value.callee) : undefined;
    if (method === undefined || value?.kind !== "call" || callee?.kind !== "member") continue;
    const builder = file.tracer.canonical({ value: callee.object, place: file.place });
    if (builder?.source !== "@trpc/server" || !builder.path.includes("procedure")) continue;
    const named = nameOfResult(node);
    const kind = callee.property ?? "procedure";
    found.push({
      framework: "trpc",
      method,
      title: named ? `the tRPC ${kind} ${named.name}` : `this tRPC ${kind}`,
      route: undefined,
      node: named?.node ?? node.callee.property,
      value: { value, place: file.place },
      before: [],
      outside: () => outsideOf(file),
    });
  }
  return found;
}

const ADAPTERS = ["app/api/trpc/[trpc]/route", "app/api/trpc/[...trpc]/route", "pages/api/trpc/[trpc]", "pages/api/trpc/[...trpc]"];

/** The Next.js routes that hand requests on to tRPC, in this package or in an app of the workspace. */
function outsideOf(file: FileModel): Outside {
  const { project, root, pass } = file;
  const own = placeInPackage(file)?.directory;
  if (!project || root === undefined || own === undefined) return { middleware: [] };
  const apps = ["apps", "packages"].flatMap((folder) =>
    [...(listDirectory(`${root}/${folder}`, pass)?.entries ?? [])].flatMap(([name, kind]) => (kind === "directory" ? [`${root}/${folder}/${name}`] : [])),
  );
  for (const directory of new Set([own, root, ...apps])) {
    for (const source of ["src/", ""]) {
      for (const adapter of ADAPTERS) {
        const path = probe(`${directory}/${source}${adapter}`, pass);
        const module = path === undefined ? undefined : project.module(path);
        if (!module) continue;
        const middleware = ["POST", "default", "GET"].flatMap((name) => {
          const value = module.exports.get(name)?.value;
          return value ? [{ value, place: { module } }] : [];
        });
        return { middleware: middleware.slice(0, 1), next: { directory, route: `/${adapter.replace(/^app\/|^pages\/|\/route$/gu, "")}` } };
      }
    }
  }
  return { middleware: [] };
}

const MAX_LINKS = 40;

/**
 * Whether the context of a procedure is sure to hold `headers` of the Fetch API: what the project's `createContext`
 * returns or is handed says so. False: it does not, or it can't be told.
 */
export function contextHoldsHeaders({ tracer }: FileModel, { value }: Handler): boolean {
  const context = contextTypeOf(tracer, value);
  return context !== undefined && contextTypeHoldsHeaders(tracer, context.type, context.place);
}

/** What the project's `createContext` puts into the context of a procedure under this name; nothing: it can't be told. */
export function contextMember({ tracer }: FileModel, { value }: Handler, name: string): readonly Located[] {
  const context = contextTypeOf(tracer, value);
  return context ? membersOfMade(tracer, context, name, 0) : [];
}

/** The type that the context was declared with: `initTRPC.context<Context>()`. */
function contextTypeOf(tracer: Tracer, procedure: Located): LocatedType | undefined {
  let at: Located | undefined = procedure;
  for (let links = 0; at && links < MAX_LINKS; links++) {
    const { value: made, place }: Located = at;
    const link: Value = target(made);
    if (link.kind === "member") at = { value: link.object, place };
    else if (link.kind === "call") {
      const [type] = link.typeArguments ?? [];
      if (type) return { type, place };
      at = { value: link.callee, place };
    } else {
      const [next]: readonly Located[] = tracer.alternatives({ value: link, place });
      at = next?.value === link ? undefined : next;
    }
  }
  return undefined;
}

/** Aliases and utility types around `typeof createContext`. */
const MAX_TYPES = 6;

function membersOfMade(tracer: Tracer, { type, place }: LocatedType, name: string, depth: number): readonly Located[] {
  if (depth > MAX_TYPES) return [];
  if (type.kind === "typeof") {
    return tracer.functions({ value: type.value, place: { module: place.module } }).flatMap(({ fn, place: inside }) =>
      fn.returns.flatMap((returned) => {
        const made = target(returned);
        const given = made.kind === "object" ? made.entries.findLast(({ key, spread }) => key === name && !spread) : undefined;
        return given ? [{ value: given.value, place: inside }] : [];
      }),
    );
  }
  if (type.kind !== "named" && type.kind !== "import") return [];
  // `inferAsyncReturnType<typeof createContext>`, `Awaited<ReturnType<typeof createContext>>`
  const [inner] = type.args;
  if (inner) return membersOfMade(tracer, { type: inner, place }, name, depth + 1);
  const declared = type.kind === "import" ? tracer.importedType(type.source, type.name, place) : type.target && { type: type.target, place };
  return declared ? membersOfMade(tracer, declared, name, depth + 1) : [];
}

function contextTypeHoldsHeaders(tracer: Tracer, type: TypeShape, place: Place): boolean {
  if (type.kind === "named" && type.args.length > 0) return type.args.some((arg) => contextTypeHoldsHeaders(tracer, arg, place));
  if (type.kind === "object") return isHeaders(type.members.get("headers"));
  if (type.kind !== "typeof") return false;
  return tracer.functions({ value: type.value, place }).some(({ fn, place: inside }) =>
    fn.returns.some((returned) =>
      tracer.alternatives({ value: returned, place: inside }).some(({ value }) => {
        if (value.kind !== "object") return false;
        return value.entries.some((entry) => {
          const given = target(entry.value);
          if (entry.spread) return given.kind === "param" && typeOfMember(given.fn.params[given.index]?.type);
          if (entry.key !== "headers") return false;
          // `headers: opts.headers`, or `headers` taken out of what the function is handed.
          return given.kind === "member" && given.property === "headers" && given.object.kind !== "unknown" && isOfTypedParam(given);
        });
      }),
    ),
  );
}

function isOfTypedParam(member: MemberValue): boolean {
  const of = target(member.object);
  return of.kind === "param" && typeOfMember(of.fn.params[of.index]?.type);
}

function typeOfMember(type: TypeShape | undefined): boolean {
  return type?.kind === "object" && isHeaders(type.members.get("headers"));
}

function isHeaders(type: TypeShape | undefined): boolean {
  return type?.kind === "named" && type.name === "Headers";
}
