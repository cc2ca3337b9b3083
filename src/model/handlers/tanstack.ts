import { staticKey } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import { HTTP_METHODS } from "./exported.ts";
import type { Handler, Outside } from "./handler.ts";
import { keyOf, nameOfResult } from "./named.ts";
import { exportOf, placeInPackage } from "./package.ts";

/*
 * TanStack Start: server functions, and server routes. What their builders name in `middleware()` runs before.
 * https://tanstack.com/start/latest/docs/framework/react/guide/server-functions
 */

const MAX_LINKS = 20;

/** Decided by what it imports, and a word. */
export function mayHoldServerFunctions({ importedNames, text }: FileModel): boolean {
  return importedNames.has("createServerFn") || (importedNames.has("createFileRoute") && text.includes("handlers"));
}

export function tanstackHandlers(file: FileModel): readonly Handler[] {
  const outside = (): Outside => outsideOf(file);
  return file.callNodes.flatMap((node): readonly Handler[] => {
    if (node.type !== "CallExpression" || !node.arguments[0]) return [];
    const value = file.evaluator.value(node);
    if (value.kind !== "call") return [];
    if (node.callee.type === "MemberExpression") {
      if (staticKey({ key: node.callee.property, computed: node.callee.computed }) !== "handler") return [];
      const callee = target(value.callee);
      const builder = callee.kind === "member" ? file.tracer.canonical({ value: callee.object, place: file.place }) : undefined;
      if (callee.kind !== "member" || !builder?.path.includes("createServerFn") || !/^@tanstack\/\w+-start/u.test(builder.source)) return [];
      const named = nameOfResult(node);
      const handler = file.located(node.arguments[0]);
      const { before, method } = chainOf(file, { value: callee.object, place: file.place });
      return [{ framework: "tanstack", method, title: named ? `server function ${named.name}` : "this server function", route: undefined, node: named?.node ?? node.callee.property, value: handler, before, outside }];
    }
    return node.callee.type === "CallExpression" ? serverRoutes(file, value.callee, file.located(node.arguments[0]), outside) : [];
  });
}

/** What a builder is told before its handler, outermost first. */
function chainOf(file: FileModel, builder: Located): { readonly before: readonly Located[]; readonly method: string } {
  const before: Located[] = [];
  let method = "GET";
  let at: Located | undefined = builder;
  for (let links = 0; at && links < MAX_LINKS; links++) {
    const found: Located | undefined = file.tracer.alternatives(at)[0];
    const made: Value | undefined = found?.value;
    if (!found || made?.kind !== "call") break;
    const callee: Value = target(made.callee);
    if (callee.kind !== "member") {
      const [verb] = made.args[0] ? file.tracer.property({ value: made.args[0], place: found.place }, "method") : [];
      method = (verb && constantOf(verb.value)) ?? method;
      break;
    }
    if (callee.property === "middleware" && made.args[0]) before.unshift({ value: made.args[0], place: found.place });
    at = { value: callee.object, place: found.place };
  }
  return { before, method };
}

/** `createFileRoute("/api/x")({ server: { middleware: […], handlers: { GET, POST } } })` */
function serverRoutes(file: FileModel, maker: Value, options: Located, outside: () => Outside): readonly Handler[] {
  const made = target(maker);
  if (made.kind !== "call") return [];
  const path = file.tracer.canonical({ value: made.callee, place: file.place });
  if (path?.path.at(-1) !== "createFileRoute" || !path.source.startsWith("@tanstack/")) return [];
  const route = made.args[0] && constantOf(made.args[0]);
  return file.tracer.property(options, "server").flatMap((server) => {
    const before = file.tracer.property(server, "middleware");
    return file.tracer.property(server, "handlers").flatMap((handlers) => {
      // `handlers: ({ createHandlers }) => createHandlers({ … })`
      const lists = [handlers, ...file.tracer.functions(handlers).flatMap(({ fn, place }) => fn.returns.flatMap((returned) => (returned.kind === "call" && returned.args[0] ? [{ value: returned.args[0], place }] : [])))];
      return lists.flatMap(({ value: list, place }) =>
        list.kind !== "object"
          ? []
          : list.entries.flatMap((entry): Handler[] => {
              const at = keyOf(entry.node);
              if (entry.key === undefined || !HTTP_METHODS.has(entry.key) || !at) return [];
              const given = { value: entry.value, place };
              const [inner] = file.tracer.property(given, "handler");
              const own = inner ? file.tracer.property(given, "middleware") : [];
              return [{ framework: "tanstack-route", method: entry.key, title: `${entry.key} ${route ?? ""}`.trim(), route, node: at, value: inner ?? given, before: [...before, ...own], outside }];
            }),
      );
    });
  });
}

/** `createStart(() => ({ requestMiddleware: [limit] }))` */
function outsideOf(file: FileModel): Outside {
  const place = placeInPackage(file);
  const start = place && exportOf(file, `${place.directory}/src/start`, "startInstance");
  if (!start) return { middleware: [] };
  return {
    middleware: file.tracer.alternatives(start).flatMap(({ value, place: at }) => {
      if (value.kind !== "call" || !value.args[0]) return [];
      return file.tracer.functions({ value: value.args[0], place: at }).flatMap(({ fn, place: inside }) =>
        fn.returns.flatMap((returned) => ["requestMiddleware", "functionMiddleware"].flatMap((name) => file.tracer.property({ value: returned, place: inside }, name))),
      );
    }),
  };
}
