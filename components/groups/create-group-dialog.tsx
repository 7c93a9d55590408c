"use client";

import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useCreateGroup } from "@/lib/client/mutations/groups";
import type { DeviceGroupDto } from "@/lib/contracts/groups";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (group: DeviceGroupDto) => void;
}

export function CreateGroupDialog({ open, onOpenChange, onCreated }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Create a group" description="Its devices are chosen afterwards.">
      <CreateForm onCreated={onCreated} />
    </Dialog>
  );
}

function CreateForm({ onCreated }: { onCreated: (group: DeviceGroupDto) => void }) {
  const create = useCreateGroup();
  const problem = create.error === null ? null : asProblem(create.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    create.mutate({ name: String(new FormData(event.currentTarget).get("name") ?? "") }, { onSuccess: onCreated });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <Field label="Name" error={problem?.at("/name")}>
        {(control) => <TextInput {...control} name="name" required maxLength={100} autoFocus placeholder="Sales iPads" autoComplete="off" />}
      </Field>
      {problem !== null && !problem.isSaidAt(["/name"]) && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={create.isPending} className="justify-self-end">
        Create group
      </Button>
    </form>
  );
}
