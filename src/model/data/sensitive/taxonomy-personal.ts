import { MESSAGES } from "./context-words.ts";
import type { TaxonomyRow } from "./types.ts";

/** Names separated by commas; line breaks are blanks. */
const list = (text: string): readonly string[] => text.split(",").map((name) => name.trim().replace(/\s+/g, " "));
const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Data about people. Sources: GDPR articles 4 and 9, OWASP's and NIST SP 800-122's lists of personal data. */
export const PERSONAL: readonly TaxonomyRow[] = [
  {
    category: "contact",
    label: "email address",
    strength: "strong",
    names: list(`
      email, email address, mail address, user mail, customer mail, email to, correo, correo electronico, correo
      usuario, adresse mail, courriel, indirizzo email, endereco email, e posta, epost
    `),
    notAfter: MESSAGES,
  },
  { category: "contact", label: "email address", strength: "weak", names: list("mail, email id"), part: "contact" },
  {
    category: "contact",
    label: "phone number",
    strength: "strong",
    names: list(`
      phone, phone number, mobile number, mobile phone, phone mobile, cell phone, cell number, whatsapp number,
      whatsapp phone, contact number, sms number, msisdn, telefono, numero telefono, numero de telefono,
      telefone, numero telefone, celular, numero celular, telefon, telefonnummer, handynummer, mobilnummer,
      telefoonnummer, numero de telephone, cellulare
    `),
    notAfter: set("i o smart head ear micro mega win has model ip soft pay"),
  },
  {
    category: "contact",
    label: "phone number",
    strength: "weak",
    names: list("mobile, whatsapp, movil, fax, fax number"),
    part: "contact",
  },
  {
    category: "contact",
    label: "postal address",
    strength: "strong",
    names: list(`
      home address, street address, residential address, residence address, postal address, mailing address,
      billing address, shipping address, delivery address, direccion casa, adresse postale
    `),
  },
  {
    category: "contact",
    label: "postal address",
    strength: "weak",
    names: list(`
      address, address line, street, street name, house number, apartment number, direccion, direccion postal,
      endereco, adresse, anschrift, strasse, indirizzo, domicilio, rue, calle, rua
    `),
    part: "address",
  },
  {
    category: "location",
    label: "postal code",
    strength: "weak",
    names: list("zip, zip code, postal code, postcode, post code, pin code, plz, cep, codigo postal, code postal"),
    part: "area",
  },
  {
    category: "identity",
    label: "name",
    strength: "weak",
    names: list("name, nombre, nome, nom"),
    part: "name",
  },
  {
    category: "identity",
    label: "name of a person",
    strength: "weak",
    names: list(`
      full name, first name, last name, middle name, given name, family name, surname, fname, lname, patient
      name, student name, employee name, customer name, guest name, buyer name, recipient name, applicant name,
      candidate name, legal name, real name, contact name, billing name, shipping name, nombre completo,
      nombres, apellido, apellidos, sobrenome, nome completo, prenom, nom de famille, vorname, nachname,
      voornaam, achternaam, cognome
    `),
    part: "person-name",
    before: "anything",
  },
  {
    category: "identity",
    label: "maiden name",
    strength: "strong",
    names: list("maiden name, mother maiden name"),
  },
  {
    category: "identity",
    label: "date of birth",
    strength: "strong",
    names: list(`
      birthday, date of birth, dob, day of birth, fecha nacimiento, fecha de nacimiento, data nascimento, data
      de nascimento, date naissance, date de naissance, geburtsdatum, geburtstag, geboortedatum, data di
      nascita, data nascita
    `),
    notAfter: set("happy next upcoming"),
  },
  {
    category: "identity",
    label: "personal characteristic",
    strength: "strong",
    names: list(`
      ethnicity, ethnic origin, racial origin, religion, religious belief, sexual orientation, political
      opinion, political view, trade union membership, criminal record, criminal history, birthplace, place of
      birth, birth place
    `),
    plural: false,
  },
  {
    category: "identity",
    label: "personal characteristic",
    strength: "weak",
    names: list(`
      gender, sex, nationality, citizenship, marital status, birth year, year of birth, genero, sexo,
      geschlecht, nacionalidad, estado civil, pronoun
    `),
    part: "trait",
  },
  {
    category: "identity",
    label: "biometric data",
    strength: "strong",
    names: list(`
      biometric, biometric data, face embedding, face encoding, face descriptor, face template, voiceprint,
      voice print, fingerprint template, iris scan, retina scan
    `),
  },
  {
    category: "identity",
    label: "IP address",
    strength: "weak",
    names: list("ip, ip address, client ip address, remote address, remote ip, direccion ip"),
    part: "ip",
    before: "anything",
    notAfter: set(
      "server host public internal listen bind allowed blocked whitelisted blacklisted dns nat vip ship node pod",
    ),
  },
  {
    category: "identity",
    label: "user agent",
    strength: "weak",
    names: list("user agent"),
    part: "agent",
    before: "anything",
  },

  {
    category: "government",
    label: "social security number",
    strength: "strong",
    names: list(`
      ssn, social security, social security number, social insurance number, national insurance number, nino,
      bsn, burgerservicenummer, numero securite sociale, numero de securite sociale, sozialversicherungsnummer
    `),
  },
  {
    category: "government",
    label: "national identity number",
    strength: "strong",
    names: list(`
      national id, national id number, national identity number, national identification number, government id,
      identity number, identity card number, identity document number, identification number, id card number,
      citizen id, voter id, personal id number, aadhaar, aadhaar number, uidai, pan number, pan card, pan card
      number, cpf, dni, curp, nie number, cedula, numero documento, numero de documento, codice fiscale, pesel,
      personnummer, personalausweis, personalausweisnummer, emirates id, nric, hkid, id passport
    `),
    notAfter: set("vehicle device eligible eligibility"),
  },
  {
    category: "government",
    label: "national identity number",
    strength: "weak",
    names: list("nif, nie, id number, id card, identity card, rg, national number, document number"),
    part: "account-number",
  },
  {
    category: "government",
    label: "tax number",
    strength: "strong",
    names: list(`
      tax id, tax id number, tax identification number, tax number, taxpayer id, taxpayer number, tax payer id,
      steuernummer, steuer id, steueridentifikationsnummer, kra pin, itin
    `),
    notAfter: set("stripe"),
  },
  {
    category: "government",
    label: "passport number",
    strength: "strong",
    names: list(`
      passport number, passport id, passport mrz, numero pasaporte, numero de pasaporte, pasaporte, numero
      passaporte, passeport, reisepass, reisepassnummer, visa number, residence permit, residence permit number
    `),
    notAfter: set("gitcoin"),
  },
  { category: "government", label: "passport number", strength: "weak", names: list("passport"), part: "trait" },
  {
    category: "government",
    label: "driving licence number",
    strength: "strong",
    names: list(`
      driver license, driver license number, driver license id, dl number, fuhrerschein, fuhrerscheinnummer,
      licencia de conducir, permis de conduire
    `),
  },
  {
    category: "government",
    label: "licence plate",
    strength: "weak",
    names: list("license plate, license plate number, plate number, license number"),
    part: "trait",
  },

  {
    category: "financial",
    label: "card number",
    strength: "strong",
    names: list(`
      card number, credit card, credit card number, debit card, debit card number, cc number, payment card
      number, numero tarjeta, numero de tarjeta, tarjeta credito, tarjeta de credito, numero cartao, numero do
      cartao, cartao de credito, kreditkarte, kreditkartennummer, carte bancaire
    `),
    notAfter: set("show accept accepts accepted game gift index flash loyalty membership library report"),
    plural: false,
  },
  {
    category: "financial",
    label: "card security code",
    strength: "strong",
    names: list(`
      cvv, cvc, cvn, card cvv, card cvc, cvv code, cvc code, card security code, card verification value, card
      pin, atm pin
    `),
  },
  {
    category: "financial",
    label: "card details",
    strength: "weak",
    names: list(`
      card expiry, card expiration, expiry month, expiry year, exp month, exp year, card holder, cardholder,
      cardholder name, card holder name, name on card
    `),
    part: "money",
  },
  {
    category: "financial",
    label: "bank account",
    strength: "strong",
    names: list(`
      iban, iban number, bank account number, bank acc number, bank details, numero cuenta bancaria, numero de
      cuenta bancaria, kontonummer, upi id, pix key, chave pix, clabe, cbu
    `),
  },
  {
    category: "financial",
    label: "bank account",
    strength: "weak",
    names: list("account number, acc number, acct number, numero cuenta, numero de cuenta, bank account"),
    part: "account-number",
  },
  {
    category: "financial",
    label: "bank details",
    strength: "weak",
    names: list(`
      bank name, bic, bic code, swift, swift code, routing number, sort code, ifsc, ifsc code, account holder,
      account holder name, bank code
    `),
    part: "money",
  },
  {
    category: "financial",
    label: "income",
    strength: "weak",
    names: list(`
      salary, annual salary, base salary, monthly salary, income, annual income, monthly income, net worth,
      credit score, salario, gehalt, sueldo, wage
    `),
    part: "money",
  },

  {
    category: "health",
    label: "health record",
    strength: "strong",
    names: list(`
      medical record, medical record number, medical history, medical condition, medical note, medical
      diagnosis, patient diagnosis, patient record, patient history, patient note, health record, health
      history, health condition, clinical note, clinical history, blood type, blood group, hiv status, mental
      health history, genetic data, dna sequence, health insurance number, health insurance id, nhs number,
      medicare number, medicaid number, medicaid id, medicare id, historial medico, historia clinica,
      krankengeschichte, grupo sanguineo
    `),
  },
  {
    category: "health",
    label: "health data",
    strength: "weak",
    names: list(`
      diagnosis, diagnoses, diagnostico, symptom, allergy, allergies, medication, prescription, health data,
      medical data, medical information, medical info, health info, health information, chronic disease,
      disease, disability, disabilities, pregnancy, heart rate, blood pressure, blood sugar, blood glucose, bmi,
      lab result, vaccination, immunization, mental health, mrn, therapy note, insurance number, insurance
      policy number, insurance id
    `),
    part: "health",
    plural: true,
  },

  {
    category: "location",
    label: "location of a person",
    strength: "strong",
    names: list(`
      user location, home location, last known location, live location, gps location, gps coordinate, gps coord,
      user coordinate, user coord, user position gps, home coordinate, home coord, device location, ubicacion
      usuario
    `),
    notAfter: set("permission track share"),
  },
  {
    category: "location",
    label: "latitude",
    strength: "weak",
    names: list("lat, latitud"),
    part: "latitude",
    before: "anything",
  },
  {
    category: "location",
    label: "longitude",
    strength: "weak",
    names: list("lng, longitud"),
    part: "longitude",
    before: "anything",
  },
  { category: "location", label: "longitude", strength: "weak", names: list("long"), part: "longitude" },
  {
    category: "location",
    label: "coordinates",
    strength: "weak",
    names: list(`
      coordinate, coord, lat lng, geolocation, geo location, geo point, gps, geo coordinate, coordenada
    `),
    part: "coordinates",
    plural: true,
  },
  {
    category: "location",
    label: "location",
    strength: "weak",
    names: list("location, current location, ubicacion, standort"),
    part: "place",
  },
];
