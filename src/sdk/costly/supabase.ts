/** Supabase's client, whose parts stand in several tables. */
export const SUPABASE =
  "{@supabase/supabase-js,@supabase/ssr,@supabase/auth-helpers-nextjs,@supabase/auth-helpers-remix," +
  "@supabase/auth-helpers-sveltekit}#*";
/** `signInWithOAuth()` is not among them: it puts an address together, and asks nobody. */
export const SUPABASE_AUTH =
  "{signUp,signInWithPassword,signInWithOtp,signInWithIdToken,signInWithSSO,signInAnonymously,updateUser,verifyOtp}";
/** These write to somebody, and sign nobody in. */
export const SUPABASE_AUTH_MESSAGES = "{resetPasswordForEmail,resend,reauthenticate}";
