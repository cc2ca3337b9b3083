/**
 * Hosts of Upstash. Databases stand below `upstash.io`, Box below `box.upstash.com`, and the developer API is
 * `api.upstash.com` (upstash-facts, section 4). `console.` and `www.` take no credential.
 */
const HOST = /(?:^|[/@.])(?:(?:[a-z\d-]{1,63}\.){1,4}upstash\.io|(?:[a-z\d-]{1,63}\.)?box\.upstash\.com|api\.upstash\.com)(?=$|[/:?#,\s])/iu;
/** The end of a host whose beginning is interpolated: `.upstash.io`, `-kafka.upstash.io:9092`. */
const HOST_END = /^[a-z\d.-]{0,80}\.upstash\.io(?=$|[/:?#,\s])/iu;

/** Whether a text is, or holds as address, a host of Upstash. */
export function namesUpstashHost(text: string): boolean {
  return text.includes("upstash.") && HOST.test(text);
}

/** Whether a text goes on with the end of a host of Upstash. */
export function endsUpstashHost(text: string): boolean {
  return text.includes("upstash.") && HOST_END.test(text);
}

const URL_HOST = /^(?<scheme>[a-z]{2,10}):\/\/(?:[^/?#@]{0,400}@)?(?<host>[^/?#]{0,255})/iu;

/** The scheme of an address whose host is one of Upstash; undefined for other addresses and for texts. */
export function schemeToUpstash(address: string): string | undefined {
  const { scheme, host } = URL_HOST.exec(address)?.groups ?? {};
  return host !== undefined && namesUpstashHost(host) ? scheme?.toLowerCase() : undefined;
}

const LOCAL = /^[a-z]+:\/\/(?:[^@/]*@)?(?:localhost|127\.\d|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[\w-]{1,60}(?=[:/]|$))/iu;

/** Whether an address is that of a server on the developer's machine, or in the same group of containers. */
export function isLocalAddress(address: string): boolean {
  return LOCAL.test(address);
}
