"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { useAssignDeclaration } from "@/lib/client/mutations/declarations";
import { groupQueries } from "@/lib/client/queries/groups";
import { counted } from "@/lib/client/text";
import { usePermission } from "@/lib/client/use-permission";
import type { AssignDeclarationBody, DeclarationDto } from "@/lib/contracts/declarations";

type Channel = NonNullable<AssignDeclarationBody["channel"]>;
const CHANNELS: Record<Channel, { title: string; help: string }> = {
  device: { title: "Devices of these groups", help: "On the channel of the device itself." },
  user: { title: "Users of these groups’ devices", help: "On the channel of each managed user: Macs and Shared iPads." },
};

/** Which groups get a declaration on one channel. */
export function AssignmentCard({ declaration, channel }: { declaration: DeclarationDto; channel: Channel }) {
  const saved = channel === "device" ? declaration.groupIds : declaration.userGroupIds;
  const { data, error } = useQuery(groupQueries.choices());
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const assign = useAssignDeclaration(declaration.id);
  const allowed = usePermission("declaration:write");
  const ticked = chosen ?? new Set(saved);
  const changed = chosen !== null && (chosen.size !== saved.length || saved.some((id) => !chosen.has(id)));
  const toggle = (id: string): void => setChosen(ticked.has(id) ? new Set([...ticked].filter((each) => each !== id)) : new Set([...ticked, id]));
  const save = (): void =>
    assign.mutate(
      { groupIds: [...ticked], channel },
      {
        onSuccess: () => {
          setChosen(null);
          toast("Assignment saved", { description: "The devices concerned are asked to read their declarations again." });
        },
      },
    );
  const { title, help } = CHANNELS[channel];
  return (
    <Card title={title} aside={<span>{help}</span>}>
      {error !== null && data === undefined && <ProblemNote error={error} />}
      {data === undefined && error === null && <Skeleton className="h-16" />}
      {data?.items.length === 0 && (
        <p className="text-ink-soft">
          There are no groups yet.{" "}
          <Link href="/groups" className="rounded text-accent underline underline-offset-2">
            Create one
          </Link>
        </p>
      )}
      {data !== undefined && data.items.length > 0 && (
        <div className="grid gap-3">
          <div role="group" aria-label={title} className="grid max-h-56 overflow-y-auto sm:grid-cols-2">
            {data.items.map((group) => (
              <label key={group.id} className="flex items-center gap-2 rounded-md px-2 py-1 hover:bg-hover">
                <input type="checkbox" className="size-4 shrink-0 accent-(--accent)" disabled={!allowed} checked={ticked.has(group.id)} onChange={() => toggle(group.id)} />
                <span className="truncate">{group.name}</span>
                <span className="ml-auto text-xs whitespace-nowrap text-ink-faint">{counted(group.members, "device")}</span>
              </label>
            ))}
          </div>
          {assign.error !== null && <ProblemNote error={assign.error} />}
          {changed && (
            <div className="flex justify-end gap-2">
              <Button onClick={() => setChosen(null)}>Undo</Button>
              <Button look="primary" busy={assign.isPending} onClick={save}>
                Save assignment
              </Button>
            </div>
          )}
        </div>
      )}
    </Card>
  );
}
