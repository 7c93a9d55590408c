"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useChangePerson } from "@/lib/client/mutations/people";
import type { PersonDto } from "@/lib/contracts/people";
import { RoleField } from "@/components/accounts/role-field";

const FIELDS = ["/name", "/role"];

export function EditPersonForm({ person, onDone }: { person: PersonDto; onDone: () => void }) {
  const [role, setRole] = useState(person.role);
  const change = useChangePerson(person.id);
  const problem = change.error === null ? null : asProblem(change.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    change.mutate({ name: String(new FormData(event.currentTarget).get("name") ?? ""), role }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <Field label="Name" error={problem?.at("/name")}>
        {(control) => <TextInput {...control} name="name" defaultValue={person.name} required maxLength={100} autoFocus autoComplete="off" />}
      </Field>
      <RoleField role={role} onChange={setRole} error={problem?.at("/role")} />
      {problem !== null && !problem.isSaidAt(FIELDS) && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={change.isPending} className="justify-self-end">
        Save
      </Button>
    </form>
  );
}
