"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useSetup } from "@/lib/client/mutations/accounts";
import { makeQueryClient } from "@/lib/client/query-client";
import { GateForm } from "./gate-form";
import { trySignIn } from "./sign-in-form";

const FIELDS = ["/name", "/email", "/password"];

/** Makes the first owner and signs them in. */
export function SetupForm({ token }: { token: string }) {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <OwnerForm token={token} />
    </QueryClientProvider>
  );
}

function OwnerForm({ token }: { token: string }) {
  const setup = useSetup();
  const problem = setup.error === null ? null : asProblem(setup.error);

  const submit = (form: FormData): void => {
    const text = (name: string): string => String(form.get(name) ?? "");
    const owner = { token, name: text("name"), email: text("email"), password: text("password") };
    setup.mutate(owner, {
      onSuccess: () => void trySignIn(owner.email, owner.password).then((failed) => window.location.assign(failed === null ? "/" : "/sign-in")),
    });
  };

  return (
    <GateForm action="Create owner and sign in" busy={setup.isPending || setup.isSuccess} onSubmit={submit}>
      <Field label="Your name" error={problem?.at("/name")}>
        {(control) => <TextInput {...control} name="name" autoComplete="name" required maxLength={100} autoFocus />}
      </Field>
      <Field label="E-mail" error={problem?.at("/email")}>
        {(control) => <TextInput {...control} name="email" type="email" autoComplete="username" required maxLength={200} />}
      </Field>
      <Field label="Password" help="At least 12 characters. A short sentence is easier to keep than a riddle." error={problem?.at("/password")}>
        {(control) => <TextInput {...control} name="password" type="password" autoComplete="new-password" required minLength={12} maxLength={500} />}
      </Field>
      {problem !== null && !problem.isSaidAt(FIELDS) && <ProblemNote error={problem} />}
    </GateForm>
  );
}
