import type { FileModel } from "../file.ts";
import type { Node } from "../syntax/ast.ts";
import { keywordOf, propertiesOfType, propertiesOfValue, type Properties } from "../values/shapes.ts";
import type { Value } from "../values/ir.ts";
import type { Located, LocatedType, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { deeper, type Finding, type Trail } from "./findings.ts";
import { sealedTypes, signatureOf } from "./sealed-types.ts";
import { classifyName, classifyRecord, isOrganisationsContact, mayBeNumber } from "./sensitive-names.ts";
import { isCoin } from "./sensitive/coins.ts";
import { namesOf, QUERY_NAME } from "./telling-names.ts";
import type { Settings } from "../../settings.ts";

/** Objects in objects that a declared type is searched through. */
const MAX_TYPE_DEPTH = 2;

/** Personal data by the types that are declared for it. */
export class DeclaredData {
  readonly #file: FileModel;
  readonly #tracer: Tracer;
  readonly #settings: Settings;
  readonly #isSealedValue: (value: Located, node: Node) => boolean;

  /** @param isSealedValue something protects a value on its way, and nothing of what it is made of is left to be read */
  constructor(file: FileModel, isSealedValue: (value: Located, node: Node) => boolean) {
    this.#file = file;
    this.#tracer = file.tracer;
    this.#settings = file.settings;
    this.#isSealedValue = isSealedValue;
  }

  /** What the declared type of some data says of it. */
  of(located: Located, trail: Trail): readonly Finding[] {
    const properties = propertiesOfValue(this.#tracer, located);
    // What is looked for need not be given, and is nobody's record: `{ ...filters }` of an export.
    return properties && !QUERY_NAME.test(trail.names.at(-1) ?? "") && !this.#isQuery(located) ? this.#declared(properties, trail, 0, trail.isContact) : [];
  }

  /** A whole that was parsed by a schema of a query or filter. */
  #isQuery({ value, place }: Located): boolean {
    return [value, ...this.#tracer.alternatives({ value, place }).map((origin) => origin.value)].some((made) => {
      const callee = made.kind === "call" ? target(made.callee) : undefined;
      const schema = callee?.kind === "member" ? callee.object : undefined;
      return schema !== undefined && [schema, target(schema)].some((part) => wholeNames(part).some((name) => QUERY_NAME.test(name)));
    });
  }

  #declared(properties: Properties, trail: Trail, depth: number, isContact = false): readonly Finding[] {
    const { sensitiveNames } = this.#settings;
    const kinds = new Map([...properties].map(([name, type]) => [name, type && keywordOf(this.#tracer, type)]));
    const names = [...kinds].flatMap(([name, kind]) => (isFlagKind(kind) ? [] : [name]));
    const found = classifyRecord(names, sensitiveNames, isContact);
    const isNumber = ({ name }: { name: string }): boolean => kinds.get(name) === "number";
    // The name and the address of a coin are nobody's.
    const isCoins = isOfCoin(properties);
    const isTold = ({ name }: { name: string }): boolean => !isCoins || classifyName(name, sensitiveNames)?.strength === "strong";
    // `{ email: number; phone: number }` counts messages.
    const counts = found.some((field) => isNumber(field) && !mayBeNumber(field.sensitivity));
    const own = found
      .filter((field) => !(counts && isNumber(field)) && isTold(field) && !this.#isCoin(properties.get(field.name)) && !this.#isSealed(properties, field.name, trail.node))
      .map(({ name, sensitivity }) => ({ sensitivity, name, node: trail.node, holder: deeper(trail.holder, name) }));
    if (own.length > 0 || depth >= MAX_TYPE_DEPTH) return own;
    for (const [within, type] of properties) {
      const inner = type && propertiesOfType(this.#tracer, type);
      const all = inner ? this.#declared(inner, trail, depth + 1, isOrganisationsContact(within, [...kinds.keys()], sensitiveNames)) : [];
      // What says it alone is the better reason.
      const first = all.find(({ sensitivity }) => sensitivity.strength === "strong") ?? all[0];
      if (first) return [{ ...first, holder: { property: trail.holder?.property ?? within, isNested: true } }];
    }
    return [];
  }

  /** The file puts what is protected under that name of such a type: the type does not tell that it can be read. */
  #isSealed(properties: Properties, name: string, node: Node): boolean {
    return sealedTypes(this.#file, (value) => this.#isSealedValue(value, node)).get(signatureOf(properties))?.has(name) === true;
  }

  #isCoin(type: LocatedType | undefined): boolean {
    return isOfCoin(type && propertiesOfType(this.#tracer, type));
  }
}

/** Its properties are those of a coin. */
export const isOfCoin = (properties: Properties | undefined): boolean => properties !== undefined && isCoin([...properties.keys()]);

/** True, false, or one of several constants, whatever is put there. */
export const isFlagKind = (kind: ReturnType<typeof keywordOf>): boolean => kind === "boolean" || kind === "literals";

/** The names of a value, and the one that it is imported under. */
const wholeNames = (value: Value): readonly string[] => (value.kind === "import" ? [value.name] : namesOf(value));
