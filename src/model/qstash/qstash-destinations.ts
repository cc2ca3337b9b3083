import { listDirectory, type Pass } from "../../project/disk.ts";
import { packageJson } from "../../project/package-json.ts";
import { asksQstash, sendingCalls } from "../../project/search.ts";
import { sourceFiles } from "../../project/source-files.ts";
import type { Project } from "../../project/project.ts";
import type { Product } from "../../sdk/packages.ts";
import type { Settings } from "../../settings.ts";
import { HOLE, pathOf, urlText } from "./destination-urls.ts";
import { callbacksIn, sentByHand } from "./sent-by-hand.ts";
import { callsOf } from "../syntax/all-calls.ts";
import { Clients } from "../clients/clients.ts";
import { receiverOf } from "../commands/deliveries.ts";
import type { FileModel } from "../file.ts";
import { elementsOf } from "../values/elements.ts";
import type { CallValue, FunctionFacts, ModuleFacts, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { packageOf } from "../place/runtime.ts";
import { type Located, type Place, Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/** A path of the project's own that QStash or Workflow is told to call. */
export interface Destination {
  /** Segments of the path; {@link HOLE} stands in those that are not known. */
  readonly segments: readonly string[];
  /** HTTP method in upper case. */
  readonly method: string;
  /** Where it is told: the function or method, and the file relative to the root. */
  readonly by: string;
  readonly file: string;
}

interface SendSpec {
  /** Properties that hold the address; what stands in `endpoints` is a list of such objects. */
  readonly target: string;
  /** Properties that hold the addresses to which the answer is sent. */
  readonly callbacks: readonly string[];
}

const PUBLISH: SendSpec = { target: "url", callbacks: ["callback", "failureCallback"] };

/** Methods that tell QStash and Workflow whom to call (`@upstash/qstash` 2.12.0, `@upstash/workflow` 1.3.3). */
const SENDS: Partial<Record<Product, Readonly<Record<string, SendSpec>>>> = {
  qstash: {
    ...{ publish: PUBLISH, publishJSON: PUBLISH, enqueue: PUBLISH, enqueueJSON: PUBLISH, batch: PUBLISH, batchJSON: PUBLISH },
    create: { target: "destination", callbacks: ["callback", "failureCallback"] },
    addEndpoints: { target: "url", callbacks: [] },
  },
  workflow: { trigger: { target: "url", callbacks: ["failureUrl"] } },
};

const METHODS = new Set(Object.values(SENDS).flatMap((methods) => Object.keys(methods)));
/** As they are called in a text: `schedules.create(`. */
const CALLED = [...METHODS, "schedules"].filter((name) => name !== "create");

/** Lists in lists, which may be made of themselves. */
const MAX_LISTS = 6;

const INDEX = {};

/**
 * Every path that some file of the project tells QStash or Workflow to call, as far as its address can be followed.
 * Asked once a pass, and only in projects that use QStash.
 */
export function destinationsOf(file: FileModel): readonly Destination[] {
  const { project, pass, settings } = file;
  if (!project) return [];
  return pass.memo(INDEX, project.root, () => new Search(project, settings).all());
}

const USES = {};
const ASKS = {};
const WORKSPACES = ["packages", "apps", "libs", "services"];
const PACKAGES = new Set(["@upstash/qstash", "@upstash/workflow"]);

/**
 * Whether a package of the project depends on QStash or Workflow, or one that depends on another SDK of Upstash asks QStash by
 * itself: elsewhere nothing needs to be searched.
 */
export function usesQstash(file: FileModel): boolean {
  const { root, pass } = file;
  if (root === undefined) return false;
  const asks = (): boolean => pass.memo(ASKS, root, () => sourceFiles(root, pass).files.some((path) => asksQstash.get(path, pass)));
  const isUser = ({ dependencies }: { readonly dependencies: readonly string[] }): boolean =>
    dependencies.some((name) => PACKAGES.has(name)) || (dependencies.some((name) => name.startsWith("@upstash/")) && asks());
  const own = packageOf(file);
  if (own && isUser(own)) return true;
  return pass.memo(USES, root, () => {
    const members = WORKSPACES.flatMap((folder) => {
      const entries = listDirectory(`${root}/${folder}`, pass)?.entries.keys() ?? [];
      return [...entries].map((name) => `${root}/${folder}/${name}`);
    });
    return [root, ...members].some((directory) => {
      const manifest = packageJson(directory, pass);
      return manifest !== undefined && isUser(manifest);
    });
  });
}

interface Send {
  readonly call: Located<CallValue>;
  readonly method: string;
  readonly spec: SendSpec;
}

/** How an address was come by. */
interface Way {
  readonly method: string;
  readonly by: string;
  readonly tells: ModuleFacts;
  readonly send: Send;
  readonly place: Place;
}

class Search {
  readonly #project: Project;
  readonly #tracer: Tracer;
  readonly #clients: Clients;
  readonly #found: Destination[] = [];
  /** Functions of the project that are given the address, or a part of it. */
  readonly #helpers = new Map<FunctionFacts, Send[]>();

  constructor(project: Project, settings: Settings) {
    this.#project = project;
    this.#tracer = new Tracer(project);
    this.#clients = new Clients(this.#tracer, settings);
  }

  all(): readonly Destination[] {
    for (const module of this.#modulesThatCall(CALLED)) {
      for (const value of callsOf(module)) {
        const send = this.#sendOf({ value, place: { module } });
        if (send) this.#add(send, send.call.place, send.method);
      }
    }
    if (this.#helpers.size > 0) this.#addCallsOfHelpers();
    for (const module of this.#modules((path, pass) => asksQstash.get(path, pass) === true)) this.#addByHand(module);
    return this.#found;
  }

  #modulesThatCall(names: readonly string[]): Iterable<ModuleFacts> {
    return this.#modules((path, pass) => {
      const called = sendingCalls.get(path, pass);
      return called !== undefined && names.some((name) => called.has(name));
    });
  }

  /** The modules that lead to Upstash, of those whose texts may do what is looked for. */
  *#modules(mayDo: (path: string, pass: Pass) => boolean): Generator<ModuleFacts> {
    const { root, pass } = this.#project;
    for (const path of sourceFiles(root, pass).files) {
      const module = mayDo(path, pass) && this.#project.upstash.module(path) ? this.#project.module(path) : undefined;
      if (module) yield module;
    }
  }

  #sendOf(call: Located<CallValue>): Send | undefined {
    const callee = target(call.value.callee);
    if (callee.kind !== "member" || callee.property === undefined || !METHODS.has(callee.property)) return undefined;
    const client = this.#clients.clientOf({ value: receiverOf(callee.object), place: call.place });
    const spec = client && SENDS[client.product]?.[callee.property];
    return spec && { call, method: callee.property, spec };
  }

  /** @param place where the arguments are to be read: in a helper, with those of one call of it */
  #add(send: Send, place: Place, by: string, tells: ModuleFacts = place.module): void {
    const { spec, call } = send;
    const [first] = call.value.args;
    if (!first) return;
    for (const item of this.#items({ value: first, place })) {
      const method = this.#tracer.property(item, "method")[0];
      const way = { method: "POST", by, tells, send, place };
      const addresses = this.#tracer.property(item, spec.target);
      if (addresses.length === 0) this.#addHelper(item, send, place);
      this.#addAddresses(addresses, { ...way, method: (method && constantOf(method.value))?.toUpperCase() ?? "POST" });
      for (const name of spec.callbacks) this.#addAddresses(this.#tracer.property(item, name), way);
      for (const headers of this.#tracer.property(item, "headers")) this.#addAddresses(callbacksIn(headers), way);
    }
  }

  /** What requests to QStash's REST API tell it to call. */
  #addByHand(module: ModuleFacts): void {
    for (const value of callsOf(module)) {
      for (const { address, method } of sentByHand(this.#tracer, { value, place: { module } })) {
        this.#note(address, { method, by: calledName(value.callee) ?? "fetch", tells: module });
      }
    }
  }

  #items(located: Located, depth = 0): readonly Located[] {
    return this.#tracer.alternatives(located).flatMap(({ value, place }): readonly Located[] => {
      const elements = depth < MAX_LISTS ? elementsOf(this.#tracer, { value, place }) : undefined;
      if (elements) return elements.flatMap((element) => this.#items(element, depth + 1));
      const endpoints = value.kind === "object" ? value.entries.find(({ key }) => key === "endpoints") : undefined;
      return endpoints && depth < MAX_LISTS ? this.#items({ value: endpoints.value, place }, depth + 1) : [{ value, place }];
    });
  }

  #addAddresses(addresses: readonly Located[], way: Way): void {
    for (const address of addresses) {
      const segments = this.#note(urlText(this.#tracer, address), way);
      if (!segments || segments.some((segment) => segment.includes(HOLE))) this.#addHelper(address, way.send, way.place);
    }
  }

  #note(address: string, { method, by, tells }: Pick<Way, "method" | "by" | "tells">): readonly string[] | undefined {
    const file = tells.path?.slice(this.#project.root.length + 1).replaceAll("\\", "/") ?? "";
    const segments = pathOf(address);
    if (segments) this.#found.push({ segments, method, by, file });
    return segments;
  }

  /** The address, or what holds it, comes as an argument: it is known where the function is called. */
  #addHelper({ value }: Located, send: Send, place: Place): void {
    const helper = place.frame ? undefined : parameterOf(value)?.fn;
    if (helper?.name === undefined) return;
    const known = this.#helpers.get(helper) ?? [];
    if (!known.some(({ call }) => call.value === send.call.value)) this.#helpers.set(helper, [...known, send]);
  }

  #addCallsOfHelpers(): void {
    const helpers = new Map(this.#helpers);
    const names = [...helpers.keys()].flatMap(({ name }) => (name === undefined ? [] : [name]));
    for (const module of this.#modulesThatCall(names)) {
      for (const value of callsOf(module)) {
        const place = { module };
        if (value.isNew || !names.includes(calledName(value.callee) ?? "")) continue;
        for (const callee of this.#tracer.functions({ value: value.callee, place })) {
          for (const send of helpers.get(callee.fn) ?? []) {
            const inside = this.#tracer.inside({ value, place }, callee);
            this.#add(send, inside, callee.fn.name ?? send.method, module);
          }
        }
      }
    }
  }
}

function parameterOf(value: Value): (Value & { kind: "param" }) | undefined {
  let found: (Value & { kind: "param" }) | undefined;
  dependsOn(value, (part) => {
    if (part.kind === "param") found = part;
    return found !== undefined;
  });
  return found;
}

function calledName(callee: Value): string | undefined {
  if (callee.kind === "ref") return callee.name;
  if (callee.kind === "member") return callee.property;
  return callee.kind === "import" ? callee.name : undefined;
}

/** True where a destination's path is that of a route; what is not known of either fits nothing but the like. */
export function fits({ segments }: Destination, route: string): boolean {
  const parts = route.split("/").filter(Boolean);
  if (parts.length === 0) return false;
  const starts = segments.length === parts.length ? [segments] : [];
  // The address may begin behind `/api`: `${process.env.API_URL}/jobs`.
  if (parts[0] === "api" && segments.length === parts.length - 1) starts.push(["api", ...segments]);
  return starts.some((path) => path.every((segment, index) => fitsSegment(segment, parts[index] ?? "")) && path.some((segment) => !segment.includes(HOLE)));
}

function fitsSegment(segment: string, part: string): boolean {
  const isDynamic = /^(?:\[[^.\]]+\]|:\w+)$/u.test(part);
  return segment.includes(HOLE) ? isDynamic : segment === part;
}
