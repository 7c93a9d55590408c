"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { TargetReview } from "@/components/devices/target-review";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { useChangeMembers } from "@/lib/client/mutations/groups";
import { groupQueries } from "@/lib/client/queries/groups";
import type { BatchTarget } from "@/lib/contracts/batches";
import type { DeviceGroupDto } from "@/lib/contracts/groups";

export interface AddToGroupProps {
  target: BatchTarget;
  /** "3 devices". */
  words: string;
  onClose: () => void;
}

/** Puts chosen devices, or all that match, into one of the groups. */
export function AddToGroupDialog({ target, words, onClose }: AddToGroupProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Add ${words} to a group`}>
      <Choice target={target} onDone={onClose} />
    </Dialog>
  );
}

function Choice({ target, onDone }: { target: BatchTarget; onDone: () => void }) {
  const { data, error } = useQuery(groupQueries.choices());
  if (data === undefined) return error === null ? <Skeleton className="h-16" /> : <ProblemNote error={error} />;
  if (data.items.length > 0) return <ChoiceForm groups={data.items} target={target} onDone={onDone} />;
  return (
    <p className="text-ink-soft">
      There are no groups yet.{" "}
      <Link href="/groups" className="rounded text-accent underline underline-offset-2">
        Create one
      </Link>
    </p>
  );
}

function ChoiceForm({ groups, target, onDone }: { groups: readonly DeviceGroupDto[]; target: BatchTarget; onDone: () => void }) {
  const [groupId, setGroupId] = useState(groups[0]?.id ?? "");
  const change = useChangeMembers(groupId);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate(
      "filter" in target ? { addMatching: target.filter } : { add: "deviceIds" in target ? target.deviceIds : [] },
      {
        onSuccess: () => {
          toast(`Added to ${groups.find((group) => group.id === groupId)?.name ?? "the group"}`);
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <Field label="Group">
        {(control) => (
          <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={groupId} options={groups.map(({ id, name }) => ({ value: id, label: name }))} onChange={setGroupId} />
        )}
      </Field>
      <TargetReview body={{ target, action: { kind: "group", groupId } }} what="join the group" />
      {change.error !== null && <ProblemNote error={change.error} />}
      <Button type="submit" look="primary" busy={change.isPending} className="justify-self-end">
        Add to group
      </Button>
    </form>
  );
}
