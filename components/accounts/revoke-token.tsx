"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useRevokeApiToken } from "@/lib/client/mutations/accounts";
import { usePermission } from "@/lib/client/use-permission";
import type { ApiTokenDto } from "@/lib/contracts/accounts";

export function RevokeToken({ token }: { token: ApiTokenDto }) {
  const [open, setOpen] = useState(false);
  const revoke = useRevokeApiToken();
  const allowed = usePermission("token:manage");
  return (
    <>
      <Button size="small" disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} onClick={() => setOpen(true)}>
        Revoke…
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Revoke ${token.name}?`}
        description="Every script that uses it is refused from now on. This cannot be undone."
        error={revoke.error}
        busy={revoke.isPending}
        words="Revoke token"
        onConfirm={() => revoke.mutate(token.id, { onSuccess: () => setOpen(false) })}
      />
    </>
  );
}
