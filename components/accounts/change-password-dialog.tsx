"use client";

import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useChangePassword } from "@/lib/client/mutations/people";

const FIELDS = ["/current", "/password"];

export function ChangePasswordDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Change your password" description="Every session of yours ends, this one too: you sign in with the new password.">
      <Form />
    </Dialog>
  );
}

function Form() {
  const change = useChangePassword();
  const problem = change.error === null ? null : asProblem(change.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    change.mutate({ current: String(form.get("current") ?? ""), password: String(form.get("password") ?? "") }, { onSuccess: () => window.location.assign("/sign-in") });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <Field label="Current password" error={problem?.at("/current")}>
        {(control) => <TextInput {...control} name="current" type="password" autoComplete="current-password" required autoFocus maxLength={500} />}
      </Field>
      <Field label="New password" help="At least 12 characters." error={problem?.at("/password")}>
        {(control) => <TextInput {...control} name="password" type="password" autoComplete="new-password" required minLength={12} maxLength={500} />}
      </Field>
      {problem !== null && !problem.isSaidAt(FIELDS) && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={change.isPending || change.isSuccess} className="justify-self-end">
        Change password
      </Button>
    </form>
  );
}
