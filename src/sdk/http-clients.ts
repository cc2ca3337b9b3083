/**
 * Where functions that send HTTP requests take address and body.
 *
 * Sources: `axios` 1.x (https://axios-http.com/docs/api_intro), `ky` 1.x (https://github.com/sindresorhus/ky), `got` 14
 * (https://github.com/sindresorhus/got), `ofetch` 1.x (https://github.com/unjs/ofetch) and the fetch standard.
 */

/** Methods of axios whose second argument is the body, and the options the third. */
export const BODY_SECOND: ReadonlySet<string> = new Set(["post", "put", "patch"]);
/** Methods that send a request, other than by a call of the client itself. */
export const REQUEST_METHODS: ReadonlySet<string> = new Set([...BODY_SECOND, "get", "request", "stream"]);
/** Methods that make a client with options of its own. */
export const CLIENT_MAKERS = /^(?:create|extend|defaults)$/u;
/** Options that hold what the address begins with. */
export const BASES: readonly string[] = ["baseURL", "baseUrl", "prefixUrl", "prefix", "base"];
/** Options that hold the address, where no argument does. */
export const ADDRESSES: readonly string[] = ["url", "uri"];
/** Options that hold the body: axios' `data`, the `body` of most, `json` of ky and got. */
export const BODIES: readonly string[] = ["data", "body", "json"];
/** Options that hold what is appended to the address as its query. */
export const QUERIES: readonly string[] = ["params", "searchParams", "query"];
