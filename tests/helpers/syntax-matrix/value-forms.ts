/** One way to write a value. */
export interface ValueForm {
  readonly name: string;
  /** Statements to stand before; may be empty. */
  readonly setup: string;
  readonly expr: string;
}

/** All forms of an expression. Names begin with `form`, so that they do not clash with the program's. */
export function valueForms(value: string): ValueForm[] {
  return [
    ...inPlace(value),
    ...branches(value),
    ...strings(value),
    ...aliases(value),
    ...containers(value),
    ...functions(value),
    ...classes(value),
    ...promises(value),
    ...memberForms(value),
  ].map(([name, expr, setup = ""]) => ({ name, setup, expr }));
}

type Row = readonly [name: string, expr: string, setup?: string];

const inPlace = (value: string): Row[] => [
  ["as it is", value],
  ["parentheses", `((${value}))`],
  ["as", `(${value} as string)`],
  ["as through unknown", `(${value} as unknown as string)`],
  ["satisfies", `(${value} satisfies unknown)`],
  ["non-null", `${value}!`],
  ["non-null in parentheses", `(${value})!`],
  ["await", `(await ${value})`],
  ["comma", `(0, ${value})`],
  ["assignment expression", `(formHeld = ${value})`, `let formHeld;`],
];

const branches = (value: string): Row[] => [
  ["ternary, first branch", `(Date.now() > 0 ? ${value} : "")`],
  ["ternary, second branch", `(Date.now() > 0 ? "" : ${value})`],
  ["?? with a fallback", `(${value} ?? "")`],
  ["?? as the fallback", `(globalThis.name ?? ${value})`],
  ["|| with a fallback", `(${value} || "")`],
  ["|| as the fallback", `(globalThis.name || ${value})`],
  ["&& guarded", `(Date.now() > 0 && ${value})`],
  ["assigned in a branch", "formHeld", `let formHeld = "";\nif (Date.now() > 0) { formHeld = ${value}; }`],
  ["assigned in try", "formHeld", `let formHeld;\ntry { formHeld = ${value}; } catch { formHeld = ""; }`],
  ["logical assignment", "formHeld", `let formHeld: string | undefined;\nformHeld ??= ${value};`],
];

/** Names of the forms that put other text around the value. */
export const textForms: readonly string[] = strings("").flatMap(([name]) => (name === "template string" ? [] : [name]));

function strings(value: string): Row[] {
  return [
    ["template string", `\`\${${value}}\``],
    ["template string with text", `\`before \${${value}} after\``],
    ["concatenation, right", `("before " + ${value})`],
    ["concatenation, left", `(${value} + " after")`],
    ["joined with a text", `["before", ${value}].join(":")`],
    ["concat of a text", `"before ".concat(${value})`],
    ["concatenation by +=", "formText", `let formText = "before ";\nformText += ${value};`],
  ];
}

const aliases = (value: string): Row[] => [
  ["alias by const", "formAlias", `const formAlias = ${value};`],
  ["alias by let", "formAlias", `let formAlias = ${value};`],
  ["alias by var", "formAlias", `var formAlias = ${value};`],
  ["alias assigned later", "formAlias", `let formAlias;\nformAlias = ${value};`],
  ["alias of an alias", "formSecond", `const formFirst = ${value};\nconst formSecond = formFirst;`],
  ["alias with as", "formAlias", `const formAlias = ${value} as string;`],
];

const containers = (value: string): Row[] => [
  ["object property", "formHolder.held", `const formHolder = { held: ${value} };`],
  ["nested object property", "formHolder.deep.held", `const formHolder = { deep: { held: ${value} } };`],
  ["object property, optional chaining", "formHolder?.held", `const formHolder = { held: ${value} };`],
  ["object property by string", 'formHolder["held"]', `const formHolder = { held: ${value} };`],
  ["object property by constant", "formHolder[FORM_KEY]", `const FORM_KEY = "held";\nconst formHolder = { [FORM_KEY]: ${value} };`],
  ["object property, assigned", "formHolder.held", `const formHolder: { held?: string } = {};\nformHolder.held = ${value};`],
  ["object as const", "formHolder.held", `const formHolder = { held: ${value} } as const;`],
  ["shorthand property", "formHolder.held", `const held = ${value};\nconst formHolder = { held };`],
  ["object spread", "formCopy.held", `const formHolder = { held: ${value} };\nconst formCopy = { ...formHolder };`],
  ["object spread in place", `({ ...{ held: ${value} } }).held`],
  ["array element", "formList[0]", `const formList = [${value}];`],
  ["array spread", "[...formList][0]", `const formList = [${value}];`],
  ["destructuring", "held", `const { held } = { held: ${value} };`],
  ["destructuring with rename", "formOther", `const { held: formOther } = { held: ${value} };`],
  ["destructuring with rename and default", "formOther", `const { held: formOther = "" } = { held: ${value} };`],
  ["nested destructuring", "held", `const { deep: { held } } = { deep: { held: ${value} } };`],
  ["array destructuring", "formFirst", `const [formFirst] = [${value}];`],
  ["array destructuring with default", "formFirst", `const [formFirst = ""] = [${value}];`],
  ["destructuring assignment", "formOther", `let formOther;\n({ held: formOther } = { held: ${value} });`],
  ["rest of an object", "formRest.held", `const { other: formOther, ...formRest } = { other: 1, held: ${value} };`],
  ["globalThis singleton", "globalThis.formHeld", `globalThis.formHeld ??= ${value};`],
];

const functions = (value: string): Row[] => [
  ["IIFE", `(() => ${value})()`],
  ["IIFE with a body", `(function () { return ${value}; })()`],
  ["getter function", "formRead()", `function formRead() { return ${value}; }`],
  ["getter arrow", "formRead()", `const formRead = () => ${value};`],
  ["getter function, awaited", "(await formRead())", `async function formRead() { return ${value}; }`],
  ["object getter", "formHolder.held", `const formHolder = { get held() { return ${value}; } };`],
  ["argument of a local function", `formPass(${value})`, `const formPass = (given: string) => given;`],
  ["default of a parameter", "formPass()", `const formPass = (given = ${value}) => given;`],
];

const classes = (value: string): Row[] => [
  ["class field", "new FormHolder().held", `class FormHolder { held = ${value}; }`],
  ["class field through this", "new FormHolder().read()", `class FormHolder { held = ${value}; read() { return this.held; } }`],
  ["static class field", "FormHolder.held", `class FormHolder { static held = ${value}; }`],
  ["field set by the constructor", "new FormHolder().held", `class FormHolder { held: string; constructor() { this.held = ${value}; } }`],
  ["class getter", "new FormHolder().held", `class FormHolder { get held() { return ${value}; } }`],
];

const promises = (value: string): Row[] => [
  ["Promise.resolve", `(await Promise.resolve(${value}))`],
  [".then() chain", `(await Promise.resolve(${value}).then((given) => given))`],
  [".then() that returns it", `(await Promise.resolve().then(() => ${value}))`],
  ["Promise.all destructuring", "formFirst", `const [formFirst] = await Promise.all([${value}, 1]);`],
  ["alias of a promise, awaited", "(await formPromise)", `const formPromise = Promise.resolve(${value});`],
];

/** Forms that only `object.property` has. */
function memberForms(value: string): Row[] {
  const [, object, property] = /^([\w$.]+)\.([\w$]+)$/.exec(value) ?? [];
  if (object === undefined || property === undefined) return [];
  return [
    ["member by optional chaining", `${object}?.${property}`],
    ["member by string", `${object}["${property}"]`],
    ["member by template", `${object}[\`${property}\`]`],
    ["member by constant", `${object}[FORM_KEY]`, `const FORM_KEY = "${property}";`],
    ["member of an alias", `formObject.${property}`, `const formObject = ${object};`],
    ["member of a copy", `formObject.${property}`, `const formObject = { ...${object} };`],
    ["member by destructuring", property, `const { ${property} } = ${object};`],
    ["member by destructuring with rename", "formOther", `const { ${property}: formOther } = ${object};`],
    ["member by destructuring with rename and default", "formOther", `const { ${property}: formOther = "" } = ${object};`],
    ["member by computed destructuring", "formOther", `const { ["${property}"]: formOther } = ${object};`],
  ];
}
