"use client";

import { useRouter } from "next/navigation";
import { toast } from "@/components/ui/toast";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useDeleteProfile } from "@/lib/client/mutations/profiles";
import { counted } from "@/lib/client/text";
import type { ProfileDto } from "@/lib/contracts/profiles";

interface Props {
  profile: ProfileDto;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Deleting also takes it from its devices, and says so. */
export function DeleteProfileDialog({ profile, open, onOpenChange }: Props) {
  const router = useRouter();
  const remove = useDeleteProfile();
  const devices = Object.values(profile.states).reduce((sum, count) => sum + count, 0);
  const done = (): void => {
    toast("Profile deleted");
    router.replace("/profiles");
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${profile.name}?`}
      description={
        devices === 0
          ? "No device has it. All of its versions are gone for good."
          : `It is removed from ${counted(devices, "device")} as each of them connects, with everything it set there. All of its versions are gone for good.`
      }
      error={remove.error}
      busy={remove.isPending}
      words={devices === 0 ? "Delete profile" : `Delete and remove from ${counted(devices, "device")}`}
      onConfirm={() => remove.mutate(profile.id, { onSuccess: done })}
    />
  );
}
