"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Radio } from "lucide-react";
import { useEffect, useState } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Steps } from "@/components/ui/steps";
import { asProblem } from "@/lib/client/api-problem";
import { usePushDevice } from "@/lib/client/mutations/devices";
import { deviceQueries } from "@/lib/client/queries/devices";
import { usePermission } from "@/lib/client/use-permission";
import type { DevicePushDto } from "@/lib/contracts/device-push";
import { advanceTest, beginTest, isUnderWay, stepsOfTest, type TestProgress } from "./test-push-progress";

const LOOK_EVERY_MS = 1_500;

/** Sends a push and watches what becomes of it, until the device connects or a minute has passed. */
export function TestPush({ deviceId, push }: { deviceId: string; push: DevicePushDto }) {
  const { test, start, busy } = useTestPush(deviceId, push);
  const allowed = usePermission("device:command");
  return (
    <Card
      title="Test push"
      aside={
        <Button size="small" busy={busy} disabled={!push.pushable || !allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={start}>
          {!busy && <Radio aria-hidden />}
          {test === null ? "Send a test push" : "Send another"}
        </Button>
      }
    >
      <div role="status">
        {test !== null ? (
          <Steps steps={stepsOfTest(test, push)} />
        ) : (
          <p className="text-ink-soft">
            {push.pushable ? "Sends one push and waits up to a minute for the device to connect." : "No push can leave for this device; what is said above comes first."}
          </p>
        )}
      </div>
    </Card>
  );
}

function useTestPush(deviceId: string, push: DevicePushDto) {
  const client = useQueryClient();
  const mutation = usePushDevice(deviceId);
  const [test, setTest] = useState<TestProgress | null>(null);
  const underWay = test !== null && isUnderWay(test);

  useEffect(() => {
    if (!underWay) return;
    let watching = true;
    const look = async (): Promise<void> => {
      // A failed look is made up for by the next one.
      const now = await client.fetchQuery({ ...deviceQueries.push(deviceId), staleTime: 0 }).catch(() => null);
      if (watching && now !== null) setTest((before) => before && advanceTest(before, now, Date.now()));
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      watching = false;
      clearInterval(timer);
    };
  }, [underWay, client, deviceId]);

  const start = (): void => {
    const begun = beginTest(push, Date.now());
    mutation.mutate(undefined, {
      onSuccess: () => setTest(begun),
      onError: (error) => {
        const problem = asProblem(error);
        toast.error(problem.title, { description: `${problem.message} (${problem.code})` });
      },
    });
  };
  return { test, start, busy: mutation.isPending || underWay };
}
