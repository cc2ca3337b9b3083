/** Which records are entries of a public directory or register: their phone, email and address are meant to be read by everybody. */
import { type Match, sensitivityOf } from "./classify.ts";
import { countIn, names, plain } from "./record-names.ts";

/** Whose record it is. */
export const ACCOUNT = names(`
  userid uid accountid customerid memberid patientid studentid employeeid viewerid driverid courierid riderid
  deviceid
`);
/** An account, whatever else it holds. */
const PERSONAL_SHAPE = names(`
  password passwordhash role roles username gender lastlogin verified isverified emailverified bio dateofbirth
  subscribedat optin birthdate
`);

/** An entry of a directory (a shop, a venue, a product). */
const LISTING = names(`
  openinghours hours businesshours cuisine pricerange menu logo logourl stock sku venue capacity hashgacha kosher
  storeid amenities checkin delivery rooms
`);
/** Nobody has these but a place that anybody may come to: one will do. */
const OPENING_HOURS = names("openinghours businesshours storehours hoursofoperation");
/** Weaker signs of the same, three of which will do. */
export const LISTING_HINTS = names(`
  website category categoryid description slug url sourceurl rating reviews image images imageurl photos area tags
  price type website logo socials instagram facebook notes icon specials
`);

/** Numbers of places in directories. */
const PLACE_NUMBER = names("placeid googleplaceid gplaceid osmid osmtype fsqid foursquareid yelpid tripadvisorid geoapifyid hereid");
/** What a place has beside such a number, and a saved address has not. */
const OF_PLACE = names("category categories types website websiteurl www homepage rating reviewcount userratingstotal");
/** Numbers of organisations in registers, which those who sell something by themselves have as well. */
const REGISTER_NUMBER = names(`
  vat vatid vatnumber siret siren cvr cvrnumber kvk kvknumber orgnr organisationnumber organizationnumber
  companynumber companyregistrationnumber handelsregisternummer crn abn acn ein duns lei leicode leiid cnpj gstin
  partitaiva numerotva tvaintracommunautaire
`);
/** What a register says of an organisation beside its number, and a bill does not. */
const OF_ORGANISATION = names(`
  website websiteurl www homepage legalform companyform formejuridique rechtsform industry industrycode naf ape codenaf
  nafcode codeape sic siccode nace nacecode companystatus
`);

/** Whom to ask there: what has a name of its own beside it is an organisation, or a place. */
const CONTACT_PERSON = names("contactname contactperson pointofcontact");
/** Under these an organisation's entry holds how itself is reached; under `owner` or `participants` stand people. */
const OWN_CONTACT = names("contact contacts contactinfo contactdetails address addresses location headquarters registeredoffice registeredaddress");

/** Whether what stands under a name in an organisation's entry is about itself: `contact`, `address`. */
export const isOwnContact = (property: string): boolean => OWN_CONTACT.has(plain(property));

/** Whether the record says by its numbers that it is an organisation, or a place: in a register, in a directory of places. */
export function isOrganisation(fields: readonly string[], matches: readonly (Match | undefined)[]): boolean {
  if (isOfPerson(fields, matches)) return false;
  const registered = countIn(fields, REGISTER_NUMBER);
  const isPlace = countIn(fields, PLACE_NUMBER) > 0 && (registered > 0 || countIn(fields, OF_PLACE) > 0);
  return isPlace || (registered > 0 && countIn(fields, OF_ORGANISATION) > 0);
}

/**
 * Whether the record is such an entry.
 * @param within it is a part of an organisation's entry, as {@link isOwnContact} says
 */
export function isListing(fields: readonly string[], matches: readonly (Match | undefined)[], within: boolean): boolean {
  if (isOfPerson(fields, matches)) return false;
  if (within || isOrganisation(fields, matches)) return true;
  if (!fields.some((field) => field === "name" || field === "title" || field.endsWith("name"))) return false;
  const hasContact = (fields.includes("name") || fields.includes("title")) && countIn(fields, CONTACT_PERSON) > 0;
  const hard = countIn(fields, LISTING);
  const soft = countIn(fields, LISTING_HINTS);
  return hasContact || countIn(fields, OPENING_HOURS) > 0 || hard >= 2 || (hard >= 1 && soft >= 1) || soft >= 3;
}

/** What a search has found: pages have an age, too. */
function isPage(fields: readonly string[]): boolean {
  return fields.includes("title") && fields.includes("url") && !fields.some((field) => field.endsWith("name"));
}

/** An account, somebody's name, or what only a person has: a birth date, a passport, a password. */
function isOfPerson(fields: readonly string[], matches: readonly (Match | undefined)[]): boolean {
  if (countIn(fields, ACCOUNT) > 0 || countIn(fields, PERSONAL_SHAPE) > 0 || (fields.includes("age") && !isPage(fields))) return true;
  return matches.some((match, index) => {
    if (match === undefined) return false;
    const { category, label, strength } = sensitivityOf(match);
    if (category === "credentials") return true;
    if (match.entry.part === "person-name") return !CONTACT_PERSON.has(fields[index] ?? "");
    // Organisations have tax numbers, too.
    const isPersonal = category === "identity" || category === "health" || (category === "government" && label !== "tax number");
    return strength === "strong" && isPersonal;
  });
}
