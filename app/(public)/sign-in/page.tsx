import type { Metadata } from "next";
import { Gate } from "@/components/accounts/gate";
import { SignInForm } from "@/components/accounts/sign-in-form";
import { isOidcOffered } from "@/lib/http/sign-in-page";
import { localPath } from "@/lib/client/local-path";

export const metadata: Metadata = { title: "Sign in" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: Props) {
  const { callbackUrl, ended, error } = await searchParams;
  return (
    <Gate title="Sign in to Muster" intro="Apple device management on your own server.">
      <SignInForm returnTo={localPath(callbackUrl)} ended={ended !== undefined} oidc={isOidcOffered()} error={typeof error === "string" ? error : null} />
    </Gate>
  );
}
