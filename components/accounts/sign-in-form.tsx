"use client";

import { signIn } from "next-auth/react";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { Note } from "@/components/ui/note";

/** `returnTo` is a path of this site. */
export function SignInForm({ returnTo }: { returnTo: string }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

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

  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void submit(new FormData(event.currentTarget));
  };

  return (
    <form onSubmit={onSubmit} className="grid gap-4">
      <Field label="E-mail">{(control) => <TextInput {...control} name="email" type="email" autoComplete="username" required autoFocus />}</Field>
      <Field label="Password">{(control) => <TextInput {...control} name="password" type="password" autoComplete="current-password" required />}</Field>
      {failure !== null && (
        <div role="alert">
          <Note tone="bad">{failure}</Note>
        </div>
      )}
      <Button type="submit" look="primary" busy={busy} className="mt-1">
        Sign in
      </Button>
    </form>
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
