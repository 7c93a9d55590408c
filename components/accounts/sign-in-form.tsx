"use client";

import { KeyRound } from "lucide-react";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { Note } from "@/components/ui/note";
import { GateForm } from "./gate-form";

interface Props {
  /** A path of this site. */
  returnTo: string;
  /** Did a session end that somebody was at work in? */
  ended: boolean;
  /** Can people sign in at an OpenID provider? */
  oidc: boolean;
  /** What next-auth says of the sign-in before this one; null when there was none. */
  error: string | null;
}

/** Errors of a sign-in at the provider, by the names that stand in the address. */
const PROVIDER_ERRORS: Record<string, string> = {
  "account-unknown": "There is no account here for this person. An owner has to make one with the same e-mail address.",
};

export function SignInForm({ returnTo, ended, oidc, error }: Props) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(error === null ? null : (PROVIDER_ERRORS[error] ?? "Signing in did not work. Try again in a moment."));

  async function submit(form: FormData): Promise<void> {
    setBusy(true);
    setFailure(null);
    const failed = await trySignIn(String(form.get("email") ?? ""), String(form.get("password") ?? ""));
    if (failed === null) {
      window.location.assign(returnTo);
      return;
    }
    setFailure(failed);
    setBusy(false);
  }

  const provider = oidc && (
    <Button onClick={() => void signIn("oidc", { callbackUrl: returnTo })}>
      <KeyRound aria-hidden />
      Sign in with your organization
    </Button>
  );
  return (
    <GateForm action="Sign in" busy={busy} onSubmit={(form) => void submit(form)} otherwise={provider}>
      {ended && failure === null && (
        <div role="status">
          <Note tone="info" title="Your session has ended">
            Sign in to go on where you were.
          </Note>
        </div>
      )}
      <Field label="E-mail">{(control) => <TextInput {...control} name="email" type="email" autoComplete="username" required autoFocus />}</Field>
      <Field label="Password">{(control) => <TextInput {...control} name="password" type="password" autoComplete="current-password" required />}</Field>
      {failure !== null && (
        <div role="alert">
          <Note tone="bad">{failure}</Note>
        </div>
      )}
    </GateForm>
  );
}

/** Null when signed in, else what to tell the person. */
export async function trySignIn(email: string, password: string): Promise<string | null> {
  try {
    const answer = await signIn("credentials", { redirect: false, email, password });
    if (answer?.ok === true && answer.error === null) return null;
    if (answer?.error === "too-many-attempts") return "Too many attempts. Wait a few minutes before you try again.";
    if (answer?.error === "CredentialsSignin") return "E-mail or password is wrong.";
    return "Signing in did not work on the server's side. Try again in a moment.";
  } catch {
    return "The server cannot be reached.";
  }
}
