"use client";

import type { FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useSaveView } from "@/lib/client/mutations/saved-views";
import type { DeviceOrder } from "@/lib/contracts/device-conditions";
import type { DeviceFilter } from "@/lib/contracts/device-filter";

interface Props {
  filter: DeviceFilter;
  sort: DeviceOrder | null;
  onClose: () => void;
}

export function SaveViewDialog({ filter, sort, onClose }: Props) {
  const save = useSaveView();
  const problem = save.error === null ? null : asProblem(save.error);
  const taken = problem?.code === "conflict" ? problem.message : null;
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "");
    const onSuccess = (): void => {
      toast(`Saved ${name}`);
      onClose();
    };
    save.mutate({ name, filter, sort }, { onSuccess });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Save this view" description="Everybody who uses this console sees it, with how many devices it holds.">
      <form onSubmit={onSubmit} className="grid gap-5">
        <Field label="Name" error={problem?.at("/name") ?? taken}>
          {(control) => <TextInput {...control} name="name" required maxLength={60} autoFocus autoComplete="off" placeholder="Old iPads" />}
        </Field>
        {problem !== null && taken === null && !problem.isSaidAt(["/name"]) && <ProblemNote error={problem} />}
        <Button type="submit" look="primary" busy={save.isPending} className="justify-self-end">
          Save view
        </Button>
      </form>
    </Dialog>
  );
}
