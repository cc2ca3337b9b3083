/** Someone with an account. `email` and `phone` are personal data: they are stored encrypted, or not at all. */
export interface User {
  id: string;
  email: string;
  phone?: string;
  role: "member" | "admin";
  emailVerified: boolean;
  createdAt: number;
}

/** What a session cookie stands for: ids and flags, nothing personal. */
export interface Session {
  userId: string;
  role: User["role"];
  emailVerified: boolean;
  createdAt: number;
}

export interface Note {
  id: string;
  title: string;
  body: string;
  updatedAt: number;
}

/** What a server action hands back to the form that called it. */
export interface FormState {
  message: string;
}
