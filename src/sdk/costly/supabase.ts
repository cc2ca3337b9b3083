/** Supabase's client, whose parts stand in several tables. */
export const SUPABASE =
  "{@supabase/supabase-js,@supabase/ssr,@supabase/auth-helpers-nextjs,@supabase/auth-helpers-remix," +
  "@supabase/auth-helpers-sveltekit}#*";
export const SUPABASE_AUTH =
  "{signUp,signInWithPassword,signInWithOtp,signInWithOAuth,signInWithIdToken,signInWithSSO,signInAnonymously," +
  "resetPasswordForEmail,updateUser,verifyOtp,resend,reauthenticate}";
