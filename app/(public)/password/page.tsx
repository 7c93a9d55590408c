import type { Metadata } from "next";
import { ChoosePasswordForm } from "@/components/accounts/choose-password-form";
import { Gate } from "@/components/accounts/gate";
import { Note } from "@/components/ui/note";
import { personOfLink } from "@/lib/http/password-page";

export const metadata: Metadata = { title: "Choose a password" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PasswordPage({ searchParams }: Props) {
  const { token } = await searchParams;
  const person = typeof token === "string" ? await personOfLink(token) : null;
  if (person === null || typeof token !== "string") return <Refused />;
  return (
    <Gate title={`Welcome, ${person.name}`} intro="Choose the password you sign in with.">
      <ChoosePasswordForm token={token} email={person.email} />
    </Gate>
  );
}

function Refused() {
  return (
    <Gate title="This link does not work" intro="It was used, has expired, or was not copied whole.">
      <Note tone="info">Ask an owner of this server for a new one.</Note>
    </Gate>
  );
}
