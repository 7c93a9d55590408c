"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useChoosePassword } from "@/lib/client/mutations/people";
import { makeQueryClient } from "@/lib/client/query-client";
import { GateForm } from "./gate-form";
import { trySignIn } from "./sign-in-form";

/** Chooses the password of the person a link was made for, and signs in. */
export function ChoosePasswordForm({ token, email }: { token: string; email: string }) {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <Form token={token} email={email} />
    </QueryClientProvider>
  );
}

function Form({ token, email }: { token: string; email: string }) {
  const choose = useChoosePassword();
  const problem = choose.error === null ? null : asProblem(choose.error);
  const submit = (form: FormData): void => {
    const password = String(form.get("password") ?? "");
    choose.mutate(
      { token, password },
      { onSuccess: () => void trySignIn(email, password).then((failed) => window.location.assign(failed === null ? "/" : "/sign-in")) },
    );
  };
  return (
    <GateForm action="Choose password and sign in" busy={choose.isPending || choose.isSuccess} onSubmit={submit}>
      <Field label="E-mail">{(control) => <TextInput {...control} name="email" type="email" autoComplete="username" value={email} readOnly />}</Field>
      <Field label="New password" help="At least 12 characters. A short sentence is easier to keep than a riddle." error={problem?.at("/password")}>
        {(control) => <TextInput {...control} name="password" type="password" autoComplete="new-password" required minLength={12} maxLength={500} autoFocus />}
      </Field>
      {problem !== null && !problem.isSaidAt(["/password"]) && <ProblemNote error={problem} />}
    </GateForm>
  );
}
