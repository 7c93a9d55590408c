"use client";

import { toast } from "@/components/ui/toast";
import { AssignedGroups } from "@/components/groups/assigned-groups";
import { useAssignDeclaration } from "@/lib/client/mutations/declarations";
import { usePermission } from "@/lib/client/use-permission";
import type { AssignDeclarationBody, DeclarationDto } from "@/lib/contracts/declarations";

type Channel = NonNullable<AssignDeclarationBody["channel"]>;
const CHANNELS: Record<Channel, { title: string; help: string }> = {
  device: { title: "Devices of these groups", help: "On the channel of the device itself." },
  user: { title: "Users of these groups’ devices", help: "On the channel of each managed user: Macs and Shared iPads." },
};

/** Which groups get a declaration on one channel. */
export function AssignmentCard({ declaration, channel }: { declaration: DeclarationDto; channel: Channel }) {
  const assign = useAssignDeclaration(declaration.id);
  const allowed = usePermission("declaration:write");
  const save = (groupIds: string[], done: () => void): void =>
    assign.mutate(
      { groupIds, channel },
      {
        onSuccess: () => {
          done();
          toast("Assignment saved", { description: "The devices concerned are asked to read their declarations again." });
        },
      },
    );
  const saved = channel === "device" ? declaration.groupIds : declaration.userGroupIds;
  return <AssignedGroups {...CHANNELS[channel]} saved={saved} allowed={allowed} busy={assign.isPending} error={assign.error} onSave={save} />;
}
