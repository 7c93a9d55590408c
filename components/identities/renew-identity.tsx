"use client";

import { RefreshCw } from "lucide-react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { asProblem } from "@/lib/client/api-problem";
import { useRenewIdentity } from "@/lib/client/mutations/identities";
import { usePermission } from "@/lib/client/use-permission";
import { RENEWAL_STAGES } from "@/lib/contracts/words";

/** Asks for the renewal and says what comes of it. */
export function useRequestRenewal(deviceId: string): { request: () => void; busy: boolean } {
  const renew = useRenewIdentity(deviceId);
  const request = (): void =>
    renew.mutate(undefined, {
      onSuccess: ({ stage }) => toast("Identity renewal under way", { description: RENEWAL_STAGES[stage].meaning }),
      onError: (error) => {
        const problem = asProblem(error);
        toast.error(problem.title, { description: `${problem.message} (${problem.code})` });
      },
    });
  return { request, busy: renew.isPending };
}

/** The action of one device: its enrollment profile is sent again with a new identity; nothing else changes on it. */
export function RenewIdentity({ deviceId, name, disabled = false }: { deviceId: string; /** Whose identity, for those who hear the page. */ name: string; disabled?: boolean }) {
  const { request, busy } = useRequestRenewal(deviceId);
  const allowed = usePermission("device:command");
  return (
    <Button size="small" busy={busy} disabled={disabled || !allowed} title={allowed ? undefined : "Needs the role Operator"} aria-label={`Renew identity of ${name}`} onClick={request}>
      {!busy && <RefreshCw aria-hidden />}
      Renew
    </Button>
  );
}
