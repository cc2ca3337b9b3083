/** How sentences name what the taxonomy's labels stand for. */

/** Labels that no article fits, or that are no whole phrase by themselves. */
const PHRASES: Readonly<Record<string, string>> = {
  "name of a person": "the name of a person",
  "location of a person": "the location of a person",
  "password reset": "a code to reset a password",
  verification: "a code to verify somebody",
  session: "a session",
  "biometric data": "biometric data",
  "health data": "health data",
  "bank details": "bank details",
  "card details": "card details",
  "recovery codes": "recovery codes",
  credentials: "credentials",
  coordinates: "coordinates",
  "user agent": "a user agent",
};

/** `email address` as a sentence has it: `an email address`. By sound: `a one-time code`, `an API key`, `an OAuth state`. */
export function withArticle(label: string): string {
  if (Object.hasOwn(PHRASES, label)) return PHRASES[label] ?? label;
  return /^(?:[aeio](?!ne-)|IP |API )/iu.test(label) ? `an ${label}` : `a ${label}`;
}

/** The same behind "this": `code to reset a password`, `email address`. */
export const withoutArticle = (label: string): string => withArticle(label).replace(/^(?:an?|the) /u, "");

/** Several of the phrases above. */
const PLURALS: Readonly<Record<string, string>> = {
  "name of a person": "names of persons",
  "location of a person": "locations of persons",
  "date of birth": "dates of birth",
  "password reset": "codes to reset passwords",
  verification: "codes to verify somebody",
};
/** What is several already, or cannot be counted. */
const UNCOUNTED = /(?:data|details|codes|credentials|coordinates)$/u;

/** Several of what a label names: `email addresses`, `API keys`, `dates of birth`. */
export function inPlural(label: string): string {
  if (Object.hasOwn(PLURALS, label)) return PLURALS[label] ?? label;
  if (UNCOUNTED.test(label)) return label;
  if (/[^aeiou]y$/u.test(label)) return `${label.slice(0, -1)}ies`;
  return /(?:s|ch|sh|x)$/u.test(label) ? `${label}es` : `${label}s`;
}
