import path from "node:path";
import { describe, expect, it } from "vitest";
import rule from "../../src/rules/no-discontinued-kafka.ts";
import { project } from "../helpers/project.ts";
import { marked } from "../helpers/marks.ts";
import { lint } from "../helpers/round-trip.ts";
import { runRule, type InvalidCase } from "../helpers/rule-tester.ts";
import { syntaxMatrix } from "../helpers/syntax-matrix.ts";

type MessageId = "package" | "host" | "variable";
type Invalid = InvalidCase<MessageId, object>;

const invalid = (messageId: MessageId, name: string, source: string, more: Partial<Invalid> = {}): Invalid => {
  const { code, places } = marked(source);
  return { name, code, errors: places.map((place) => ({ messageId, ...place })), ...more } as Invalid;
};

const variable = (name: string, source: string, variableName: string): Invalid => {
  const { code, places } = marked(source);
  return { name, code, errors: places.map((place) => ({ messageId: "variable", data: { name: variableName }, ...place })) };
};

/** One report, wherever the form shows the variable. */
const matrix = syntaxMatrix.value(
  "process.env.UPSTASH_KAFKA_REST_URL",
  (setup, expr) => `declare function connect(url: unknown): void;\nexport async function run() {\n  ${setup}\n  connect(${expr});\n}\n`,
);

runRule("no-discontinued-kafka", rule, {
  valid: [
    { name: "another package of Upstash", code: 'import { Client } from "@upstash/qstash";\nexport const client = new Client();\n' },
    { name: "Kafka elsewhere", code: 'import { Kafka } from "kafkajs";\nexport const kafka = new Kafka({ brokers: ["broker.example.com:9092"] });\n' },
    { name: "the package in a comment", code: "// we left @upstash/kafka in 2024\nexport {};\n" },
    { name: "the host in a comment", code: "// was: name-us1-kafka.upstash.io:9092\nexport {};\n" },
    { name: "the package in a text", code: 'export const note = "@upstash/kafka";\n' },
    { name: "the package in a sentence", code: 'export const note = "Do not use @upstash/kafka any more.";\n' },
    { name: "a host in a sentence", code: 'export const note = "Hosts such as name-us1-kafka.upstash.io are gone.";\n' },
    { name: "another host of Upstash", code: 'export const url = "https://fake-name-12345.upstash.io"; // no @upstash/kafka\n' },
    { name: "a look-alike host", code: 'export const url = "https://name-kafka-upstash.io"; // @upstash/kafka\n' },
    { name: "a host whose name only begins like it", code: 'export const url = "https://name-kafka.upstash.iot"; // @upstash/kafka\n' },
    { name: "a package with a longer name", code: 'import x from "@upstash/kafka-migration";\nexport default x;\n' },
    { name: "a package of that name in another scope", code: 'import x from "@acme/upstash-kafka";\nexport default x; // @upstash/kafka\n' },
    { name: "a function called require", code: 'export function load(require: (name: string) => unknown) { return require("@upstash/kafka"); }\n' },
    { name: "a key of the same letters", code: 'export const names = { UPSTASH_KAFKA_URL: 1 };\nexport const one = names.UPSTASH_KAFKA_URL;\n' },
    { name: "variables of another product", code: "export const url = process.env.UPSTASH_REDIS_REST_URL ?? process.env.KAFKA_BROKER; // UPSTASH_KAFKA_X\n" },
    { name: "a host in a test", code: 'export const broker = "fake-us1-kafka.upstash.io:9092";\n', filename: "lib/kafka.test.ts" },
    { name: "a variable in a test", code: "export const broker = process.env.UPSTASH_KAFKA_BROKER;\n", filename: "__tests__/kafka.ts" },
    { name: "a call of another function", code: 'declare function load(name: string): unknown;\nexport const it = load("@upstash/kafka");\n' },
  ],
  invalid: [
    invalid("package", "named import", 'import { Kafka } from «"@upstash/kafka"»;\nexport const kafka = new Kafka({ url: "", username: "", password: "" });\n'),
    invalid("package", "namespace import", 'import * as upstash from «"@upstash/kafka"»;\nexport default upstash;\n'),
    invalid("package", "renamed import", "import { Kafka as Queue } from «'@upstash/kafka'»;\nexport default Queue;\n"),
    invalid("package", "import for effects", 'import «"@upstash/kafka"»;\n'),
    invalid("package", "types alone: the code still depends on it", 'import type { Kafka } from «"@upstash/kafka"»;\nexport type Queue = Kafka;\n'),
    invalid("package", "re-export", 'export { Kafka } from «"@upstash/kafka"»;\n'),
    invalid("package", "re-export of all", 'export * from «"@upstash/kafka"»;\n'),
    invalid("package", "require", 'const { Kafka } = require(«"@upstash/kafka"»);\nmodule.exports = Kafka;\n', { filename: "lib/kafka.cjs" }),
    invalid("package", "require with a template", "const { Kafka } = require(«`@upstash/kafka`»);\nmodule.exports = Kafka;\n", { filename: "lib/kafka.cjs" }),
    invalid("package", "require.resolve", 'module.exports = require.resolve(«"@upstash/kafka"»);\n', { filename: "lib/kafka.cjs" }),
    invalid("package", "import equals", 'import kafka = require(«"@upstash/kafka"»);\nexport default kafka;\n'),
    invalid("package", "dynamic import", 'export const load = () => import(«"@upstash/kafka"»);\n'),
    invalid("package", "Deno's specifier", 'import { Kafka } from «"npm:@upstash/kafka@1.3.5"»;\nexport default Kafka;\n'),
    invalid("package", "a CDN", 'import { Kafka } from «"https://esm.sh/@upstash/kafka@1"»;\nexport default Kafka;\n'),
    invalid("package", "twice", 'import { Kafka } from «"@upstash/kafka"»;\nexport * from «"@upstash/kafka"»;\nexport default Kafka;\n'),
    invalid("package", "in a test too", 'import { Kafka } from «"@upstash/kafka"»;\nexport default Kafka;\n', { filename: "lib/kafka.test.ts" }),
    invalid("host", "a broker for kafkajs", 'import { Kafka } from "kafkajs";\nexport const kafka = new Kafka({ brokers: [«"fake-name-1-us1-kafka.upstash.io:9092"»], ssl: true });\n'),
    invalid("host", "the REST address", 'export const url = «"https://fake-name-1-us1-rest-kafka.upstash.io"»;\n'),
    invalid("host", "in a template", "export const url = (topic: string) => «`https://fake-name-us1-rest-kafka.upstash.io/produce/${topic}`»;\n"),
    invalid("host", "with a region before it", "export const url = (name: string) => «`${name}-kafka.upstash.io:9092`»;\n"),
    invalid("host", "concatenated", 'export const url = (name: string) => "https://" + name + «"-us1-kafka.upstash.io"»;\n'),
    variable("a broker from the environment", "export const broker = «process.env.UPSTASH_KAFKA_BROKER»;\n", "UPSTASH_KAFKA_BROKER"),
    variable("by a string", 'export const url = «process.env["UPSTASH_KAFKA_REST_URL"]»;\n', "UPSTASH_KAFKA_REST_URL"),
    variable("under a public prefix", "export const url = «process.env.NEXT_PUBLIC_UPSTASH_KAFKA_REST_URL»;\n", "NEXT_PUBLIC_UPSTASH_KAFKA_REST_URL"),
    variable("by a pattern", "export const { «UPSTASH_KAFKA_REST_PASSWORD: password» } = process.env;\n", "UPSTASH_KAFKA_REST_PASSWORD"),
  ],
});

describe("forms of a variable", () => {
  it.each(matrix)("$name", ({ code }) => {
    const cwd = project();
    const filename = path.join(cwd, "lib/example.ts");
    const found = lint(code, { rule: rule as never, cwd, filename, options: [], settings: {} });
    expect(found.map(({ messageId }) => messageId)).toEqual(["variable"]);
  });
});
