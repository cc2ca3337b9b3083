import { redirect } from "next/navigation";
import { changePassword } from "@/app/actions";
import { ActionForm } from "@/components/action-form";
import { OpsPanel } from "@/components/ops-panel";
import { readSession } from "@/lib/session";

export default async function AccountPage() {
  const session = await readSession();
  if (!session) redirect("/");
  return (
    <main>
      <h1>Your account</h1>
      <ActionForm action={changePassword} fields={["password"]} label="Change password" />
      {session.role === "admin" && <OpsPanel />}
    </main>
  );
}
