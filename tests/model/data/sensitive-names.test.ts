import { describe, expect, it } from "vitest";
import {
  classifyKeyPrefix,
  classifyName,
  classifyRecord,
  type SensitiveCategory,
  TAXONOMY,
} from "../../../src/model/data/sensitive-names.ts";

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Names that say it alone, by category. */
const STRONG: Record<SensitiveCategory, string> = {
  contact: `
    email Email EMAIL userEmail user_email user-email useremail UserEmail customerEmail emailAddress email_address
    EmailAddress
    emailAddr emailaddress customer_email_address billingEmail contactEmail newEmail oldEmail pendingEmail sourceEmail
    targetEmail emailLower normalizedEmail encodedEmail decryptedEmail emailBase64 emails userEmails email1 emailOrPhone
    emailFromUrl emailToUse invitedByEmail submitterEmail getUserEmail receipt_email paypalEmail e_mail correo
    correoElectronico correo_electronico courriel
    phone phoneNumber phone_number customer_phone_number phoneNo phone_no phonenumber mobileNumber mobile_phone
    cellPhone
    whatsappNumber tel telephone userTel phoneE164 phone_formatted second_phone emergency_contact_phone telefono
    teléfono
    numeroTelefono telefone celular telefonnummer
    homeAddress home_address streetAddress billingAddress shipping_address deliveryAddress postalAddress
    mailingAddress`,
  identity: `
    dob DOB dateOfBirth date_of_birth birthDate birth_date birthdate birthday userBirthday fechaNacimiento
    fecha_de_nacimiento data_nascimento dateNaissance geburtsdatum mothersMaidenName ethnicity religion
    sexualOrientation
    placeOfBirth faceEmbedding biometricData`,
  government: `
    ssn userSSN social_security_number socialSecurityNumber nationalId national_id aadhaarNumber panNumber cpf dni curp
    codiceFiscale taxId tax_id taxIdNumber kraPin passportNo passportNumber passport_number id_passport_number
    driversLicense driverLicenceNumber drivingLicenseNumber nino numero_securite_sociale voterId`,
  financial: `
    cardNumber card_number cardNo creditCard creditCardNumber ccNumber debit_card_number cvv CVV cvc cardCvc cvv2
    iban IBAN
    userIban bankAccountNumber bank_account_no upiId pixKey chave_pix numero_tarjeta`,
  health: `
    medicalRecord medicalRecords medical_history bloodType blood_group patientDiagnosis healthRecord hivStatus nhsNumber
    healthInsuranceNumber`,
  location: `userLocation lastKnownLocation homeLocation gps_coordinates userCoords`,
  credentials: `
    password Password PASSWORD pwd passwd userPassword user_password newPassword confirmPassword password_confirmation
    plainPassword passwordPlain linkPassword smtpPass db_pass passphrase contraseña contrasena senha motDePasse
    mot_de_passe mdp passwort wachtwoord getPassword SMTP_PASSWORD
    accessToken access_token ACCESS_TOKEN accesstoken authToken bearerToken jwt jwtToken idToken oauth_token githubToken
    botToken personalAccessToken newAccessToken accessTokenFromEnv userToken apiToken plaintextToken
    refreshToken refresh_token refreshtoken googleRefreshToken tokenSecret oauth_token_secret twitter_oauth_secret
    resetToken resetPasswordToken passwordResetToken forgotPasswordToken verificationToken emailVerificationToken
    confirmationToken recovery_token magicLink magic_link magicLinkUrl resetLink passwordResetLink signInLink
    otp OTP otpCode emailOTP storedOtp generateOtp oneTimePassword one_time_code verificationCode verification_code
    loginCode email_code smsCode mfaCode totpCode twoFactorCode 2faCode passcode resetCode userPin upiPin
    recoveryCodes backup_codes apiKey apikey API_KEY apiKeys openaiApiKey xApiKey secretAccessKey serviceRoleKey
    clientSecret client_secret webhookSecret signingSecret jwtSecret mfaSecret totpSecret twoFactorSecret otpSecret
    secretKey STRIPE_SECRET_KEY consumerSecret privateKey private_key encryptionKey signingKey seedPhrase mnemonic
    secretRecoveryPhrase securityAnswer user.password data.access_token`,
  session: `sessionToken session_token SESSION_TOKEN sessionCookie authCookie rememberToken`,
};

/** Names that say it only together with others. */
const WEAK = words(`
  name nombre customerName firstName first_name firstname lastName surname fullName full_name apellidos patientName
  mail emailId mobile fax companyEmail supportEmail shopPhone address addr addressLine1 direccion userMobile zip zipCode
  zipcode postalCode gender userGender sex nationality maritalStatus ip ipAddress ip_address clientIp getClientIp
  userAgent user_agent useragent ua remoteAddress nif passport idNumber accountNumber routingNumber sort_code bankName
  salary creditScore monthly_income cardHolder nameOnCard diagnosis symptoms allergies medications heartRate
  lat lng lon latitude longitude coordinates location code pin pinCode accessCode authorizationCode codeVerifier token
  newToken rawToken deviceToken pushToken inviteToken verifyToken secret pass clave credentials connectionString
  accessKey
  session sessionId session_id sid sessionData cookie
`);

/** Names that only look like it. */
const NOTHING = words(`
  emailVerified email_verified isEmailVerified emailSent emailSentAt hasEmail hasPassword userHasPassword
  passwordResetAt passwordUpdatedAt password_changed_at passwordLength passwordStrength passwordPolicy passwordSchema
  passwordField passwordHash password_hash hashedPassword hashPassword encryptedPassword saltedPassword bcryptPassword
  passwordSalt passwordInputRef passwordError showPassword setShowPassword hidePassword forgotPassword resetPassword
  changePassword updatePassword setPassword passwordEnabled passwordAttempts passwordOrEmailIncorrect emailAndPassword
  requirePassword ResetPasswordForm invalidEmailOrPassword passwordPlaceholder PWD
  tokenCount maxTokens max_tokens totalTokens promptTokens prompt_tokens completion_tokens tokensUsed inputTokens
  outputTokenDetails cachedTokens tokensPerSecond tokens tokenAddress tokenId token_id tokenIds tokenSymbol tokenName
  tokenPrice tokenAmount tokenBalance tokenBalances tokenDecimals tokenMint tokenSupply nextPageToken pageToken
  nextToken cursorToken syncToken continuationToken csrfToken xsrfToken captchaToken recaptchaToken turnstileToken
  publicToken publicAccessToken tokenType token_type tokenExpiresAt accessTokenExpiresAt access_token_expires_at
  refreshTokenExpiresIn refresh_token_expires_in tokenExpiry tokenHash token_hash hashedToken refreshTokenHash
  encryptedToken maskedToken obfuscatedToken tokenEndpoint tokenUrl tokenPrefix tokenVersion tokenBucket tokenScopes
  tokenValid isTokenValid isTokenExpired hasAccessToken showBearerToken setAccessToken revokeAccessToken tokenizer
  designTokens colorToken searchTokens autoRefreshToken lockToken cancelToken idempotencyToken sessionTokenName
  ACCESS_TOKEN_KEY accessTokenCacheKey tokenStatus tokenList
  addressBookId ipAddressCount nameSpace namespace filename fileName file_name username user_name userName
  authorUsername
  displayName display_name hostname hostName_ className walletAddress wallet_address contractAddress userAddress
  macAddress memoryAddress mintAddress serverAddress codeSnippet countryCode country_code statusCode status_code
  errorCode colorCode languageCode currencyCode promoCode couponCode inviteCode discountCode referralCode qrCode
  shortCode exitCode sourceCode keyCode charCode barcode examCode areaCode codes codeBlock codeLanguage
  phoneModel phoneType phoneVerified phone_verified isPhone iPhone smartphone microphone megaphone headphones phoneCall
  phoneFieldSchema phone_number_id phoneNumberId phoneRegex phoneConfirmedAt
  emailTemplate emailTemplateId emailCount emailType emailNotifications email_notifications emailProvider emailDomain
  emailSubject emailBody emailContent emailHtml emailUrl emailRegex emailSchema emailError emailQueue emailLimit
  emailKey
  emailLabel emailField emailPreview emailHeading emailStatus emailOpened emailHash email_hash hashEmail encryptedEmail
  encryptEmail maskedEmail maskEmail redactedEmail partnerEmailMasked obfuscateCustomerEmail testEmail exampleEmail
  placeholderEmail defaultEmail invalidEmail missing_email duplicateEmail disposableEmailDomains sendEmail setEmail
  sendWelcomeEmail welcomeEmail welcome_email confirmationEmail invitationEmail resetEmail reminderEmail sentEmails
  unreadEmails draftEmails verifyEmail validateEmail confirmEmail changeEmail updateEmail deleteEmail checkEmail
  isEmail byEmail userByEmail getUserByEmail linksByEmail usersWithEmail domainFromEmail fromEmail EMAIL_FROM
  email_from_name emailMatch requireEmail allowEmail enableEmail noEmail mailto mailbox mailer gmail voicemail
  secretSanta secretName secretId secretVersion secretArn hasSecret isSecret topSecret publicKey public_key
  publishableKey
  anonKey keyId key apiKeyId apiKeyName api_key_id apiKeyHash apiKeyPrefix apiKeyLastUsedAt hashApiKey revokeApiKey
  revokedApiKey cacheKey primaryKey foreignKey objectKey routeKey sortKey keyName
  sessionCount session_count sessions sessionStatus sessionUrl sessionDuration sessionExpiresAt sessionIds sessionTitle
  sessionType chatSessionId gameSession hasSession createdAt userId user_id accountId email_count
  cardId cardTitle cardType cardContent cards card socialCard postCard dashboardCard cardCount maskedCard
  maskedCardNumber cardLast4 last4 ssnLast4 cardBrand showCreditCard
  accountType accountName accountStatus bankId bankLogo ibanCountry taxRate taxAmount vatRate taxIdType
  healthCheck healthStatus healthcheck health isHealthy serviceHealth diagnosisMode diagnostics locationHref locationId
  locationName window_location genderFilter genderOptions birthdayReminder happyBirthday birthdayCount dobVerified
  ipVersion ipCount ipRange internalIp allowedIp tooltip ownership relationship chip zipFile zipcodeCount
  otpSent otpExpiry otpAttempts otpLength otp_expires_at otpEnabled isOtpVerified sendOtp verifyOtp otpKey otpPrefix
  verificationCodeExpiresAt verifyCodeSent twoFactorEnabled mfaEnabled totpVerified
  redactedX redactedName anonymizedName companyName productName eventName packageName fontName tagName teamName
  groupName
  nickname slug title count value id data tone fonts tells bytes stone pinned spinner opinion mapping typing longText
  emailsPerDay tokensPerUser auth.password.title settings.hidePassword user.email.verified emailBeforeSend yearlyEmails
  jwks utmSource publicAccessTokens fid avatar tooLong fontSize latency platform flatRate template percentage
`);

describe("classifyName", () => {
  for (const [category, text] of Object.entries(STRONG)) {
    it.each(words(text))(`${category}: %s is strong`, (name) => {
      expect(classifyName(name)).toMatchObject({ category, strength: "strong" });
    });
  }

  it.each(WEAK)("%s is weak", (name) => {
    expect(classifyName(name)).toMatchObject({ strength: "weak" });
  });

  it.each(NOTHING)("%s says nothing", (name) => {
    expect(classifyName(name)).toBeUndefined();
  });

  it.each([
    ["customer_email", "email address"],
    ["tel", "phone number"],
    ["pwd", "password"],
    ["emailOTP", "one-time code"],
    ["refresh_token", "refresh token"],
    ["forgotPasswordToken", "one-time token"],
    ["STRIPE_SECRET_KEY", "secret"],
    ["mnemonic", "wallet recovery phrase"],
    ["cvv2", "card security code"],
    ["taxIdNumber", "tax number"],
    ["sessionCookie", "session token"],
  ])("%s is called %s", (name, label) => {
    expect(classifyName(name)?.label).toBe(label);
  });

  it("covers enough spellings", () => {
    expect(Object.values(STRONG).flatMap(words).length + WEAK.length).toBeGreaterThan(120);
    expect(new Set(NOTHING).size).toBeGreaterThan(200);
  });

  it.each([
    "",
    "a",
    "_",
    "$",
    "__proto__",
    "constructor",
    "toString",
    "名前",
    "é",
    "123",
    "x".repeat(5000),
    "👍",
    "\ud800",
  ])("takes %j in its stride", (name) => {
    expect(classifyName(name)).toBeUndefined();
  });

  it("gives the same object for the same name", () => {
    expect(classifyName("userEmail")).toBe(classifyName("userEmail"));
  });

  it("bounds its cache", () => {
    for (let index = 0; index < 30_000; index++) classifyName(`thing${index}Email`);
    expect(classifyName("userEmail")).toMatchObject({ label: "email address" });
  });
});

describe("a project's own names", () => {
  const extra = { add: ["employeeNumber", "badge_code"], remove: ["phone"] };

  it.each(["employeeNumber", "employee_numbers", "userEmployeeNumber", "EMPLOYEE_NUMBER", "badgeCode"])(
    "adds %s",
    (name) => {
      expect(classifyName(name, extra)).toMatchObject({ strength: "strong" });
      expect(classifyName(name)?.strength).not.toBe("strong");
    },
  );

  it("names what was added by its words", () => {
    expect(classifyName("employee_number", extra)?.label).toBe("employee number");
  });

  it.each(["phone", "userPhone", "phones"])("removes %s", (name) => {
    expect(classifyName(name, extra)).toBeUndefined();
  });

  it("leaves the rest alone", () => {
    expect(classifyName("phoneNumber", extra)).toMatchObject({ label: "phone number" });
    expect(classifyName("employeeNumberCount", extra)).toBeUndefined();
    expect(classifyName("phone")).toMatchObject({ label: "phone number" });
  });

  it("takes part in records", () => {
    expect(classifyRecord(["id", "employeeNumber", "phone"], extra).map(({ name }) => name)).toEqual([
      "employeeNumber",
    ]);
  });
});

describe("classifyKeyPrefix", () => {
  it.each([
    ["otp:", "one-time code"],
    ["auth:otp:", "one-time code"],
    ["otp:email:", "one-time code"],
    ["app:v1:otp:user:", "one-time code"],
    ["login_code:", "one-time code"],
    ["verification-code:", "one-time code"],
    ["reset-token:", "one-time token"],
    ["password-reset:", "password reset"],
    ["reset:", "password reset"],
    ["auth:verify:", "verification"],
    ["email-verification:", "verification"],
    ["magic-link:", "magic link"],
    ["boss:access_token", "access token"],
    ["boss:refresh_token", "refresh token"],
    ["BOSS_ACCESS_TOKEN", "access token"],
    ["refresh_token:", "refresh token"],
    ["twitter_oauth_secret:", "token secret"],
    ["jwt:", "access token"],
    ["spotify_tokens:", "access token"],
    ["user:session:", "session"],
    ["sess:", "session"],
    ["session-token:", "session token"],
    ["apikey:", "API key"],
    ["password:", "password"],
    ["recovery-codes:", "recovery codes"],
    ["refresh_tokens:", "refresh token"],
  ])("%s holds a %s", (text, label) => {
    expect(classifyKeyPrefix(text)).toMatchObject({ label, strength: "strong" });
  });

  it.each([
    "session:",
    "sessions:",
    "link_session:",
    "dataroom_session:",
    "token:",
    "boss:token",
    "code:",
    "2fa:",
    "refresh:",
    "oauth:state:",
  ])("%s is weak", (text) => {
    const found = classifyKeyPrefix(text);
    // A token of an unknown area says nothing: it may be a coin.
    if (text === "boss:token") expect(found).toBeUndefined();
    else expect(found).toMatchObject({ strength: "weak" });
  });

  it.each(
    words(`
      user: users: posts:1 user:email: email: phone: user:phone: cache: otp:attempts: otp_cooldown: otp:count
      rate:login:
      ratelimit:otp: rl:session: session:count session-lock: user:sessions: sessions tokens token:price: token:balance:
      chat:session: game:session: checkout:session: exam_session: boss:expires_at boss:access_token_expires_at
      blacklist:token: revoked:jwt: lock:password-reset: quota:reset: csrf: csrf-token: captcha:code: invite:
      promo:code:
      import:bitly: last-scan: status:posts: chat:history: brand:logo: fxRates:usd services newsletter_subscribers
      token-usage: session-stats: last:session: queue: : - password:attempts: magic:8ball reset:stats`),
  )("%s says nothing", (text) => {
    expect(classifyKeyPrefix(text)).toBeUndefined();
  });

  it("takes the record's fields into account", () => {
    expect(classifyKeyPrefix("session:", ["userId", "role", "createdAt"])).toMatchObject({ strength: "strong" });
    expect(classifyKeyPrefix("session:", ["email", "expiry"])).toMatchObject({ strength: "strong" });
    expect(classifyKeyPrefix("session:", ["userId", "messages", "model"])).toMatchObject({ strength: "weak" });
    expect(classifyKeyPrefix("session:", ["score", "level"])).toMatchObject({ strength: "weak" });
  });
});

describe("classifyRecord", () => {
  it.each([
    ["a sign-up", "email fullName phone birthday password", "email fullName phone birthday password"],
    ["a newsletter entry", "email subscribedAt", "email"],
    [
      "a user",
      "id email name password isVerified verificationCode createdAt role",
      "email name password verificationCode",
    ],
    [
      "a link session",
      "linkId viewId email expiresAt ipAddress userAgent verified accessCount",
      "email ipAddress userAgent",
    ],
    ["a session", "userId ip userAgent createdAt", "ip userAgent"],
    ["OAuth tokens", "access_token refresh_token expires_in", "access_token refresh_token"],
    ["a login code", "email code callbackUrl", "email code"],
    ["a code with attempts", "code attempts expiresAt", "code"],
    ["a token of a user", "token userId expiresAt", "token"],
    ["a session id", "sessionId userId expiresAt", "sessionId"],
    ["a name with its address", "name address", "name address"],
    ["a delivery", "firstName lastName street zip city phone", "firstName lastName street zip phone"],
    ["a person", "firstName lastName birthDate", "firstName lastName birthDate"],
    ["a courier's position", "courierId lat lng", "lat lng"],
    ["an employee", "fullName email salary", "fullName email salary"],
    ["a bank account", "accountNumber routingNumber bankName", "accountNumber routingNumber bankName"],
    ["a patient", "patientName diagnosis", "patientName diagnosis"],
    ["health data of a user", "userId symptoms medications", "symptoms medications"],
    ["a second factor", "userId secret verified", "secret"],
    ["a suggestion with its author", "name category description website logo submitterEmail", "submitterEmail"],
    ["an email change", "email newEmail", "email newEmail"],
    ["somebody with a page of his own", "name title url description website age phone", "name phone"],
    ["somebody who looks for company", "title description photos website age phone", "phone"],
  ])("%s", (_, fields, expected) => {
    const found = classifyRecord(words(fields));
    expect(found.map(({ name }) => name)).toEqual(words(expected));
  });

  it.each([
    ["a post", "id title content authorUsername createdAt"],
    ["a public profile", "id name avatar"],
    ["a Farcaster notification", "url token"],
    ["a leaderboard", "address fid username points"],
    ["a token", "name symbol address decimals"],
    ["a contract", "name address chainId"],
    ["a restaurant", "id name address phone website cuisine hours image description status"],
    ["a store", "id name logo url area count address phone specials"],
    ["a page that a search has found, and how old it is", "title url description type favicon age phone website address"],
    ["a service listing", "id name phone categoryId description imageUrl logoUrl address website email status"],
    ["a product", "id name description price image"],
    ["an estate with coordinates", "ownerId name location description images lat lng"],
    ["a house", "id name address propertyType ownerId"],
    ["a mail to send", "from to subject react unsubscribeToken"],
    ["a lock", "token mode"],
    ["a lease", "token owner expiresAt"],
    ["usage", "model promptTokens completionTokens totalTokens"],
    ["a coupon", "code discount expiresAt maxUses"],
    ["an error", "code message status"],
    ["a language", "code name"],
    ["a place", "name lat lng"],
    ["a repository", "id full_name description stars"],
    ["a voice", "name gender language"],
    ["a visit", "ip country city"],
    ["a chat session", "sessionId userId messages expiresAt"],
    ["an analytics event", "sessionId userId event page"],
    ["an exam", "userId score pass code"],
    ["service health", "service healthStatus diagnosis"],
    ["an incident", "userId diagnosis severity"],
    ["a job", "title company location salary"],
    ["flags", "emailVerified hasPassword passwordResetAt tokenCount"],
    ["protected values", "emailHash encryptedPhone passwordHash maskedCard"],
    ["nothing", ""],
  ])("nothing in %s", (_, fields) => {
    expect(classifyRecord(words(fields))).toEqual([]);
  });

  it("keeps what each name says alone", () => {
    const found = classifyRecord(["email", "code", "companyEmail", "firstName"]);
    expect(found.map(({ name, sensitivity }) => [name, sensitivity.strength])).toEqual([
      ["email", "strong"],
      ["code", "weak"],
      ["companyEmail", "weak"],
      ["firstName", "weak"],
    ]);
  });

  it("tells a session's addresses apart from a list of addresses", () => {
    expect(classifyRecord(["userId", "ip", "userAgent"])[0]?.sensitivity).toMatchObject({
      category: "session",
      label: "IP address",
    });
  });
});

describe("TAXONOMY", () => {
  it("lists names that are classified by their own row", () => {
    for (const { names, label, strength } of TAXONOMY) {
      for (const name of names) {
        expect({ name, ...classifyName(name.replaceAll(" ", "_")) }).toMatchObject({ name, label, strength });
      }
    }
  });

  it("lists no name twice", () => {
    const all = TAXONOMY.flatMap(({ names }) => names);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });

  it("gives each weak row a part in records", () => {
    expect(TAXONOMY.filter(({ strength, part }) => (strength === "weak") !== (part !== undefined))).toEqual([]);
  });
});

describe("speed", () => {
  // Far above what it takes (well under 1 µs cached, 5 µs new): shared machines are slow at times.
  const each = (names: readonly string[]): number => {
    const start = performance.now();
    for (const name of names) classifyName(name);
    return ((performance.now() - start) * 1000) / names.length;
  };

  it("classifies new and known names in microseconds", () => {
    const fresh = Array.from(
      { length: 8000 },
      (_, index) => `customer${index % 7}BillingEmail${index}Address_${index}`,
    );
    expect(each(fresh)).toBeLessThan(50);
    expect(each(fresh.slice(-1000))).toBeLessThan(10);
  });
});
