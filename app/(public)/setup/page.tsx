import type { Metadata } from "next";
import Link from "next/link";
import { Gate } from "@/components/accounts/gate";
import { SetupForm } from "@/components/accounts/setup-form";
import { Note } from "@/components/ui/note";
import { isSetupOpen } from "@/lib/http/setup-page";

export const metadata: Metadata = { title: "Set up" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SetupPage({ searchParams }: Props) {
  const { token } = await searchParams;
  if (!(await isSetupOpen())) return <Done />;
  if (typeof token !== "string" || token === "") return <WithoutToken />;
  return (
    <Gate title="Welcome to Muster" intro="Create the first owner of this server.">
      <SetupForm token={token} />
    </Gate>
  );
}

function Done() {
  return (
    <Gate title="This server is set up" intro="The first owner exists already.">
      <Link href="/sign-in" className="roomy inline-block font-medium text-accent underline underline-offset-2">
        Go to the sign-in page
      </Link>
    </Gate>
  );
}

function WithoutToken() {
  return (
    <Gate title="A setup link is needed" intro="The first owner is made with a one-time link.">
      <Note tone="info">The link stands in the log of the server, written at its start while there is no owner.</Note>
    </Gate>
  );
}
