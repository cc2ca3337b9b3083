/**
 * Functions through which data stays readable: encoders, serialisers, compressors, copies, and the methods of strings
 * and arrays that keep their content. What masks (`slice`, `replace`, `split`) or computes something else (`map`,
 * `length`) is not here: behind it the value is unknown.
 */
import { compile, UNRESOLVED, type CanonicalPath, type Matcher } from "./canonical.ts";

/** Where the data in a call's result comes from. */
export interface Passthrough {
  /** Indexes of arguments, all of them, or the object that the method is called on. */
  readonly args: readonly number[] | "all" | "receiver";
  /** Besides `args`, the receiver too (`concat`). */
  readonly receiver?: true;
}

export interface PassthroughRow extends Passthrough {
  readonly pattern: string;
}

/** String methods that keep the value readable, and those that any value has. `slice` and `replace` may mask. */
export const STRING_METHODS_KEEPING_VALUE: ReadonlySet<string> = new Set([
  "concat",
  "normalize",
  "padEnd",
  "padStart",
  "repeat",
  "toISOString",
  "toJSON",
  "toLocaleLowerCase",
  "toLocaleUpperCase",
  "toLowerCase",
  "toString",
  "toUpperCase",
  "toWellFormed",
  "trim",
  "trimEnd",
  "trimLeft",
  "trimRight",
  "trimStart",
  "valueOf",
]);

/** Array methods whose result holds elements of the array as they are (`slice` is a string's too, hence not here). */
export const ARRAY_METHODS_KEEPING_VALUE: ReadonlySet<string> = new Set([
  "at",
  "concat",
  "filter",
  "find",
  "findLast",
  "flat",
  "join",
  "pop",
  "reverse",
  "shift",
  "sort",
  "splice",
  "toReversed",
  "toSorted",
  "toSpliced",
  "with",
]);

function rows(args: Passthrough["args"], ...patterns: readonly string[]): readonly PassthroughRow[] {
  return patterns.map((pattern) => ({ pattern, args }));
}

const FIRST = [0] as const;
const LODASH = "{lodash,lodash-es,es-toolkit,es-toolkit/compat,radash,remeda}";

/** Every row, for tests and documentation. */
export const PASSTHROUGH_ROWS: readonly PassthroughRow[] = [
  // https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects
  ...rows(FIRST, "global#{String,Number,BigInt,parseInt,parseFloat,Date,Object,structuredClone}"),
  ...rows(FIRST, "global#JSON.{stringify,parse,rawJSON}"),
  ...rows(FIRST, "global#{encodeURIComponent,encodeURI,decodeURIComponent,decodeURI,escape,unescape,btoa,atob}"),
  ...rows(FIRST, "global#Object.{entries,values,fromEntries,freeze,seal,preventExtensions}"),
  ...rows("all", "global#Object.assign", "global#Array{,.of}", "global#String.raw"),
  ...rows(FIRST, "global#Array.from{,Async}", "global#{Map,Set,Uint8Array,Uint8Array.from,DataView}"),
  ...rows(FIRST, "global#Promise.{resolve,all,allSettled,race,any}"),
  ...rows(FIRST, "global#{URLSearchParams,Blob,Headers}", "global#{TextEncoder.encode,TextDecoder.decode}"),
  ...rows("receiver", "global#{URLSearchParams,Blob,Date,Uint8Array,Uint8Array.from,TextEncoder.encode}.toString"),
  ...rows("receiver", "global#Date.{toISOString,toJSON,toLocaleDateString,toDateString,getTime,valueOf}"),
  ...rows("receiver", "global#{Uint8Array,Uint8Array.from,TextEncoder.encode}.{toBase64,toHex}"),
  // https://nodejs.org/api/buffer.html, https://nodejs.org/api/util.html, https://nodejs.org/api/querystring.html
  ...rows(FIRST, "{global#Buffer,buffer#Buffer}.{from,concat,copyBytesFrom}", "buffer#{btoa,atob}"),
  ...rows("receiver", "{global#Buffer,buffer#Buffer}.{from,concat,copyBytesFrom}.{toString,toJSON,buffer,valueOf}"),
  ...rows(FIRST, "util#inspect", "querystring#{stringify,encode,escape}", "v8#serialize"),
  ...rows("all", "util#format"),
  // Serialisers: the READMEs of the packages, which take the value as first argument
  ...rows(FIRST, "superjson#{stringify,serialize,SuperJSON.stringify,SuperJSON.serialize}"),
  ...rows(FIRST, "devalue#{stringify,uneval}", "seroval#{serialize,serializeAsync,toJSON,toJSONAsync}"),
  ...rows(FIRST, "{qs,query-string,json5,flatted,yaml,bson,telejson,safe-json-stringify}#{stringify,serialize}"),
  ...rows(FIRST, "{safe-stable-stringify,fast-safe-stringify,json-stringify-safe,serialize-javascript}#default"),
  ...rows(FIRST, "{fast-json-stable-stringify,json-stable-stringify}#default", "safe-stable-stringify#stringify"),
  ...rows(FIRST, "{js-yaml#dump,papaparse#unparse,csv-stringify/sync#stringify}"),
  ...rows(FIRST, "{@msgpack/msgpack,msgpackr,msgpack-lite,cbor-x,cbor}#encode", "msgpackr#pack"),
  // Encoders: https://github.com/dankogai/js-base64, https://github.com/paulmillr/scure-base, https://oslojs.dev,
  // https://jsr.io/@std/encoding, https://github.com/panva/jose, https://github.com/achingbrain/uint8arrays
  ...rows(FIRST, "js-base64#{encode,encodeURI,encodeURL,toBase64,btoa,decode,fromBase64}"),
  ...rows(FIRST, "js-base64#Base64.{encode,encodeURI,encodeURL,toBase64,btoa,decode,fromBase64}"),
  ...rows(FIRST, "@scure/base#{base64,base64url,base64nopad,base64urlnopad,base58,base32,hex,utf8}.encode"),
  ...rows(FIRST, "{oslo/encoding,@oslojs/encoding}#{encodeBase64,encodeBase64url,encodeBase32,encodeHex}"),
  ...rows(FIRST, "{oslo/encoding#base64,oslo/encoding#base64url,oslo/encoding#hex,jose#base64url}.encode"),
  ...rows(FIRST, "@std/encoding{,/base64,/base64url}#{encodeBase64,encodeBase64Url}"),
  ...rows(FIRST, "@std/encoding{,/base58,/base32,/hex}#{encodeBase58,encodeBase32,encodeHex}"),
  ...rows(FIRST, "base64-js#fromByteArray", "{bs58,hi-base32,base-64}#encode", "base64url#{default,encode}"),
  ...rows(FIRST, "uint8arrays{,/from-string,/to-string}#{fromString,toString}"),
  ...rows(FIRST, "{he,html-entities}#{encode,escape,decode}", "iconv-lite#encode"),
  // Compression: https://nodejs.org/api/zlib.html, https://github.com/pieroxy/lz-string,
  // https://github.com/nodeca/pako, https://github.com/101arrowz/fflate
  ...rows(FIRST, "zlib#{gzip,gzipSync,deflate,deflateSync,deflateRaw,deflateRawSync}"),
  ...rows(FIRST, "zlib#{brotliCompress,brotliCompressSync,zstdCompress,zstdCompressSync}"),
  ...rows(FIRST, "zlib#{gunzipSync,inflateSync,unzipSync,brotliDecompressSync}"),
  ...rows(
    FIRST,
    "lz-string#{compress,compressToBase64,compressToUTF16,compressToEncodedURIComponent,compressToUint8Array}",
  ),
  ...rows(FIRST, "pako#{deflate,deflateRaw,gzip,inflate,ungzip}"),
  ...rows(FIRST, "fflate#{gzipSync,deflateSync,zlibSync,compressSync,strToU8,strFromU8}"),
  ...rows(FIRST, "{snappy#compress,snappy#compressSync,snappyjs#compress,lz4js#compress}"),
  // Copies: https://lodash.com/docs, https://es-toolkit.dev, https://radash-docs.vercel.app, https://remedajs.com/docs,
  // https://ramdajs.com/docs, https://github.com/TehShrike/deepmerge, https://immerjs.github.io
  ...rows(FIRST, `${LODASH}#{pick,omit,pickBy,omitBy,clone,cloneDeep,toString,trim,toLower,toUpper,escape}`),
  ...rows(FIRST, `${LODASH}#{lowerCase,upperCase,camelCase,kebabCase,snakeCase,startCase,capitalize,upperFirst}`),
  ...rows(FIRST, `${LODASH}#{compact,uniq,flatten,flattenDeep,values,toPairs,fromPairs,mapKeys,head,last,castArray}`),
  ...rows("all", `${LODASH}#{merge,mergeWith,assign,assignIn,extend,defaults,defaultsDeep,concat,zipObject}`),
  ...rows(FIRST, "lodash/{pick,omit,pickBy,omitBy,clone,cloneDeep,mapKeys,trim,toLower,compact,uniq}#default"),
  ...rows(FIRST, "lodash.{pick,omit,clonedeep,pickby,omitby}#default"),
  ...rows("all", "lodash/{merge,assign,defaults,defaultsDeep}#default", "lodash.{merge,defaults}#default"),
  ...rows([1], "ramda#{pick,omit,pickBy}"),
  ...rows("all", "ramda#{mergeRight,mergeLeft,mergeDeepRight,mergeDeepLeft}", "deepmerge#{default,all}"),
  ...rows("all", "{deepmerge-ts#deepmerge,defu#default,defu#defu,ts-deepmerge#merge,merge-deep#default}"),
  ...rows(FIRST, "{klona,klona/json,klona/full}#klona", "{fast-copy,clone,clone-deep}#{default,copy}", "rfdc#default"),
  ...rows(FIRST, "{camelcase-keys,snakecase-keys}#default", "immer#{produce,original,current}"),
  // Cleaning keeps what is clean: https://github.com/validatorjs/validator.js, https://github.com/cure53/DOMPurify
  ...rows(FIRST, "validator#{trim,escape,normalizeEmail,toString,stripLow,whitelist}"),
  ...rows(FIRST, "{dompurify,isomorphic-dompurify}#sanitize", "{sanitize-html,xss}#default"),
];

export const PASSTHROUGHS: Matcher<PassthroughRow> = compile(PASSTHROUGH_ROWS);

const RECEIVER: Passthrough = { args: "receiver" };
const RECEIVER_AND_ARGUMENTS: Passthrough = { args: "all", receiver: true };

/**
 * Which parts of a call its result still shows. For a receiver that could not be resolved (`?`) the last member
 * decides, by the methods of strings and arrays.
 * @returns undefined when the tables do not know the function: its result is unknown, not protected.
 */
export function passthroughOf(path: CanonicalPath): Passthrough | undefined {
  const row = PASSTHROUGHS.match(path);
  if (row) return row;
  if (path.source !== UNRESOLVED) return undefined;
  const method = path.path.at(-1) ?? "";
  if (method === "concat" || method === "with") return RECEIVER_AND_ARGUMENTS;
  const keeps = STRING_METHODS_KEEPING_VALUE.has(method) || ARRAY_METHODS_KEEPING_VALUE.has(method);
  return keeps ? RECEIVER : undefined;
}
