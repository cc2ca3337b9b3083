import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { EMAIL, invalid, valid, type Expected } from "./cases.ts";

/* Commands that are sent to the REST API with axios and its like. */

const HEAD = 'import { encrypt } from "@/lib/crypto";\nvoid encrypt;\ninterface User { id: string; email: string }\n';
const URL = "const url = process.env.UPSTASH_REDIS_REST_URL!;\nconst headers = { Authorization: `Bearer ${process.env.UPSTASH_REDIS_REST_TOKEN}` };\n";
const save = (statement: string): string => `export async function save(u: User) {\n  ${statement}\n}\n`;
const axios = (statement: string): string => `import axios from "axios";\n${HEAD}${URL}${save(statement)}`;
const instance = (statement: string, base = "url"): string => `import axios from "axios";\n${HEAD}${URL}const api = axios.create({ baseURL: ${base}, headers });\n${save(statement)}`;
const of = (command: string, becomes: Expected["becomes"] = "encrypt(String(u.email))"): Expected => ({ command, data: EMAIL, becomes });
const WHOLE = ["JSON.stringify(u)", "encrypt(JSON.stringify(u))"] as const;

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("axios to another host", axios('await axios.post("https://api.example.com/set/k", u, { headers });')),
    valid("axios that reads", axios("await axios.get(`${url}/get/user:${u.email}`, { headers });")),
    valid("axios with what is encrypted", axios("await axios.post(`${url}/set/user:${u.id}`, encrypt(u.email), { headers });")),
    valid("axios to QStash's host is no command", axios("await axios.post(`${process.env.QSTASH_URL}/set/user`, { mail: u.email }, { headers });")),
    valid("an instance for another host", instance('await api.post("/set/user", u);', '"https://api.example.com"')),
    valid("an instance that is given another host's address", instance('await api.post("https://api.example.com/set/user", u);')),
    valid("an instance that is given an address which is not known", `${instance("await api.post(to(u), u);")}declare function to(u: User): string;\n`),
    valid("a method of something else", axios("declare const app: { post(path: string, body: unknown): void };\n  app.post(`${url}/set/user`, u.email); void axios;")),
    valid("a body of axios' that only counts", axios("await axios.post(`${url}/set/user:${u.id}`, String(u.email.length), { headers });")),
    valid("options without a body", axios("await axios({ url: `${url}/get/user`, method: \"GET\", headers, validateStatus: () => u.email !== \"\" });")),
    valid("a test of the options that axios is given", axios("await axios.post(`${url}/set/user:${u.id}`, null, { headers, params: { EX: 60 } });")),
  ],
  invalid: [
    invalid("a body of axios.post", axios("await axios.post(`${url}/set/user:${u.id}`, JSON.stringify(«u»), { headers });"), [of("set", WHOLE)]),
    invalid("a body behind an expiry", axios("await axios.post(`${url}/set/user:${u.id}?EX=60`, JSON.stringify(«u»), { headers });"), [of("set", WHOLE)]),
    invalid("a body with an expiry in `params`", axios("await axios.post(`${url}/set/user:${u.id}`, «u.email», { headers, params: { EX: 60 } });"), [of("set")]),
    invalid("a path of axios.post", axios("await axios.post(`${url}/set/user:${u.id}/${encodeURIComponent(«u.email»)}`, null, { headers });"), [of("set", "encodeURIComponent(encrypt(String(u.email)))")]),
    invalid("a path of axios.get", axios("await axios.get(`${url}/sadd/mails/${encodeURIComponent(«u.email»)}`, { headers });"), [of("sadd", "encodeURIComponent(encrypt(String(u.email)))")]),
    invalid("a list of words that axios writes as JSON", axios('await axios.post(url, ["SET", `user:${u.id}`, «u.email»], { headers });'), [of("set")]),
    invalid("a pipeline by axios", axios('await axios.post(`${url}/pipeline`, [["INCR", "n"], ["SADD", "mails", «u.email»]], { headers });'), [of("sadd")]),
    invalid("options of axios with address and data", axios("await axios({ method: \"POST\", url: `${url}/set/user:${u.id}`, data: JSON.stringify(«u»), headers });"), [of("set", WHOLE)]),
    invalid("axios.request, with the host apart", axios("await axios.request({ method: \"POST\", baseURL: url, url: `/set/user:${u.id}`, data: «u.email», headers });"), [of("set")]),
    invalid("axios with an address and options", axios("await axios(`${url}/set/user:${u.id}`, { method: \"POST\", data: «u.email», headers });"), [of("set")]),
    invalid("an instance", instance("await api.post(`/set/user:${u.id}`, JSON.stringify(«u»));"), [of("set", WHOLE)]),
    invalid("an instance with a list of words", instance('await api.post("/", ["HSET", `user:${u.id}`, "mail", «u.email»]);'), [of("hset")]),
    invalid("an instance that is called", instance('await api({ method: "POST", url: "/pipeline", data: [["SET", "k", «u.email»]] });'), [of("set")]),
    invalid("an instance of another module", `import { api } from "@/lib/api";\n${HEAD}${save("await api.post(`/set/user:${u.id}`, «u.email»);")}`, [of("set")], {
      files: { "lib/api.ts": 'import axios from "axios";\nexport const api = axios.create({ baseURL: process.env.KV_REST_API_URL, headers: { Authorization: `Bearer ${process.env.KV_REST_API_TOKEN}` } });\n' },
    }),
    invalid("a helper that sends with axios", `import { kvSet } from "@/lib/kv";\n${HEAD}export const save = (u: User) => kvSet("k", { mail: «u.email» });\n`, [of("kvSet → set")], {
      files: { "lib/kv.ts": 'import axios from "axios";\nconst base = process.env.KV_REST_API_URL;\nexport const kvSet = (key: string, value: unknown) => axios.post(`${base}/set/${encodeURIComponent(key)}`, JSON.stringify(value));\n' },
    }),
    invalid("axios by require", `const axios = require("axios");\n${HEAD}${URL}${save("await axios.post(`${url}/set/user:${u.id}`, «u.email», { headers });")}`, [of("set")]),
    invalid("a body of ky", `import ky from "ky";\n${HEAD}${URL}${save("await ky.post(`set/user:${u.id}`, { prefixUrl: url, body: «u.email», headers });")}`, [of("set")]),
    invalid("JSON of got", `import got from "got";\n${HEAD}${URL}${save('await got.post(url, { json: ["SET", "k", «u.email»], headers });')}`, [of("set")]),
    invalid("a body of fetch behind an expiry", `${HEAD}${URL}${save("await fetch(`${url}/set/user:${u.id}?EX=60`, { method: \"POST\", headers, body: «u.email» });")}`, [of("set")]),
  ],
});
