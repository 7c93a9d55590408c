"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { useRevokeLink } from "@/lib/client/mutations/enrollment-links";
import { usePermission } from "@/lib/client/use-permission";

/** The end of a link, asked for twice. */
export function RevokeLink({ id }: { id: string }) {
  const [asking, setAsking] = useState(false);
  const revoke = useRevokeLink();
  const allowed = usePermission("link:write");
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-xs text-ink-soft">{asking ? "Nobody can enroll through it afterwards. Enrolled devices stay enrolled." : "No longer needed?"}</p>
        {asking ? (
          <span className="flex gap-2">
            <Button size="small" onClick={() => setAsking(false)}>
              Keep
            </Button>
            <Button size="small" look="danger" busy={revoke.isPending} onClick={() => revoke.mutate(id, { onSuccess: () => setAsking(false) })}>
              Revoke link
            </Button>
          </span>
        ) : (
          <Button size="small" disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => setAsking(true)}>
            Revoke…
          </Button>
        )}
      </div>
      {revoke.error !== null && <ProblemNote error={revoke.error} />}
    </div>
  );
}
