"use client";

import { Radio } from "lucide-react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { asProblem } from "@/lib/client/api-problem";
import { usePushDevice } from "@/lib/client/mutations/devices";
import { usePermission } from "@/lib/client/use-permission";

/** Requests a push and says so; whether the device answers shows in its reachability. */
export function useRequestPush(deviceId: string): { request: () => void; busy: boolean } {
  const push = usePushDevice(deviceId);
  const request = (): void =>
    push.mutate(undefined, {
      onSuccess: () => toast("Push requested", { description: "One push leaves at a time; the device answers when it can." }),
      onError: (error) => {
        const problem = asProblem(error);
        toast.error(problem.title, { description: `${problem.message} (${problem.code})` });
      },
    });
  return { request, busy: push.isPending };
}

export function PushNow({ deviceId, disabled }: { deviceId: string; disabled: boolean }) {
  const { request, busy } = useRequestPush(deviceId);
  const allowed = usePermission("device:command");
  return (
    <Button size="small" busy={busy} disabled={disabled || !allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={request}>
      {!busy && <Radio aria-hidden />}
      Push now
    </Button>
  );
}
