import { describe, expect, it } from "vitest";
import { credentialShape, describeShape, findCredentials } from "../../src/sdk/credential-shapes.ts";
import { isMonotonous, isPlaceholder } from "../../src/sdk/placeholders.ts";
import {
  boxKey,
  connectionString,
  developmentToken,
  filler,
  indexToken,
  kafkaUsername,
  oldRedisToken,
  qstashToken,
  redisToken,
  signingKey,
} from "../helpers/fake-credentials.ts";

/** A key of the development server, as far as it is known by. */
const PUBLIC_KEY = `sig_7kYjw48m${filler(20)}`;

describe("shapes", () => {
  it.each([
    ["a Redis token", redisToken(), "redis-token", "full", true],
    ["a read-only Redis token", redisToken({ access: "read-only" }), "redis-token", "read-only", true],
    ["a Redis token of an early database", oldRedisToken(), "redis-token", "full", true],
    ["a read-only Redis token of an early database", oldRedisToken("read-only"), "redis-token", "read-only", true],
    ["a Redis token of a user of the ACL", redisToken({ user: "worker" }), "redis-token", "full", true],
    ["a Redis token that has been shortened", `AX_sAAIncDE${filler(40)}`, "redis-token", "full", false],
    ["a read-only Redis token that has been shortened", `An_sAAIgcDE${filler(40)}`, "redis-token", "read-only", false],
    ["a Vector token", indexToken(), "index-token", "full", true],
    ["a read-only Vector token", indexToken("readonly"), "index-token", "read-only", true],
    ["a Search token", indexToken("admin", "calm-tiger-54321-gcp-usc1-search"), "index-token", "full", true],
    ["a QStash token", qstashToken(), "qstash-token", "full", true],
    ["a signing key", signingKey(), "signing-key", "full", false],
    ["a Redis address", connectionString(), "connection-string", "full", false],
    ["a Redis address without TLS", connectionString({ scheme: "redis" }), "connection-string", "full", false],
    ["a Redis address of the read-only user", connectionString({ user: "default_ro" }), "connection-string", "read-only", false],
    ["a Redis address with a token for a password", connectionString({ password: redisToken() }), "connection-string", "full", false],
    ["a Redis address without a user", connectionString({ user: "" }), "connection-string", "full", false],
    ["a Kafka user name", kafkaUsername(), "kafka-username", "full", true],
    ["a Box key", boxKey(), "box-key", "full", false],
    ["a token behind Bearer", `Bearer ${redisToken()}`, "redis-token", "full", true],
    ["a token with padding", `${redisToken()}=`, "redis-token", "full", true],
  ] as const)("knows %s", (_, text, kind, access, certain) => {
    expect(credentialShape(text)).toEqual({ kind, access, certain });
  });

  it.each([
    ["an empty text", ""],
    ["the beginning alone", "AX_sAAIncDE"],
    ["an ellipsis", `${redisToken().slice(0, 20)}…`],
    ["three dots", `${redisToken()}...`],
    ["x for the rest", `AX_sAAIncDE${"x".repeat(48)}`],
    ["one letter for the rest", `AX_sAAIncDE${"a".repeat(48)}`],
    ["the alphabet for the rest", `AX_sAAIncDEabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ`],
    ["a privilege that does not exist", `AzzzAAIncDE${filler(48)}`.replace("Az", "B_")],
    ["base64 of something else", btoa(filler(48))],
    ["an inline picture", `data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA${filler(80)}`],
    ["zeros in base64", "A".repeat(90)],
    ["a source map", "AAIA,SAASA,IAAI,CAAC,KAAK,EAAE,CAAC,EAAE,CAAC;AAIncDEAAA"],
    ["a JWT", `eyJhbGciOiJIUzI1NiJ9.${btoa('{"UserID":"1623139","Password":"no","exp":1784686575}').replace(/=/g, "")}.${filler(43)}`],
    ["a JWT of its own kind", `${btoa('{"UserID":"1623139","PlatformID":5,"exp":1784686575}').replace(/=/g, "")}.${filler(43)}`],
    ["base64 of JSON with a user and no password", btoa('{"UserID":"a1b2c3d4e5f6a7b8","Locale":"111111111111111111"}')],
    ["the development server's token", developmentToken()],
    ["the token of a test user", btoa('{"UserID":"testUser1","Password":"testPassword"}')],
    ["the development server's keys", PUBLIC_KEY],
    ["a placeholder for a key", `sig_${"x".repeat(28)}`],
    ["a key without digits", "sig_yourCurrentSigningKeyHereNow"],
    ["a key that is too short", `sig_${filler(20)}`],
    ["a key that is too long", `sig_${filler(40)}`],
    ["a ULID of another service", "sig_01HV5K3B4Q9T7W2X8Z6M1N0PRS"],
    ["an address elsewhere", connectionString().replace("upstash.io", "example.com")],
    ["a host that ends alike", connectionString().replace("upstash.io", "notupstash.io").replace(".notupstash", "-notupstash")],
    ["an address with a placeholder", "rediss://default:your_redis_password_1@quick-otter-12345.upstash.io:6379"],
    ["an address without a password", "rediss://quick-otter-12345.upstash.io:6379"],
    ["a local address", "redis://default:localpassword123456@localhost:6379"],
    ["a Box id of words", "box_shadow_and_border_radius_of_the_card"],
    ["a Box id without digits", "box_ShadowAndBorderRadiusOfTheCard"],
    ["a UUID", "3f0c9a1e-7b2d-4c58-9e06-1d5a8f4b7c23"],
    ["a hash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ["a hash in base64", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="],
    ["an identifier in capitals", "A_VERY_LONG_CONSTANT_NAME_THAT_HAS_MORE_THAN_FIFTY_LETTERS_1"],
    ["a path", "A/long/path/to/some/file/that/has/more/than/fifty/letters/1"],
    ["a Nano ID", "Aa1_-bB2cC3dD4eE5fF6g"],
    ["an AWS key", "AKIAIOSFODNN7EXAMPLE"],
    ["a Google API key", `AIza${filler(35)}`],
    ["a signature", `A${filler(85)}`],
  ])("does not know %s", (_, text) => {
    expect(credentialShape(text)).toBeUndefined();
  });

  it("says what it is, and whether it may write", () => {
    expect(describeShape({ kind: "redis-token", access: "read-only" })).toBe("a read-only Redis REST token");
    expect(describeShape({ kind: "index-token", access: "full" })).toBe("a Vector or Search token with full access");
    expect(describeShape({ kind: "qstash-token", access: "full" })).toBe("a QStash token");
  });
});

describe("credentials in texts", () => {
  const found = (text: string, namesUpstash = false): string[] =>
    findCredentials(text, namesUpstash).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

  it("finds each where it stands", () => {
    const [redis, index, qstash, key] = [redisToken(), indexToken(), qstashToken(), signingKey()];
    const text = `curl -H "Authorization: Bearer ${redis}" # ${index}\nQSTASH_TOKEN=${qstash}\nconst key='${key}';`;
    expect(found(text)).toEqual([`redis-token: ${redis}`, `index-token: ${index}`, `qstash-token: ${qstash}`, `signing-key: ${key}`]);
  });

  it("finds one at the end of a sentence, and behind a question mark", () => {
    const token = redisToken();
    expect(found(`The token is ${token}.`)).toEqual([`redis-token: ${token}`]);
    expect(found(`https://a.upstash.io/get/foo?_token=${token}&x=1`)).toEqual([`redis-token: ${token}`]);
  });

  it("takes an address with its password for one", () => {
    const address = connectionString({ password: redisToken() });
    expect(found(`REDIS_URL=${address}/0 # main`)).toEqual([`connection-string: ${address}/0`]);
  });

  it("believes weak signs where the text names Upstash", () => {
    for (const weak of [boxKey(), redisToken({ user: "worker" }), `kafka ${kafkaUsername()}`]) {
      expect(found(weak)).toEqual([]);
      expect(found(weak, true)).toHaveLength(1);
    }
  });

  it("finds nothing in what is interpolated", () => {
    expect(found("rediss://default:${password}@${host}.upstash.io:6379", true)).toEqual([]);
  });
});

describe("placeholders", () => {
  it.each([
    "", " ", "token", "YOUR_UPSTASH_REDIS_REST_TOKEN", "your-token-here-123456", "<UPSTASH_REDIS_REST_TOKEN>", "AX...", "AXxxxxxxxxxxxxxxxxxx1",
    "********************", "xxxxxxxx-xxxx-xxxx", "example_token", "example-token-1234567890", "dummy-token-for-build-1", "test-token-0123456789",
    "fake_token_9f86d081884c", "missing_token", "placeholder1234567890", "changeme-changeme-1", "super-secret-token", "SuperSecretTokenOfMine",
    "abcdefghijklmnop123", "12345678901234567890", "qwertyuiop12345678", "00000000000000000000", "{{UPSTASH_TOKEN}}", "${UPSTASH_TOKEN_1234}",
    "[insert token 12345]", "redis token 1234567", "local-dev-token-42-9a", "AbCdEfGh", "mytoken", "s3cret", "my_redis_password_2024", "••••••••••••••••1",
    "%s-and-some-more-1234", "$UPSTASH_TOKEN_1234567", `2553feg6a2d9842h2a0g${filler(13)}`, `AYNgAS2553feg6a2d984${filler(40)}`, `sig_3nj4aiyJ${filler(42)}`,
    `sig_31zVqmL3${filler(42)}`,
  ])("takes %j for one", (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each([filler(32), filler(20, 3), redisToken(), indexToken(), qstashToken(), signingKey(), "9f86d081884c7d659a2feaa0c55ad015", "3f0c9a1e-7b2d-4c58-9e06-1d5a8f4b7c23", `${filler(12, 4)}-${filler(12, 5)}`])(
    "does not take %j for one",
    (text) => {
      expect(isPlaceholder(text)).toBe(false);
    },
  );

  it("knows what counts and repeats itself", () => {
    expect(["aaaaaaaa", "abababab", "xy12345678", "0aB0aB0aB"].every(isMonotonous)).toBe(true);
    expect([filler(20), "0aB1cD2eF3"].some(isMonotonous)).toBe(false);
  });
});
