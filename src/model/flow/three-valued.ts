/*
 * Conditions of which it is known that they hold, that they do not, or neither: undefined.
 */

/** Whether one of several holds. */
export const any = (parts: readonly (boolean | undefined)[]): boolean | undefined => (parts.includes(true) ? true : parts.includes(undefined) ? undefined : false);

/** Whether all of several hold. */
export const all = (parts: readonly (boolean | undefined)[]): boolean | undefined => (parts.includes(false) ? false : parts.includes(undefined) ? undefined : true);

/** Whether something does not hold. */
export const opposite = (part: boolean | undefined): boolean | undefined => (part === undefined ? undefined : !part);
