"use client";

import { useActionState } from "react";
import type { FormState } from "@/lib/types";

interface Props {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  fields: ("email" | "password")[];
  label: string;
}

// ok: a client component that reaches Redis through a server action
export function ActionForm({ action, fields, label }: Props) {
  const [state, submit, pending] = useActionState(action, { message: "" });
  return (
    <form action={submit}>
      {fields.map((field) => (
        <input key={field} name={field} type={field} placeholder={field} required />
      ))}
      <button disabled={pending}>{label}</button>
      <p role="status">{state.message}</p>
    </form>
  );
}
