/**
 * Whether a host is somebody else's: neither Upstash's, nor one of the machine, the local network or a reserved name.
 * Sources: upstash.com, and Vercel's name for Upstash databases (kv.vercel-storage.com); RFC 1918, RFC 6761.
 */
export function isForeignHost(host: string): boolean {
  if (/(?:^|\.)(?:upstash\.(?:io|com)|kv\.vercel-storage\.com)$/u.test(host)) return false;
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/u.test(host)) return !/^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./u.test(host);
  return host.includes(".") && !/\.(?:local|localhost|internal|test|lan|svc|home|corp)$/u.test(host);
}
