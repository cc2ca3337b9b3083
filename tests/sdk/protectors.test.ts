import { describe, expect, it } from "vitest";
import { parsePath } from "../../src/sdk/canonical.ts";
import {
  ARRAY_METHODS_KEEPING_VALUE,
  passthroughOf,
  STRING_METHODS_KEEPING_VALUE,
} from "../../src/sdk/passthrough.ts";
import { looksLikeProtectorName, protectorOf } from "../../src/sdk/protectors.ts";

describe("protectorOf", () => {
  it.each([
    ["encrypt", "node:crypto#createCipheriv.update"],
    ["encrypt", "crypto#default.createCipheriv.final"],
    ["encrypt", "crypto#publicEncrypt"],
    ["hash", "node:crypto#createHash.update.digest"],
    ["hash", "crypto#createHmac.update.update.digest"],
    ["hash", "crypto#scryptSync"],
    ["hash", "crypto#pbkdf2Sync"],
    ["encrypt", "global#crypto.subtle.encrypt"],
    ["hash", "global#globalThis.crypto.subtle.digest"],
    ["sign", "global#crypto.subtle.sign"],
    ["encrypt", "node:crypto#webcrypto.subtle.encrypt"],
    ["encrypt", "node:crypto#subtle.encrypt"],
    ["hash", "bcrypt#hash"],
    ["hash", "bcryptjs#default.hashSync"],
    ["hash", "argon2#default.hash"],
    ["hash", "@node-rs/argon2#hash"],
    ["hash", "@noble/hashes/sha2.js#sha256"],
    ["hash", "@noble/hashes/sha256#sha256.create.update.digest"],
    ["encrypt", "@noble/ciphers/aes.js#gcm.encrypt"],
    ["hash", "oslo/password#Argon2id.hash"],
    ["hash", "@oslojs/crypto/sha2#sha256"],
    ["encrypt", "better-auth/crypto#symmetricEncrypt"],
    ["encrypt", "jose#EncryptJWT.setProtectedHeader.setIssuedAt.encrypt"],
    ["sign", "jose#SignJWT.setProtectedHeader.sign"],
    ["sign", "jsonwebtoken#default.sign"],
    ["encrypt", "iron-session#sealData"],
    ["encrypt", "@hapi/iron#default.seal"],
    ["encrypt", "cryptr#default.encrypt"],
    ["encrypt", "crypto-js#default.AES.encrypt"],
    ["encrypt", "crypto-js/aes#default.encrypt"],
    ["hash", "crypto-js#SHA256"],
    ["hash", "crypto-js/hmac-sha256#default"],
    ["encrypt", "tweetnacl#default.secretbox"],
    ["encrypt", "libsodium-wrappers#default.crypto_secretbox_easy"],
    ["encrypt", "@47ng/cloak#encryptString"],
    ["hash", "object-hash#default"],
    ["hash", "md5#default"],
    ["hash", "js-sha256#sha256"],
    ["hash", "hash-wasm#sha256"],
    ["encrypt", "@aws-sdk/client-kms#EncryptCommand"],
    ["hash", "@stablelib/sha256#hash"],
    ["tokenise", "@basis-theory/basis-theory-js#BasisTheory.init.tokenize"],
    ["hash", "global#Bun.password.hash"],
  ] as const)("%s: %s", (does, path) => {
    expect(protectorOf(parsePath(path))).toBe(does);
  });

  it.each([
    "node:crypto#createDecipheriv.update",
    "node:crypto#createHash.update",
    "node:crypto#randomUUID",
    "node:crypto#timingSafeEqual",
    "node:crypto#verify",
    "global#crypto.subtle.decrypt",
    "global#crypto.randomUUID",
    "bcrypt#compare",
    "bcrypt#genSalt",
    "jose#jwtVerify",
    "jose#decodeJwt",
    "jose#base64url.encode",
    "jsonwebtoken#decode",
    "iron-session#unsealData",
    "crypto-js#AES.decrypt",
    "crypto-js#enc.Base64.stringify",
    "cryptr#default.decrypt",
    "libsodium-wrappers#to_base64",
    "@aws-sdk/client-kms#DecryptCommand",
    "@aws-sdk/client-kms#KMSClient.send",
    "@noble/hashes/utils#bytesToHex",
    "@noble/hashes/utils.js#utf8ToBytes",
    "ohash#serialize",
    "hashids#default.encode",
    "nanoid#nanoid",
    "lz-string#compress",
    "global#btoa",
    "?#crypto.encrypt",
    "./crypto#encrypt",
  ])("protects nothing: %s", (path) => {
    expect(protectorOf(parsePath(path))).toBeUndefined();
  });
});

describe("looksLikeProtectorName", () => {
  it.each([
    ["encrypt", "encrypt"],
    ["encrypt", "encryptValue"],
    ["encrypt", "encrypt_pii"],
    ["encrypt", "aesEncrypt"],
    ["encrypt", "safeEncrypt"],
    ["encrypt", "hashAndEncrypt"],
    ["encrypt", "sealData"],
    ["hash", "hash"],
    ["hash", "hashPassword"],
    ["hash", "passwordHash"],
    ["hash", "createHash"],
    ["hash", "toHash"],
    ["hash", "sha256"],
    ["hash", "SHA256"],
    ["hash", "sha256Hex"],
    ["hash", "md5"],
    ["tokenise", "tokenize"],
    ["tokenise", "tokeniseCard"],
    ["tokenise", "pseudonymizeUser"],
    ["sign", "sign"],
    ["sign", "signJwt"],
    ["sign", "signToken"],
    ["sign", "jwtSign"],
    ["sign", "hmacSign"],
    ["redact", "redact"],
    ["redact", "redactEmail"],
    ["redact", "maskEmail"],
    ["redact", "anonymizeIp"],
  ] as const)("promises to %s: %s", (promise, name) => {
    expect(looksLikeProtectorName(name)).toBe(promise);
  });

  it.each([
    "",
    "decrypt",
    "decryptValue",
    "decryptHash",
    "unseal",
    "unmask",
    "isEncrypted",
    "encryptionKey",
    "ENCRYPT_KEY",
    "verifyHash",
    "comparePasswordHash",
    "checkHash",
    "hashtag",
    "hashMap",
    "hashTags",
    "hashRouter",
    "signIn",
    "signUp",
    "signOut",
    "assign",
    "design",
    "signal",
    "signature",
    "token",
    "createToken",
    "encode",
    "encodeBase64",
    "serialize",
    "compress",
    "userHashService",
    "save",
  ])("promises nothing: %s", (name) => {
    expect(looksLikeProtectorName(name)).toBeUndefined();
  });
});

describe("passthroughOf", () => {
  it.each([
    ["global#JSON.stringify", [0]],
    ["global#String", [0]],
    ["global#encodeURIComponent", [0]],
    ["global#btoa", [0]],
    ["global#globalThis.btoa", [0]],
    ["global#Buffer.from", [0]],
    ["global#Buffer.from.toString", "receiver"],
    ["node:buffer#Buffer.from.toString", "receiver"],
    ["global#structuredClone", [0]],
    ["global#Object.assign", "all"],
    ["global#Object.fromEntries", [0]],
    ["global#Object.entries", [0]],
    ["global#Object.values", [0]],
    ["global#Promise.resolve", [0]],
    ["global#Promise.all", [0]],
    ["global#Array.from", [0]],
    ["global#Array.of", "all"],
    ["global#TextEncoder.encode", [0]],
    ["global#Date.toISOString", "receiver"],
    ["superjson#default.stringify", [0]],
    ["superjson#stringify", [0]],
    ["devalue#stringify", [0]],
    ["qs#default.stringify", [0]],
    ["node:querystring#stringify", [0]],
    ["node:zlib#gzipSync", [0]],
    ["lz-string#default.compressToUTF16", [0]],
    ["pako#deflate", [0]],
    ["lodash#default.pick", [0]],
    ["lodash-es#omit", [0]],
    ["lodash/cloneDeep#default", [0]],
    ["lodash#merge", "all"],
    ["ramda#pick", [1]],
    ["@msgpack/msgpack#encode", [0]],
    ["js-base64#Base64.encode", [0]],
    ["jose#base64url.encode", [0]],
    ["?#email.trim", "receiver"],
    ["?#user.email.toLowerCase", "receiver"],
    ["?#users.filter", "receiver"],
    ["?#parts.join", "receiver"],
  ] as const)("%s shows %j", (path, args) => {
    expect(passthroughOf(parsePath(path))?.args).toEqual(args);
  });

  it("shows receiver and arguments of concat", () => {
    expect(passthroughOf(parsePath("?#name.concat"))).toEqual({ args: "all", receiver: true });
  });

  it.each([
    "global#Object.keys",
    "global#Boolean",
    "global#JSON",
    "global#Promise",
    "global#crypto.subtle.encrypt",
    "global#Buffer.alloc",
    "global#Buffer.byteLength",
    "node:crypto#createHash.update.digest",
    "lodash#default.map",
    "lodash#size",
    "lodash#isEmpty",
    "ramda#map",
    "zod#z.object.parse",
    "superjson#default.parse",
    "?#email.slice",
    "?#email.substring",
    "?#email.replace",
    "?#email.split",
    "?#email.includes",
    "?#users.map",
    "?#users.reduce",
    "?#",
    "unknown#trim",
  ])("knows nothing of %s", (path) => {
    expect(passthroughOf(parsePath(path))).toBeUndefined();
  });

  it("leaves out the methods that may mask or compute", () => {
    for (const method of ["slice", "substring", "replace", "replaceAll", "split", "charAt", "map", "reduce"]) {
      expect(STRING_METHODS_KEEPING_VALUE.has(method) || ARRAY_METHODS_KEEPING_VALUE.has(method), method).toBe(false);
    }
  });

  it("names only methods that exist", () => {
    const date = new Date(0);
    for (const method of STRING_METHODS_KEEPING_VALUE) {
      expect(method in String.prototype || method in date, method).toBe(true);
    }
    for (const method of ARRAY_METHODS_KEEPING_VALUE) expect(method in Array.prototype, method).toBe(true);
  });
});
