"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemNote } from "@/components/ui/problem-note";
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
      <Dialog open={open} onOpenChange={setOpen} title={`Revoke ${token.name}?`} description="Every script that uses it is refused from now on. This cannot be undone.">
        <div className="grid gap-4">
          {revoke.error !== null && <ProblemNote error={revoke.error} />}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Keep</Button>
            <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate(token.id, { onSuccess: () => setOpen(false) })}>
              Revoke token
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
