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
