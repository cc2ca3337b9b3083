import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { client, EMAIL, invalid, valid, type Expected } from "./cases.ts";

/* Entries of public registers and directories, and customers who have a number of that kind, too. */

const set = (data: string, becomes: Expected["becomes"]): Expected => ({ command: "set", data, becomes });
const whole = (name: string): string => `encrypt(JSON.stringify(${name}))`;
const save = (type: string): string => client(`interface Row { ${type} }\nexport const save = (row: Row) => redis.set("k", row);\n`);
const marked = (type: string): string => save(type).replace('"k", row', '"k", «row»');
const reported = (name: string, type: string, data = EMAIL) => invalid(name, marked(type), [set(data, whole("row"))]);

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("a place of a directory", save("place_id: string; name: string; category: string; address: string | null; lat: number; lon: number; phone: string | null; email: string | null; siret: string | null; website: string | null")),
    valid("a list of places", client("interface Place { placeId: string; name: string; rating: number; phone: string; email: string }\nexport const save = (rows: Place[]) => redis.set(\"k\", rows);\n")),
    valid("a company of a register", save("vat: number; companyform: { code: number; description: string | null }; contact: { email: string | null; www: string | null; phone: string | null }; address: { street: string | null; zipcode: number | null }")),
    valid("a company by its number and website", save("siren: string; nom: string; email: string; telefon: string; website: string")),
    valid("a company by its number and legal form", save("companyNumber: string; name: string; legalForm: string; email: string; phone: string; address: string")),
    valid("the same, put together", client('export const save = (c: any) => redis.set("k", { vat: c.vat, companyform: c.form, contact: { email: c.mail, phone: c.phone } });\n')),
  ],
  invalid: [
    reported("a customer with a website", "name: string; email: string; website: string", "a name (`name`) and an email address (`email`)"),
    reported("a customer with a VAT number", "name: string; email: string; vatNumber: string; company: string", "a name (`name`) and an email address (`email`)"),
    reported("a self-employed customer by a user id", "userId: string; name: string; email: string; vatNumber: string; website: string", "a name (`name`) and an email address (`email`)"),
    reported("a self-employed customer by a password", "name: string; email: string; siret: string; website: string; password: string", "a name (`name`), an email address (`email`) and a password (`password`)"),
    reported("a self-employed customer by a birth date", "id: string; email: string; phone: string; vat: string; website: string; birthday: string", "an email address (`email`), a phone number (`phone`) and a date of birth (`birthday`)"),
    reported("a self-employed customer by his name", "firstName: string; email: string; siret: string; website: string", "the name of a person (`firstName`) and an email address (`email`)"),
    reported("a bill", "name: string; email: string; price: number; vat: number; description: string", "a name (`name`) and an email address (`email`)"),
    reported("an address that somebody saved", "place_id: string; email: string; address: string; lat: number; lng: number", "an email address (`email`), a postal address (`address`), a latitude (`lat`) and a longitude (`lng`)"),
    reported("the owner of a company", "vat: number; website: string; owner: { email: string; phone: string }"),
    reported("the owner's own address in its entry", "vat: number; name: string; website: string; email: string; ownerEmail: string", "an email address (`ownerEmail`)"),
    reported("a contact who is somebody", "vat: number; website: string; contact: { firstName: string; email: string }"),
    reported("the contact of a user who has a company's number", "userId: string; vat: number; website: string; contact: { email: string; phone: string }"),
    invalid("somebody's contact, put together", client('export const save = (c: any) => redis.set("k", { userId: c.id, vat: c.vat, website: c.www, contact: { email: «c.mail» } });\n'), [set(EMAIL, "encrypt(String(c.mail))")]),
  ],
});
