import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";

/** The value of `{ email }` is its key, too. */
export const isShorthand = ({ parent }: Node): boolean => parent?.type === "Property" && parent.shorthand;

/** What goes before that which is put in the place of such a value: `email: `. Empty for all others. */
export const keyBefore = (file: FileModel, node: Node): string => (isShorthand(node) ? `${file.text.slice(...node.range)}: ` : "");
