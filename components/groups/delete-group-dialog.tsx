"use client";

import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemNote } from "@/components/ui/problem-note";
import { useDeleteGroup } from "@/lib/client/mutations/groups";
import type { DeviceGroupDto } from "@/lib/contracts/groups";

interface Props {
  group: DeviceGroupDto;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function DeleteGroupDialog({ group, open, onOpenChange }: Props) {
  const router = useRouter();
  const remove = useDeleteGroup();
  const done = (): void => {
    toast(`Deleted ${group.name}`);
    router.replace("/groups");
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Delete ${group.name}?`} description="The devices stay and stay managed. Declarations they have only through this group are taken from them.">
      <div className="grid gap-4">
        {remove.error !== null && <ProblemNote error={remove.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Keep</Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(group.id, { onSuccess: done })}>
            Delete group
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
