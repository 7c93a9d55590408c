"use client";

import { toast } from "@/components/ui/toast";
import { asProblem } from "@/lib/client/api-problem";
import { usePushDevice } from "@/lib/client/mutations/devices";

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
