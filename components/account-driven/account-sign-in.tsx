import { KeyRound } from "lucide-react";
import { EnrollFrame } from "@/components/enrollment/enroll-frame";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/inputs";
import { Note } from "@/components/ui/note";

interface Props {
  id: string;
  organization: string;
  domain: string;
  /** Can they sign in at the organization's OpenID provider? */
  oidc: boolean;
  /** Who they said in Settings that they are. */
  person: string;
  /** Handed back to the device at the end. */
  state: string | null;
  error: string | null;
}

const ERRORS: Record<string, string> = {
  "sign-in-refused": "This did not work: the e-mail or the password is wrong, or the account is not one of your organization.",
  "too-many-attempts": "Too many attempts. Wait a few minutes before you try again.",
};

/** What a person sees in Settings while enrolling with a work account. It needs no script. */
export function AccountSignIn({ id, organization, domain, oidc, person, state, error }: Props) {
  return (
    <EnrollFrame organization={organization} title="Sign in to enroll this device">
      <div className="grid gap-6">
        <p className="text-ink-soft">Use your account of {domain}. Afterwards the device goes on by itself.</p>
        {error !== null && (
          <div role="alert">
            <Note tone="bad">{ERRORS[error] ?? "Signing in did not work on the server's side. Try again in a moment."}</Note>
          </div>
        )}
        {oidc && <ProviderButton id={id} organization={organization} person={person} state={state} />}
        <form method="post" action={`/account/${id}/session`} className="grid gap-4 rounded-2xl border border-line bg-surface p-5 sm:p-6">
          {state !== null && <input type="hidden" name="state" value={state} />}
          <label className="grid gap-1.5 text-sm font-medium">
            E-mail
            <TextInput name="email" type="email" autoComplete="username" required defaultValue={person} />
          </label>
          <label className="grid gap-1.5 text-sm font-medium">
            Password
            <TextInput name="password" type="password" autoComplete="current-password" required />
          </label>
          <Button type="submit" look={oidc ? "secondary" : "primary"} className="mt-1 !h-11 !text-base">
            Sign in
          </Button>
        </form>
      </div>
    </EnrollFrame>
  );
}

function ProviderButton({ id, organization, person, state }: Pick<Props, "id" | "organization" | "person" | "state">) {
  const query = new URLSearchParams({ "user-identifier": person, ...(state === null ? {} : { state }) });
  return (
    <div className="grid gap-4">
      <Button asChild look="primary" className="!h-11 !text-base">
        <a href={`/account/${id}/oidc?${query.toString()}`}>
          <KeyRound aria-hidden />
          Sign in with {organization}
        </a>
      </Button>
      <p className="text-center text-ink-faint">or with an account of this server</p>
    </div>
  );
}
