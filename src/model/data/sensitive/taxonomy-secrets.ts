import type { TaxonomyRow } from "./types.ts";

/** Names separated by commas; line breaks are blanks. */
const list = (text: string): readonly string[] => text.split(",").map((name) => name.trim().replace(/\s+/g, " "));
const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Secrets and what stands for a signed-in person. Sources: OWASP ASVS 5 V6, V7 and V13; RFC 6749, 6750, 7636. */
export const SECRETS: readonly TaxonomyRow[] = [
  {
    category: "credentials",
    label: "password",
    strength: "strong",
    names: list(`
      password, passphrase, user pass, db pass, database pass, smtp pass, email pass, login pass, account pass,
      redis pass, root pass, confirm password, repeat password, retype password, verify password, password
      confirmation, password confirm, password repeat, password again, contrasena, contrasenya, senha, nova
      senha, clave acceso, clave de acceso, clave secreta, mot de passe, mdp, passwort, kennwort, wachtwoord,
      losenord, adgangskode
    `),
    notAfter: set("change set"),
  },
  {
    category: "credentials",
    label: "password",
    strength: "weak",
    names: list("pass, clave, passkey, parola"),
    part: "pass",
  },
  {
    category: "credentials",
    label: "access token",
    strength: "strong",
    names: list(`
      access token, auth token, authorization token, bearer token, oauth token, user token, login token, signin
      token, jwt, jwt token, admin token, personal access token, pat token, github token, gitlab token, google
      token, slack token, discord token, twitter token, facebook token, stripe token secret, shopify token,
      telegram token, bot token, app token, service token, api token, security token, secret token, private
      token, oauth access token, id token, identity token, plaintext token, plain token, authorization header,
      auth header, impersonation token, spotify token, twitch token, linkedin token, notion token, hubspot
      token, zoom token, dropbox token, microsoft token, instagram token, tiktok token, strava token, vercel
      token
    `),
    notAfter: set("next page csrf xsrf"),
  },
  {
    category: "credentials",
    label: "refresh token",
    strength: "strong",
    names: list("refresh token, offline token, refresh jwt"),
    notAfter: set("auto persist"),
  },
  {
    category: "credentials",
    label: "token secret",
    strength: "strong",
    names: list("token secret, oauth secret, oauth token secret, token secret key"),
  },
  {
    category: "credentials",
    label: "one-time token",
    strength: "strong",
    names: list(`
      reset token, password token, reset password token, password reset token, forgot password token,
      verification token, email verification token, verify email token, confirmation token, confirm email token,
      activation token, recovery token, magic link token, magic token, signup token, onetime token, mfa token,
      2fa token, otp token, login link token, email change token, email token, reauthentication token, unlock
      token
    `),
    notAfter: set("captcha recaptcha turnstile"),
  },
  {
    category: "credentials",
    label: "one-time token",
    strength: "weak",
    names: list(`
      verify token, invite token, invitation token, confirm token, unsubscribe token, share token, device token,
      push token
    `),
    part: "token",
  },
  {
    category: "credentials",
    label: "magic link",
    strength: "strong",
    names: list(`
      magic link, magic link url, magic url, reset link, reset password link, password reset link, reset
      password url, password reset url, login link, signin link, signin url, verification link, confirmation
      link, activation link
    `),
  },
  {
    category: "credentials",
    label: "one-time code",
    strength: "strong",
    names: list(`
      otp, otp code, otp value, otp pin, onetime password, onetime code, onetime passcode, onetime pin, totp
      code, mfa code, mfa otp, 2fa code, 2fa otp, verification code, verification pin, login code, signin code,
      signup code, email code, sms code, phone code, magic code, reset code, password code, password reset code,
      reset password code, passcode, codigo verificacion, codigo de verificacion, codigo verificacao,
      bestatigungscode, code de verification
    `),
    notAfter: set("country area zip postal country_calling"),
    plural: true,
  },
  {
    category: "credentials",
    label: "one-time code",
    strength: "weak",
    names: list(`
      code, pin, verify code, confirmation code, activation code, access code, auth code, authorization code,
      security code, device code, pairing code, link code, codigo, totp, pin number, code verifier, confirm code
    `),
    part: "code",
  },
  {
    category: "credentials",
    label: "PIN",
    strength: "strong",
    names: list(`
      user pin, account pin, login pin, secret pin, mpin, upi pin, transaction pin, wallet pin, security pin,
      access pin
    `),
  },
  {
    category: "credentials",
    label: "recovery codes",
    strength: "strong",
    names: list(`
      recovery code, backup code, scratch code, mfa recovery code, mfa backup code, 2fa backup code, recovery
      key, recovery phrase
    `),
  },
  {
    category: "credentials",
    label: "API key",
    strength: "strong",
    names: list(`
      api key, x api key, api secret key, secret access key, api access key, app key secret, service role key,
      service account key, master key, bot key, clave api
    `),
    notAfter: set("revoke roll rotate select has"),
  },
  {
    category: "credentials",
    label: "access key",
    strength: "weak",
    names: list("access key, license key, auth key"),
    part: "secret",
  },
  {
    category: "credentials",
    label: "secret",
    strength: "strong",
    names: list(`
      client secret, api secret, app secret, webhook secret, signing secret, shared secret, jwt secret, auth
      secret, session secret, cookie secret, mfa secret, totp secret, otp secret, 2fa secret, user secret,
      consumer secret, bot secret, encryption secret, hmac secret, stripe secret, application secret,
      integration secret, provider secret, base32 secret, otp seed, totp seed, secret key, secret value, cron
      secret, authenticator secret, callback secret, plaintext secret
    `),
    notAfter: set("open top trade"),
  },
  {
    category: "credentials",
    label: "secret",
    strength: "weak",
    names: list("secret, secreto, segredo"),
    part: "secret",
  },
  {
    category: "credentials",
    label: "private key",
    strength: "strong",
    names: list(`
      private key, private key pem, signing key, signing private key, encryption key, decryption key, ssh
      private key, rsa private key, pgp private key, wallet key, wallet private key, wallet secret, ssl key, tls
      key, deploy key private, jwk private, priv key, llave privada, clave privada
    `),
    notAfter: set("react query"),
  },
  {
    category: "credentials",
    label: "wallet recovery phrase",
    strength: "strong",
    names: list(`
      seed phrase, mnemonic, mnemonic phrase, wallet mnemonic, secret phrase, secret recovery phrase, wallet
      seed, seed words
    `),
  },
  {
    category: "credentials",
    label: "security answer",
    strength: "strong",
    names: list("security answer, secret answer, security question answer"),
  },
  {
    category: "credentials",
    label: "credentials",
    strength: "weak",
    names: list("credential, login credential, connection string, database url, bearer, authorization"),
    part: "login",
    plural: true,
  },
  { category: "credentials", label: "token", strength: "weak", names: list("token"), part: "token" },

  {
    category: "session",
    label: "session token",
    strength: "strong",
    names: list(`
      session token, session jwt, session secret token, auth cookie, session cookie, auth session, login
      session, access session, session key secret, remember token, remember me token
    `),
    notAfter: set("chat game upload checkout"),
  },
  {
    category: "session",
    label: "session",
    strength: "weak",
    names: list(`
      session, session id, sid, session key, session data, cookie, user session, auth session id, cookie value
    `),
    part: "session",
  },
];
