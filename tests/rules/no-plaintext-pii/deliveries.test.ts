import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { EMAIL, invalid, valid, type Expected } from "./cases.ts";

/* What keeps data besides Redis. */

const USER = "interface User { id: string; email: string }\n";
const HEAD = `import { encrypt } from "@/lib/crypto";\nvoid encrypt;\n${USER}`;
const of = (command: string, becomes: Expected["becomes"] = "encrypt(String(u.email))"): Expected => ({ command, data: EMAIL, becomes });
const message = (command: string, becomes: Expected["becomes"], redacts?: Expected["redacts"]): Expected => ({
  ...of(command, becomes),
  messageId: "message",
  ...(redacts && { redacts }),
});
const QSTASH = `import { Client } from "@upstash/qstash";\n${HEAD}const qstash = new Client({ token: process.env.QSTASH_TOKEN! });\n`;
const WORKFLOW = `import { Client } from "@upstash/workflow";\n${HEAD}const client = new Client({ token: process.env.QSTASH_TOKEN! });\n`;
const VECTOR = `import { Index } from "@upstash/vector";\n${HEAD}const index = new Index();\n`;
const REALTIME = `import { Realtime } from "@upstash/realtime";\n${HEAD}const realtime = new Realtime({});\n`;
const CACHE = `import { SemanticCache } from "@upstash/semantic-cache";\nimport { Index } from "@upstash/vector";\n${HEAD}const cache = new SemanticCache({ index: new Index(), minProximity: 0.9 });\n`;
const CHAT = `import { RAGChat } from "@upstash/rag-chat";\n${HEAD}const chat = new RAGChat();\n`;
const KAFKA = `import { Kafka } from "@upstash/kafka";\n${HEAD}const kafka = new Kafka({ url: process.env.UPSTASH_KAFKA_REST_URL!, username: "", password: "" });\n`;
const KAFKAJS = `import { Kafka } from "kafkajs";\n${HEAD}const kafka = new Kafka({ brokers: ["fine-cat-1-us1-kafka.upstash.io:9092"], ssl: true });\nconst producer = kafka.producer();\n`;
const save = (body: string): string => `export async function save(u: User) {\n  ${body}\n}\n`;

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("a header that says nothing of anybody", QSTASH + save('await qstash.publishJSON({ url: "https://a.example", body: { id: u.id }, headers: { "x-id": u.id, Authorization: `Bearer ${process.env.API_TOKEN}` } });')),
    valid("headers that are hidden", QSTASH + save('await qstash.publishJSON({ url: "https://a.example", body: { id: u.id }, headers: { "x-mail": u.email }, redact: { header: true } });')),
    valid("some headers that are hidden", QSTASH + save('await qstash.publishJSON({ url: "https://a.example", headers: { "x-mail": u.email }, redact: { header: ["x-mail"] } });')),
    valid("both that are hidden", QSTASH + save('await qstash.publishJSON({ url: "https://a.example", body: u, headers: { "x-mail": u.email }, redact: { body: true, header: true } });')),
    valid("what hides is not known", QSTASH + 'import { redact } from "unknown-package";\n' + save('await qstash.publishJSON({ url: "https://a.example", body: u, redact });')),
    valid("a delay and a destination", QSTASH + save('await qstash.schedules.create({ destination: `https://a.example/${u.email}`, cron: "* * * * *" });')),
    valid("a vector's data without anybody", VECTOR + save('await index.upsert({ id: u.id, data: "text", metadata: { id: u.id } });')),
    valid("another emitter", `import { EventEmitter } from "node:events"; // @upstash/realtime\n${HEAD}const realtime = new EventEmitter();\n${save('realtime.emit("user.created", { mail: u.email });')}`),
    valid("an event with an id", REALTIME + save('await realtime.emit("user.created", { id: u.id });')),
    valid("a Set beside a cache", `${CACHE}void cache;\nconst seen = new Set<string>();\n${save("seen.add(u.email); new Map().set(u.id, u.email);")}`),
    valid("a broker elsewhere", KAFKAJS.replace("fine-cat-1-us1-kafka.upstash.io:9092", "localhost:9092") + save('await producer.send({ topic: "t", messages: [{ value: u.email }] }); // @upstash/kafka')),
    valid("a key of Kafka's in what is read", KAFKA + save('await kafka.consumer().consume({ consumerGroupId: u.id, instanceId: u.email, topics: ["t"] });')),
  ],
  invalid: [
    invalid("a header of a message", QSTASH + save('await qstash.publishJSON({ url: "https://a.example", body: { id: u.id }, headers: { "x-mail": «u.email» } });'), [
      message("publishJSON", "encrypt(String(u.email))", ['headers: { "x-mail": u.email }', 'headers: { "x-mail": u.email }, redact: { header: true }']),
    ]),
    invalid("a token of somebody in a header", QSTASH + 'export const later = (accessToken: string) => qstash.publish({ url: "https://a.example", headers: { Authorization: `Bearer ${«accessToken»}` } });\n', [
      { ...message("publish", "encrypt(accessToken)", ["headers: { Authorization: `Bearer ${accessToken}` }", "headers: { Authorization: `Bearer ${accessToken}` }, redact: { header: true }"]), data: "an access token (`accessToken`)" },
    ]),
    invalid("a body where only headers are hidden", QSTASH + save('await qstash.publishJSON({ url: "https://a.example", body: { mail: «u.email» }, redact: { header: true } });'), [message("publishJSON", "encrypt(String(u.email))")]),
    invalid("a body that is not hidden after all", QSTASH + save('await qstash.publishJSON({ url: "https://a.example", body: { mail: «u.email» }, redact: { body: false } });'), [message("publishJSON", "encrypt(String(u.email))")]),
    invalid("messages of a batch that are made of a list", QSTASH + save('const messages = [1, 2].map((n) => ({ url: "https://b.example", body: { n, mail: «u.email» } }));\n  await qstash.batchJSON(messages);'), [
      message("batchJSON", "encrypt(String(u.email))", ["body: { n, mail: u.email }", "body: { n, mail: u.email }, redact: { body: true as const }"]),
    ]),
    invalid("a message of a batch", QSTASH + save('await qstash.batchJSON([{ url: "https://a.example", body: { id: u.id } }, { url: "https://b.example", body: { mail: «u.email» } }]);'), [
      message("batchJSON", "encrypt(String(u.email))", ["body: { mail: u.email }", "body: { mail: u.email }, redact: { body: true }"]),
    ]),
    invalid("a schedule's body", QSTASH + save('await qstash.schedules.create({ destination: "https://a.example", cron: "* * * * *", body: JSON.stringify(«u») });'), [
      message("create", ["JSON.stringify(u)", "encrypt(JSON.stringify(u))"], ["body: JSON.stringify(u)", "body: JSON.stringify(u), redact: { body: true }"]),
    ]),
    invalid("a workflow's body", WORKFLOW + save('await client.trigger({ url: "https://a.example", body: { mail: «u.email» } });'), [
      message("trigger", "encrypt(String(u.email))", ["body: { mail: u.email }", "body: { mail: u.email }, redact: { body: true }"]),
    ]),
    invalid("an event of a workflow", WORKFLOW + save('await client.notify({ eventId: "e", eventData: { mail: «u.email» } });'), [message("notify", "encrypt(String(u.email))")]),
    invalid("a vector's metadata that is updated", VECTOR + save("await index.update({ id: u.id, metadata: { mail: «u.email» } });"), [of("update")]),
    invalid("a vector's data", VECTOR + save("await index.upsert({ id: u.id, data: `Written by ${«u.email»}` });"), [of("upsert")]),
    invalid("an event that is emitted", REALTIME + save('await realtime.emit("user.created", { mail: «u.email» });'), [of("emit")]),
    invalid("an event in a channel", REALTIME + save('const room = realtime.channel("room");\n  await room.emit("user.created", «u»);'), [of("emit", "encrypt(JSON.stringify(u))")]),
    invalid("an answer of a semantic cache", CACHE + save('await cache.set("who is it?", «u.email»);'), [of("set")]),
    invalid("context of a chat", CHAT + save('await chat.context.add({ type: "text", data: `Mail: ${«u.email»}` });'), [of("add")]),
    invalid("metadata of a chat's context", CHAT + save('await chat.context.addMany([{ type: "text", data: "text", options: { metadata: { mail: «u.email» } } }]);'), [of("addMany")]),
    invalid("a chat's question", CHAT + save("await chat.chat(`My address is ${«u.email»}`);"), [of("chat")]),
    invalid("a message of Kafka", KAFKA + save('await kafka.producer().produce("t", { mail: «u.email» });'), [of("produce")]),
    invalid("several messages of Kafka", KAFKA + save('const p = kafka.producer();\n  await p.produceMany([{ topic: "t", value: { mail: «u.email» } }]);'), [of("produceMany")]),
    invalid("a message of kafkajs", KAFKAJS + save('await producer.send({ topic: "t", messages: [{ value: «u.email» }] });'), [of("send")]),
  ],
});
