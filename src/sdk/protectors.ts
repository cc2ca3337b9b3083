/**
 * Functions behind which personal data can no longer be read: encryptors, hashers, tokenisers and signers.
 * Encoders and compressors are in `passthrough.ts`: they protect nothing.
 */
import { compile, isConstantName, wordsOf, type CanonicalPath, type Matcher } from "./canonical.ts";

/** What a protector does. Signing hides nothing by itself; the catalogue counts it as safe. */
export type Protection = "encrypt" | "hash" | "tokenise" | "sign";

export interface ProtectorRow {
  readonly pattern: string;
  readonly does: Protection;
}

function rows(does: Protection, ...patterns: readonly string[]): readonly ProtectorRow[] {
  return patterns.map((pattern) => ({ pattern, does }));
}

/** The Web Crypto API, as a global and as Node's module gives it. */
const SUBTLE = "{global#crypto.subtle,crypto#subtle,crypto#webcrypto.subtle}";

/** Every row, for tests and documentation. A row matches the call whose result is protected. */
export const PROTECTOR_ROWS: readonly ProtectorRow[] = [
  // https://nodejs.org/api/crypto.html
  ...rows("encrypt", "crypto#{createCipheriv,createCipher}.{update,final}", "crypto#{publicEncrypt,privateEncrypt}"),
  ...rows("hash", "crypto#{createHash,createHmac}.**.digest", "crypto#hash"),
  ...rows("hash", "crypto#{scrypt,scryptSync,pbkdf2,pbkdf2Sync,hkdf,hkdfSync,argon2,argon2Sync}"),
  ...rows("sign", "crypto#{sign,createSign.**.sign}"),
  // https://developer.mozilla.org/docs/Web/API/SubtleCrypto
  ...rows("encrypt", `${SUBTLE}.{encrypt,wrapKey}`),
  ...rows("hash", `${SUBTLE}.{digest,deriveBits}`),
  ...rows("sign", `${SUBTLE}.sign`),
  // https://bun.com/docs/api/hashing, https://jsr.io/@std/crypto
  ...rows("hash", "{global#Bun,bun#Bun}.{password.hash,password.hashSync,CryptoHasher.**.digest,CryptoHasher.hash}"),
  ...rows("hash", "bun#{password.hash,password.hashSync,CryptoHasher.**.digest,CryptoHasher.hash}"),
  ...rows("hash", "@std/crypto{,/crypto}#crypto.subtle.{digest,digestSync}"),
  // https://github.com/kelektiv/node.bcrypt.js, https://github.com/dcodeIO/bcrypt.js,
  // https://github.com/napi-rs/node-rs, https://github.com/ranisalt/node-argon2, https://github.com/ricmoo/scrypt-js
  ...rows("hash", "{bcrypt,bcryptjs,bcrypt-ts,@node-rs/bcrypt}#{hash,hashSync}"),
  ...rows("hash", "{argon2,@node-rs/argon2,argon2-browser}#{hash,hashSync,hashRaw,hashRawSync}"),
  ...rows("hash", "scrypt-js#{scrypt,syncScrypt}"),
  // https://github.com/paulmillr/noble-hashes, https://github.com/paulmillr/noble-ciphers,
  // https://github.com/paulmillr/noble-curves
  ...rows("hash", "@noble/hashes/{sha2,sha2.js,sha256,sha512}#{sha224,sha256,sha384,sha512}{,.**.digest}"),
  ...rows("hash", "@noble/hashes/{sha3,sha3.js}#{sha3_256,sha3_512,keccak_256,keccak_512}{,.**.digest}"),
  ...rows("hash", "@noble/hashes/{blake2,blake2.js,blake2b,blake2s}#{blake2b,blake2s}{,.**.digest}"),
  ...rows("hash", "@noble/hashes/{blake3,blake3.js}#blake3{,.**.digest}"),
  ...rows("hash", "@noble/hashes/{hmac,hmac.js}#hmac{,.**.digest}", "@noble/hashes/{hkdf,hkdf.js}#hkdf"),
  ...rows("hash", "@noble/hashes/{scrypt,scrypt.js,pbkdf2,pbkdf2.js}#{scrypt,scryptAsync,pbkdf2,pbkdf2Async}"),
  ...rows("hash", "@noble/hashes/{argon2,argon2.js}#{argon2d,argon2i,argon2id,argon2idAsync}"),
  ...rows("encrypt", "@noble/ciphers/*#*.encrypt"),
  ...rows("sign", "@noble/curves/*#*.sign", "{@noble/ed25519,@noble/secp256k1}#{sign,signAsync}"),
  // https://v1.oslo.js.org, https://oslojs.dev, https://v3.lucia-auth.com
  ...rows("hash", "{oslo/password,lucia}#{Argon2id,Bcrypt,Scrypt,LegacyScrypt}.hash"),
  ...rows("hash", "oslo/crypto#{sha1,sha256,sha384,sha512}", "@oslojs/crypto/sha2#{sha224,sha256,sha384,sha512}"),
  ...rows("hash", "@oslojs/crypto/{sha1#sha1,hmac#hmac}"),
  ...rows("sign", "oslo/crypto#HMAC.sign", "oslo/jwt#createJWT"),
  // https://www.better-auth.com/docs, https://hono.dev/docs/helpers
  ...rows("encrypt", "better-auth/crypto#symmetricEncrypt"),
  ...rows("hash", "better-auth/crypto#hashPassword", "hono/utils/crypto#{sha256,sha1,md5,createHash}"),
  ...rows("sign", "hono/jwt#{sign,jwt.sign}"),
  // https://github.com/panva/jose
  ...rows("encrypt", "jose#{EncryptJWT,CompactEncrypt,FlattenedEncrypt,GeneralEncrypt}.**.encrypt"),
  ...rows("sign", "jose#{SignJWT,CompactSign,FlattenedSign,GeneralSign}.**.sign"),
  // https://github.com/auth0/node-jsonwebtoken, https://github.com/nearform/fast-jwt,
  // https://github.com/tsndr/cloudflare-worker-jwt
  ...rows("sign", "jsonwebtoken#sign", "fast-jwt#createSigner", "@tsndr/cloudflare-worker-jwt#sign"),
  ...rows("sign", "{cookie-signature,@tinyhttp/cookie-signature}#sign"),
  // https://authjs.dev/reference/core/jwt: an encrypted token
  ...rows("encrypt", "{next-auth/jwt,@auth/core/jwt}#encode"),
  // https://github.com/vvo/iron-session, https://github.com/hapijs/iron, https://github.com/brc-dd/iron-webcrypto
  ...rows("encrypt", "iron-session{,/edge}#sealData", "@hapi/iron#seal", "iron-webcrypto#{seal,encrypt}"),
  // https://github.com/MauriceButler/cryptr, https://cryptojs.gitbook.io/docs
  ...rows("encrypt", "cryptr#{default,Cryptr}.encrypt"),
  ...rows("encrypt", "crypto-js#{AES,DES,TripleDES,Rabbit,RabbitLegacy,RC4}.encrypt"),
  ...rows("encrypt", "crypto-js/{aes,tripledes,rabbit,rc4}#default.encrypt"),
  ...rows("hash", "crypto-js#{MD5,SHA1,SHA224,SHA256,SHA384,SHA512,SHA3,RIPEMD160,PBKDF2}"),
  ...rows("hash", "crypto-js#{HmacMD5,HmacSHA1,HmacSHA224,HmacSHA256,HmacSHA384,HmacSHA512,HmacSHA3}"),
  ...rows("hash", "crypto-js/{md5,sha1,sha224,sha256,sha384,sha512,sha3,ripemd160,pbkdf2}#default"),
  ...rows("hash", "crypto-js/{hmac-md5,hmac-sha1,hmac-sha224,hmac-sha256,hmac-sha384,hmac-sha512,hmac-sha3}#default"),
  // https://github.com/dchest/tweetnacl-js, https://github.com/jedisct1/libsodium.js
  ...rows("encrypt", "tweetnacl#{secretbox,box,box.after}"),
  ...rows("hash", "tweetnacl#hash"),
  ...rows("sign", "tweetnacl#{sign,sign.detached}"),
  ...rows(
    "encrypt",
    "{libsodium-wrappers,libsodium-wrappers-sumo}#{crypto_secretbox_easy,crypto_box_easy,crypto_box_seal}",
    `{libsodium-wrappers,libsodium-wrappers-sumo}#{crypto_aead_xchacha20poly1305_ietf_encrypt,
      crypto_aead_chacha20poly1305_ietf_encrypt}`,
  ),
  ...rows(
    "hash",
    `{libsodium-wrappers,libsodium-wrappers-sumo}#{crypto_pwhash,crypto_pwhash_str,crypto_generichash,
      crypto_shorthash,crypto_auth}`,
  ),
  ...rows("sign", "{libsodium-wrappers,libsodium-wrappers-sumo}#{crypto_sign,crypto_sign_detached}"),
  // https://github.com/47ng/cloak, https://openpgpjs.org, https://github.com/FiloSottile/typage
  ...rows("encrypt", "@47ng/cloak#{encryptString,encryptStringSync}"),
  ...rows("encrypt", "openpgp#encrypt", "age-encryption#Encrypter.encrypt"),
  // https://github.com/puleos/object-hash, https://github.com/unjs/ohash, https://github.com/Daninet/hash-wasm
  ...rows("hash", "object-hash#{default,sha1,MD5,keys,keysMD5}", "ohash#{hash,digest,sha256,sha256base64}"),
  ...rows("hash", "hash-wasm#{md5,sha1,sha224,sha256,sha384,sha512,sha3,keccak,blake2b,blake2s,blake3,ripemd160}"),
  ...rows("hash", "hash-wasm#{argon2i,argon2d,argon2id,bcrypt,scrypt,pbkdf2}"),
  ...rows("hash", "hash-wasm#{createSHA256,createSHA512,createHMAC}.**.digest"),
  // https://github.com/pvorb/node-md5, https://github.com/emn178/js-sha256, https://github.com/browserify/sha.js
  ...rows("hash", "{md5,sha1,js-md5,js-sha1,blueimp-md5}#default", "{js-md5#md5,js-sha1#sha1}"),
  ...rows("hash", "js-sha256#{default,sha256,sha224,sha256.hmac}", "js-sha512#{default,sha512,sha384,sha512.hmac}"),
  ...rows("hash", "js-sha3#{sha3_256,sha3_512,keccak256,keccak512}", "sha.js#default.**.digest"),
  ...rows("hash", "{hash.js,create-hash,create-hmac}#**.digest"),
  // https://github.com/StableLib/stablelib
  ...rows("hash", "@stablelib/{sha256,sha512,blake2b,blake2s,sha3}#{hash,hash224,hash384}", "@stablelib/hmac#hmac"),
  ...rows("encrypt", "@stablelib/{nacl#secretBox,nacl#box,chacha20poly1305#ChaCha20Poly1305.seal}"),
  ...rows("encrypt", "@stablelib/{gcm#GCM.seal,xchacha20poly1305#XChaCha20Poly1305.seal}"),
  ...rows("sign", "@stablelib/ed25519#sign"),
  // https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/kms/, https://cloud.google.com/kms/docs,
  // https://learn.microsoft.com/javascript/api/@azure/keyvault-keys
  ...rows("encrypt", "@aws-sdk/client-kms#{EncryptCommand,ReEncryptCommand,KMS.encrypt}", "aws-sdk#KMS.encrypt.**"),
  ...rows("sign", "@aws-sdk/client-kms#{SignCommand,GenerateMacCommand,KMS.sign,KMS.generateMac}"),
  ...rows("encrypt", "@aws-crypto/client-node#buildClient.encrypt"),
  ...rows("encrypt", "@google-cloud/kms#KeyManagementServiceClient.encrypt"),
  ...rows("encrypt", "@azure/keyvault-keys#CryptographyClient.{encrypt,wrapKey}"),
  // https://docs.evervault.com/sdks/nodejs, https://developers.basistheory.com/docs/api/tokens
  ...rows("encrypt", "@evervault/sdk#{default,Evervault}.encrypt"),
  ...rows("tokenise", "@basis-theory/basis-theory-js#BasisTheory.**.{tokenize,tokens.create}"),
  ...rows("tokenise", "@basis-theory/node-sdk#BasisTheoryClient.{tokens.tokenize,tokens.create}"),
];

export const PROTECTORS: Matcher<ProtectorRow> = compile(PROTECTOR_ROWS);

/** What a callee does to protect what it is given. Undefined: nothing that the table knows. */
export function protectorOf(path: CanonicalPath): Protection | undefined {
  return PROTECTORS.match(path)?.does;
}

/** What a name promises: a protection, or `redact` for masking and anonymising. */
export type PromisedProtection = Protection | "redact";

/** The first that a name contains is what the function does: `hmacSign` signs, `hashAndEncrypt` encrypts. */
const PROMISES: readonly (readonly [PromisedProtection, ReadonlySet<string>])[] = [
  ["encrypt", new Set(["encrypt", "encrypts", "encipher", "cipher", "seal"])],
  ["tokenise", new Set(["tokenize", "tokenise", "pseudonymize", "pseudonymise"])],
  ["redact", new Set(["redact", "mask", "obfuscate", "anonymize", "anonymise", "scrub"])],
  ["sign", new Set(["sign"])],
  [
    "hash",
    new Set([
      ...["hash", "hmac", "digest", "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3"],
      ...["bcrypt", "scrypt", "argon2", "argon2id", "pbkdf2", "blake2", "blake2b", "blake3", "keccak256"],
    ]),
  ],
];

/** Undoing and asking: `decryptHash`, `verifyHash`, `isMasked`. */
const OTHER_VERBS = new Set([
  ...["decrypt", "decipher", "unseal", "unhash", "unmask", "unsign", "detokenize", "detokenise"],
  ...["compare", "verify", "check", "validate", "parse", "match", "matches", "is", "has", "should", "can", "needs"],
  ...["find", "load", "fetch", "read", "lookup", "use"],
]);

/** What follows "hash", "sign" or "mask" where it is another word: hash map, sign in, mask layer. */
const OTHER_NOUNS = new Set([
  ...["in", "up", "out", "off", "on", "url", "urls", "map", "table", "tag", "tags", "router", "route", "link"],
  ...["history", "change", "changed", "param", "params", "layer", "image"],
]);

/** Words before the verb that leave it one: `toHash`, `createHmac`, `safeEncrypt`. */
const HELPING_WORDS = new Set([
  ...["create", "make", "generate", "get", "compute", "calculate", "build", "to", "do", "maybe", "try"],
  ...["safe", "safely", "secure", "simple", "fast", "async", "and", "with"],
]);

/**
 * What a function's name promises to do to its argument, for callees whose body can't be read. Evidence of a name
 * only: it may turn "plain text" into "unknown", and never proves protection.
 * @param name one identifier: the callee's last member.
 */
export function looksLikeProtectorName(name: string): PromisedProtection | undefined {
  if (isConstantName(name)) return undefined;
  const words = wordsOf(name);
  if (words.some((word) => OTHER_VERBS.has(word))) return undefined;
  return PROMISES.find(([, verbs]) => words.some((_, index) => isVerbAt(words, index, verbs)))?.[0];
}

/** The verb leads (`encryptValue`), follows helpers (`createHash`), or ends the name (`passwordHash`). */
function isVerbAt(words: readonly string[], index: number, verbs: ReadonlySet<string>): boolean {
  if (!verbs.has(words[index] ?? "") || OTHER_NOUNS.has(words[index + 1] ?? "")) return false;
  const isProtecting = (word: string): boolean =>
    HELPING_WORDS.has(word) || PROMISES.some(([, others]) => others.has(word));
  return index === words.length - 1 || words.slice(0, index).every(isProtecting);
}
