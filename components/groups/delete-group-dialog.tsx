"use client";

import { useRouter } from "next/navigation";
import { toast } from "@/components/ui/toast";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
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
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${group.name}?`}
      description="The devices stay and stay managed. Profiles and declarations they have only through this group are taken from them."
      error={remove.error}
      busy={remove.isPending}
      words="Delete group"
      onConfirm={() => remove.mutate(group.id, { onSuccess: done })}
    />
  );
}
