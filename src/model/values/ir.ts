import type { TSESTree } from "@typescript-eslint/types";
import type { ModuleParts } from "../place/parts.ts";
import type { MemberUses } from "./member-writes.ts";

/**
 * The facts of a module as plain data: what each expression's value is made of, what each function does in which
 * order, what each type holds. One evaluator makes it for the file being linted and for every module that a question
 * reaches, so whatever is known in one file is known across files.
 *
 * `node` is set only in the file being linted. In other modules no syntax tree is retained.
 */
export type Value =
  | LiteralValue
  | TemplateValue
  | EnvValue
  | GlobalValue
  | ImportValue
  | MemberValue
  | CallValue
  | ObjectValue
  | ArrayValue
  | FunctionValue
  | ClassValue
  | ThisValue
  | ParamValue
  | ChoiceValue
  | RefValue
  | AwaitValue
  | OperationValue
  | UnknownValue;

interface Base {
  readonly node?: TSESTree.Node;
}

/** A constant: string, number, boolean, `null`, `undefined`, bigint; a regular expression's source for `/…/`. */
export interface LiteralValue extends Base {
  readonly kind: "literal";
  readonly value: string | number | bigint | boolean | null | undefined;
}

/** A template string or a concatenation that contains a string. */
export interface TemplateValue extends Base {
  readonly kind: "template";
  readonly parts: readonly Value[];
}

/** An environment variable; without a name, the whole environment. */
export interface EnvValue extends Base {
  readonly kind: "env";
  readonly name: string | undefined;
  /**
   * `bindings`: the variables that Cloudflare hands to a request. `runtimeConfig`: Nuxt's, under the name that sets it.
   * `module`: another module or function, such as a validated `env` object.
   */
  readonly via: "process.env" | "import.meta.env" | "Deno.env" | "Bun.env" | "Netlify.env" | "bindings" | "runtimeConfig" | "module";
  /** The module that hands it out is made for browsers: whatever its name, it is in their bundle. */
  readonly isPublic?: true;
}

/** A name that the module does not declare: `fetch`, `console`, `import.meta`. */
export interface GlobalValue extends Base {
  readonly kind: "global";
  readonly name: string;
}

/** What another module exports under `name`; `"*"` is its namespace. */
export interface ImportValue extends Base {
  readonly kind: "import";
  readonly source: string;
  readonly name: string;
}

/** A property; without a `property` it is some element of a collection, or a key that is not known. */
export interface MemberValue extends Base {
  readonly kind: "member";
  readonly object: Value;
  readonly property: string | undefined;
  /** The key's value where it is computed and not constant. */
  readonly key?: Value;
}

export interface CallValue extends Base {
  readonly kind: "call";
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly isNew: boolean;
  /** Index of the first spread argument; from there on positions are not known. */
  readonly spreadAt?: number;
  readonly typeArguments?: readonly TypeShape[];
}

export interface ObjectEntry {
  /** Undefined for a spread or a computed key that is not constant. */
  readonly key: string | undefined;
  readonly value: Value;
  readonly spread?: true;
  /** Keys that a spread leaves out, as the rest of a destructuring does. */
  readonly omit?: readonly string[];
  readonly computed?: Value;
  /** It is assigned to the object that has been made, perhaps on some ways only: `user.email = …`. */
  readonly later?: true;
  readonly node?: TSESTree.Node;
}

export interface ObjectValue extends Base {
  readonly kind: "object";
  readonly entries: ObjectEntry[];
}

export interface ArrayValue extends Base {
  readonly kind: "array";
  readonly items: Value[];
}

export interface FunctionValue extends Base {
  readonly kind: "function";
  readonly fn: FunctionFacts;
}

export interface ClassValue extends Base {
  readonly kind: "class";
  readonly cls: ClassFacts;
}

export interface ThisValue extends Base {
  readonly kind: "this";
  readonly cls: ClassFacts;
}

export interface ParamValue extends Base {
  readonly kind: "param";
  readonly fn: FunctionFacts;
  readonly index: number;
  readonly rest: boolean;
  /** Its property `env` holds the environment variables, as Hono's context does. */
  readonly holdsEnv?: true;
}

/** One of several values: a ternary, `??`, `||`, `&&`, several assignments. */
export interface ChoiceValue extends Base {
  readonly kind: "choice";
  readonly operator: "?:" | "??" | "||" | "&&" | "=";
  readonly options: Value[];
  readonly test?: Value;
}

/** A named variable or a type assertion: stands for its target, and keeps what the name and the type say. */
export interface RefValue extends Base {
  readonly kind: "ref";
  readonly name: string | undefined;
  target: Value;
  type: TypeShape | undefined;
  /** Of a variable of the module that something puts a value into when it runs: these values. */
  puts?: readonly Value[] | undefined;
}

export interface AwaitValue extends Base {
  readonly kind: "await";
  readonly value: Value;
}

/** An operator whose result is something else than its operands: `!x`, `a === b`, `typeof x`, `a * b`. */
export interface OperationValue extends Base {
  readonly kind: "operation";
  readonly operator: string;
  readonly operands: readonly Value[];
}

export interface UnknownValue extends Base {
  readonly kind: "unknown";
  /** It is markup: what is shown. */
  readonly isMarkup?: true;
}

export interface ParamFacts {
  readonly name: string | undefined;
  readonly type: TypeShape | undefined;
}

/** A function: its body is lowered when first asked for. */
export interface FunctionFacts {
  readonly name: string | undefined;
  readonly params: readonly ParamFacts[];
  readonly isAsync: boolean;
  readonly directives: readonly string[];
  readonly returnType: TypeShape | undefined;
  /** What the body does, in order. */
  readonly body: readonly Step[];
  /** What it may return. */
  readonly returns: readonly Value[];
  readonly node?: TSESTree.Node;
}

export interface ClassFacts {
  readonly name: string | undefined;
  readonly superclass: Value | undefined;
  /** The constructor, where the class has one of its own. */
  construct: FunctionFacts | undefined;
  /** Fields, methods and constructor assignments; a getter stands as a call of its function. */
  readonly members: Map<string, Value>;
  readonly statics: Map<string, Value>;
}

/** What a function does, reduced to what control-flow questions need. */
export type Step =
  /**
   * `returned`: it is given back as it is; `waited-for` by an asynchronous function, so that whoever waits for that one waits for
   * it. `dropped`: nothing waits for it. `caught`: what is handed to `.catch()` right behind it.
   */
  | { readonly op: "call"; readonly call: CallValue; readonly awaited: boolean; readonly returned?: "waited-for" | "as-it-is"; readonly dropped?: true; readonly caught?: Value }
  /** `session!.user`: a member is read of what the code says is there; it throws where it is not. */
  | { readonly op: "assert"; readonly value: Value }
  /** `let user; user = await …`, `state.user = …`: one of the values that a variable, or a member, may hold is put into it. */
  | { readonly op: "set"; readonly value: Value }
  /** `isPart`: of an expression, as in `a && b()`, whose outcome something else may ask for. */
  | { readonly op: "if"; readonly test: Value; readonly then: readonly Step[]; readonly else: readonly Step[]; readonly isPart?: true }
  | { readonly op: "loop"; readonly test: Value | undefined; readonly body: readonly Step[]; readonly atLeastOnce: boolean }
  | {
      readonly op: "try";
      readonly block: readonly Step[];
      readonly handler: readonly Step[] | undefined;
      readonly finalizer: readonly Step[];
    }
  | { readonly op: "switch"; readonly discriminant: Value; readonly cases: readonly SwitchCase[] }
  | { readonly op: "return"; readonly value: Value | undefined }
  | { readonly op: "throw"; readonly value: Value }
  | { readonly op: "jump"; readonly to: "break" | "continue" };

export interface SwitchCase {
  /** Undefined for `default`. */
  readonly test: Value | undefined;
  readonly body: readonly Step[];
}

/** What a declared type holds, as far as names go. */
export type TypeShape =
  | { readonly kind: "object"; readonly members: Map<string, TypeShape> }
  | { readonly kind: "all"; readonly of: TypeShape[] }
  | { readonly kind: "any-of"; readonly of: TypeShape[] }
  | { readonly kind: "array"; readonly of: TypeShape }
  | { readonly kind: "import"; readonly source: string; readonly name: string; readonly args: readonly TypeShape[] }
  | { readonly kind: "named"; readonly name: string; readonly args: readonly TypeShape[]; target: TypeShape | undefined }
  | { readonly kind: "typeof"; readonly value: Value }
  | { readonly kind: "member"; readonly of: TypeShape; readonly name: string }
  | { readonly kind: "keyword"; readonly name: "string" | "number" | "boolean" | "any" | "other" }
  | { readonly kind: "literals"; readonly values: readonly string[] };

export interface ExportFacts {
  readonly value?: Value;
  readonly type?: TypeShape;
}

/** What other modules may ask of a module. */
export interface ModuleFacts {
  /** Absolute path; `undefined` for text without a file. */
  readonly path: string | undefined;
  readonly directives: readonly string[];
  readonly exports: ReadonlyMap<string, ExportFacts>;
  /** Sources of `export * from`. */
  readonly stars: readonly string[];
  /** What the module does when it is loaded. */
  readonly body: readonly Step[];
  /** The pieces that a bundler takes or leaves. */
  readonly parts: ModuleParts;
  /** What becomes of the members of a variable, at one of its references. Absent in all but the linted file. */
  readonly memberUses?: (reference: TSESTree.Node) => MemberUses | undefined;
}

export const UNKNOWN: UnknownValue = { kind: "unknown" };
