"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useCreatePerson } from "@/lib/client/mutations/people";
import type { PasswordLinkDto } from "@/lib/contracts/people";
import type { Role } from "@/lib/contracts/words";
import { PasswordLinkShown } from "./password-link-shown";
import { RoleField } from "@/components/accounts/role-field";

const FIELDS = ["/name", "/email", "/role"];

export function AddPersonDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Add a person">
      <AddFlow onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function AddFlow({ onDone }: { onDone: () => void }) {
  const [link, setLink] = useState<PasswordLinkDto | null>(null);
  return link === null ? <AddForm onAdded={setLink} /> : <PasswordLinkShown link={link} onDone={onDone} />;
}

function AddForm({ onAdded }: { onAdded: (link: PasswordLinkDto) => void }) {
  const [role, setRole] = useState<Role>("operator");
  const create = useCreatePerson();
  const problem = create.error === null ? null : asProblem(create.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate({ name: String(form.get("name") ?? ""), email: String(form.get("email") ?? ""), role }, { onSuccess: onAdded });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <Field label="Name" error={problem?.at("/name")}>
        {(control) => <TextInput {...control} name="name" required maxLength={100} autoFocus autoComplete="off" />}
      </Field>
      <Field label="E-mail" help="To sign in with. No mail is sent: you get a link to hand over." error={problem?.at("/email")}>
        {(control) => <TextInput {...control} name="email" type="email" required maxLength={200} autoComplete="off" />}
      </Field>
      <RoleField role={role} onChange={setRole} error={problem?.at("/role")} />
      {problem !== null && !problem.isSaidAt(FIELDS) && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={create.isPending} className="justify-self-end">
        Add person
      </Button>
    </form>
  );
}
