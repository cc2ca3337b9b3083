import { rows, type CostlyRow } from "./row.ts";
import { SUPABASE, SUPABASE_AUTH, SUPABASE_AUTH_MESSAGES } from "./supabase.ts";

/** Accounts, sessions, one-time codes and passwords. */
export const AUTH_ROWS: readonly CostlyRow[] = [
  // https://authjs.dev/reference/nextjs
  ...rows("auth", "signs a user in", "next-auth#default.signIn"),
  // https://supabase.com/docs/reference/javascript/auth-signup
  ...rows("auth", "signs a user in or up through Supabase", `${SUPABASE}.auth.${SUPABASE_AUTH}`),
  ...rows("auth", "has Supabase send a code or a link", `${SUPABASE}.auth.${SUPABASE_AUTH_MESSAGES}`),
  ...rows(
    "auth",
    "manages users through Supabase",
    `${SUPABASE}.auth.admin.{createUser,updateUserById,deleteUser,inviteUserByEmail,generateLink}`,
  ),
  ...rows("auth", "signs a user in or up", "?#**.auth.{signInWithPassword,signInWithOtp}"),
  ...rows("auth", "has a link for a new password sent", "?#**.auth.resetPasswordForEmail"),
  // https://firebase.google.com/docs/auth/admin/manage-users, https://firebase.google.com/docs/reference/js/auth
  ...rows(
    "auth",
    "manages users through Firebase",
    `{firebase-admin/auth#getAuth,firebase-admin#auth}.{createUser,updateUser,deleteUser,createCustomToken,
      createSessionCookie,setCustomUserClaims,generatePasswordResetLink,generateEmailVerificationLink,
      generateSignInWithEmailLink}`,
  ),
  ...rows(
    "auth",
    "signs a user in or up through Firebase",
    "firebase/auth#{createUserWithEmailAndPassword,signInWithEmailAndPassword,signInWithCustomToken,confirmPasswordReset}",
  ),
  ...rows("auth", "has Firebase send a link", "firebase/auth#{sendPasswordResetEmail,sendSignInLinkToEmail,sendEmailVerification}"),
  // https://www.better-auth.com/docs/concepts/api
  ...rows(
    "auth",
    "signs a user in or up through Better Auth",
    `better-auth#betterAuth.api.{signInEmail,signUpEmail,signInUsername,signInMagicLink,
      signInPhoneNumber,signInEmailOTP,createUser}`,
  ),
  // https://www.better-auth.com/docs/concepts/oauth: it answers with the provider's address, and keeps a state until the caller is back
  ...rows("auth", "begins a sign-in with another provider through Better Auth", "better-auth#betterAuth.api.{signInSocial,signInWithOAuth2}"),
  ...rows(
    "auth",
    "changes or resets a password or an address through Better Auth",
    `better-auth#betterAuth.api.{forgetPassword,requestPasswordReset,resetPassword,sendVerificationEmail,
      sendVerificationOTP,changePassword,changeEmail,setPassword}`,
  ),
  // https://clerk.com/docs/reference/backend/overview
  ...rows(
    "auth",
    "manages users through Clerk",
    `{@clerk/nextjs/server,@clerk/nextjs,@clerk/express,@clerk/fastify,@clerk/clerk-sdk-node,@clerk/backend,
      @clerk/remix/api.server}#{clerkClient,createClerkClient}.{users,invitations,organizations,signInTokens,
      sessions}.{createUser,updateUser,deleteUser,updateUserMetadata,verifyPassword,verifyTOTP,createInvitation,
      createOrganization,createOrganizationInvitation,updateOrganizationMetadata,createSignInToken,revokeSession}`,
  ),
  // https://workos.com/docs/reference/user-management
  ...rows(
    "auth",
    "signs a user in or up through WorkOS",
    `@workos-inc/node#WorkOS.userManagement.{authenticateWithPassword,authenticateWithMagicAuth,createUser,
      updateUser,createMagicAuth,createPasswordReset,resetPassword,sendInvitation,sendVerificationEmail}`,
  ),
  // https://simplewebauthn.dev/docs/packages/server
  ...rows(
    "auth",
    "verifies a passkey",
    "@simplewebauthn/server#{verifyRegistrationResponse,verifyAuthenticationResponse}",
  ),
  // https://github.com/yeojz/otplib, https://github.com/speakeasyjs/speakeasy
  ...rows(
    "auth",
    "checks a one-time code",
    "otplib#{authenticator,totp,hotp}.{check,verify}",
    "speakeasy#{totp,hotp}.verify",
  ),
  // https://www.twilio.com/docs/verify/api/verification-check, https://developer.vonage.com/en/verify/overview
  ...rows("auth", "checks a code through Twilio", "twilio#{default,Twilio}.**.verificationChecks.create"),
  ...rows("auth", "checks a code through Vonage", "@vonage/server-sdk#Vonage.{verify,verify2}.{checkCode,check}"),
  // https://lucia-auth.com (v3 reference)
  ...rows("auth", "creates a session", "lucia#Lucia.createSession"),
  // https://payloadcms.com/docs/local-api/overview#auth-operations
  ...rows(
    "auth",
    "signs a user in through Payload",
    "payload#{default,getPayload}.{login,forgotPassword,resetPassword,unlock}",
  ),
  // https://github.com/kelektiv/node.bcrypt.js, https://github.com/dcodeIO/bcrypt.js,
  // https://github.com/ranisalt/node-argon2
  ...rows(
    "password",
    "hashes or checks a password",
    "{bcrypt,bcryptjs,bcrypt-ts,@node-rs/bcrypt}#{hash,hashSync,compare,compareSync,verify,verifySync}",
    "{argon2,@node-rs/argon2,argon2-browser}#{hash,hashSync,verify,verifySync}",
    "crypto#{scrypt,scryptSync,pbkdf2,pbkdf2Sync}",
    "scrypt-js#{scrypt,syncScrypt}",
    "@noble/hashes/*#{scrypt,scryptAsync,pbkdf2,pbkdf2Async,argon2id,argon2idAsync}",
    "{oslo/password,lucia}#{Argon2id,Bcrypt,Scrypt,LegacyScrypt}.{hash,verify}",
    "better-auth/crypto#{hashPassword,verifyPassword}",
    "global#Bun.password.{hash,hashSync,verify,verifySync}",
  ),
];
