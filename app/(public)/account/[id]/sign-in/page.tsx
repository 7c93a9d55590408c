import type { Metadata } from "next";
import { AccountSignIn } from "@/components/account-driven/account-sign-in";
import { EnrollFrame } from "@/components/enrollment/enroll-frame";
import { accountSignInPage } from "@/lib/http/account-sign-in-route";

export const metadata: Metadata = { title: { absolute: "Sign in to enroll" }, referrer: "no-referrer" };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AccountSignInPage({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const page = await accountSignInPage(id, query);
  if (page === null) {
    return (
      <EnrollFrame organization={null} title="This sign-in does not exist">
        <p className="text-ink-soft">Nothing was changed on your device. Start again in Settings, or ask your administrator.</p>
      </EnrollFrame>
    );
  }
  const text = (name: string) => (typeof query[name] === "string" ? query[name] : null);
  return <AccountSignIn {...page} id={id} person={text("user-identifier") ?? text("login_hint") ?? ""} state={text("state")} error={text("error")} />;
}
