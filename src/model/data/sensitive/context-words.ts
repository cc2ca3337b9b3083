/** Words around a sensitive word that change what the whole name says. No word here is sensitive by itself. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Anywhere before the head: the value is a flag (`userHasPassword`), protected already, public, or a stand-in. */
export const SILENCING: ReadonlySet<string> = words(`
  is isnt has had have was are were should shall can cannot could did does do dont will would must may need needs
  not no non never without with require requires required want wants skip force same max min limit rate check verify
  revoked optional allow allows allowed deny enable enables enabled disable
  disables disabled supports
  hash hashed hashes hasher hashing hmac digest sha sha1 sha256 sha512 md5 bcrypt argon argon2 scrypt salted
  encrypted encrypt encryption enc cipher ciphered ciphertext sealed masked mask redacted redact obfuscated obfuscate
  anonymized anonymised anonymous pseudonymized pseudonymised tokenized tokenised scrambled censored
  truncated partial fingerprint checksum
  public publishable fake dummy mock mocked sample example examples placeholder default demo test testing fixture stub
  invalid wrong missing bad incorrect unknown duplicate disposable generic expired
  and
`);

/** First word: a verb. The name is a function, a handler or a flag, or it names what is done, not the data. */
export const VERBS: ReadonlySet<string> = words(`
  set send sends sending resend verify verifies validate validates check checks update updates change changes delete
  remove add toggle show shows hide hides use uses handle on open close submit reset forgot forget confirm refresh
  revoke rotate expire invalidate save store write put list count compare match matches block unblock subscribe
  unsubscribe exchange log print render find search filter sort map watch wait request consume register assert ensure
  prepare connect merge sync schedule queue enqueue preview enter type copy lock edit insert upsert reject accept
  suggest setup configure assign attach detect ask skip ignore report notify collect capture
  exclude include
  tiene enviar validar verificar actualizar cambiar guardar
`);

/** First word: a verb whose result is the data itself (`generateOtp`, `getClientIp`), read as if it were not there. */
export const PRODUCERS: ReadonlySet<string> = words(`
  get fetch read load generate regenerate canonicalize gen create make mint extract resolve retrieve normalize
  normalise trim clean sanitize
  sanitise decrypt decode parse lookup issue build derive encode serialize stringify format sign obtener generar obter
`);

/** Producers after which an `email` is a message rather than an address. */
export const MESSAGE_PRODUCERS: ReadonlySet<string> = words(`
  generate gen create make mint read load parse issue build derive serialize stringify sign retrieve
`);

/** First word: the rest is what something is found by or compared with (`byEmail`, `ifPassword`, `fromSecretKey`). */
export const OPENERS: ReadonlySet<string> = words("by for from as if when per via");

/** After the head, and without meaning: `emailLower`, `phoneE164`, `phoneWork`, `emailPersonal`. */
export const TRAILING: ReadonlySet<string> = words(`
  value val str string input param arg raw plain plaintext clear cleartext unhashed unencrypted
  lower lowercase lowercased normalized normalised norm trimmed clean cleaned sanitized formatted e164 encoded base64
  b64 decoded decrypted new old current previous primary secondary main personal private work home mobile alternate alt
  backup original temp tmp list array arr
  usuario cliente contacto contato contatto utilisateur kunde alumno paciente padre madre empleado
`);

/** Of these, the ones that hold several: a list of weak names (`tokenList`) is something else. */
export const CONTAINERS: ReadonlySet<string> = words("list arr array");

/** Before a weak name: says whose it is or which one, and leaves its meaning as it is. */
export const PLAIN: ReadonlySet<string> = words(`
  user users my our your his her their the a this new old current previous prev raw stored saved cached given provided
  incoming received original plain plaintext primary secondary main personal private real legal decrypted decoded valid
  generated expected submitted entered temp tmp full last known
  customer client member guest patient student employee owner buyer seller candidate applicant viewer visitor
  participant recipient sender contact person subscriber parent child driver passenger teacher attendee lead profile
  invitee inviter requester reporter payer payee caller resident citizen holder renter
  el la mi su usuario cliente nuevo nueva novo nova
`);

/** Before a contact: the contact of an organisation, usually public. */
export const ORGANISATION: ReadonlySet<string> = words(`
  company business store shop restaurant hotel venue office clinic hospital branch school university brand merchant
  vendor supplier org organization organisation agency bank support help info sales contactus noreply reply replyto
  service services system site website app customercare hotline public dealer institution press
  empresa tienda negocio loja
`);

/** Before `email`: the message, or a setting about messages. */
export const MESSAGES: ReadonlySet<string> = words(`
  welcome reset invitation confirmation verification reminder sent unread recent draft scheduled inbox latest fetched
  processed html transactional react marketing campaign bulk batch template test outgoing inbound outbound raw parsed
  newsletter digest alert alerts summary follow followup cold daily weekly monthly yearly hourly send forward archive
  relevant onboarding queued failed
  rendered generated total max min used by via trial upgrade spam phishing archived starred important thread
  gmail marked limit feedback paused cancellation canceled cancelled congrats milestone usage issue comment installed
  created deleted setup overdue information review rsvp
`);

/** After one of these the rest of a name says how, for whom or where, not what: `emailFromUrl`, `tokenForUser`. */
export const PREPOSITIONS: ReadonlySet<string> = words(`
  for from to of in at on with via when if as against into than without using where por
  para pour fuer
`);
