"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "@/components/ui/card";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { deviceQueries } from "@/lib/client/queries/devices";
import type { DevicePushDto } from "@/lib/contracts/device-push";
import { PUSH_CAUSES } from "@/lib/contracts/words";
import { PushFacts } from "./push-facts";
import { PushHistory } from "./push-history";
import { TestPush } from "./test-push";

/** Why a device does or does not answer pushes, what was tried, and a test that waits for the device. */
export function PushPanel({ deviceId }: { deviceId: string }) {
  const { data: push, error, refetch } = useQuery(deviceQueries.push(deviceId));
  if (push === undefined) return error === null ? <PushSkeleton /> : <ProblemNote error={error} onRetry={() => void refetch()} />;
  return (
    <div className="grid gap-4">
      <Finding push={push} />
      <TestPush deviceId={deviceId} push={push} />
      <Card title="What a push needs" flush>
        <PushFacts push={push} />
      </Card>
      <Card title="Last pushes" flush>
        <PushHistory attempts={push.attempts} testTopic={push.testTopic} />
      </Card>
    </div>
  );
}

function Finding({ push: { finding } }: { push: DevicePushDto }) {
  const { label, tone } = PUSH_CAUSES[finding.cause];
  return (
    <Note tone={tone} title={label}>
      <p>{finding.sentence}</p>
      {finding.advice.length > 0 && (
        <ul className="mt-2 grid list-disc gap-1 pl-4">
          {finding.advice.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Note>
  );
}

function PushSkeleton() {
  return (
    <div role="status" aria-label="Loading what is known of pushes" className="grid gap-4">
      <Skeleton className="h-20 rounded-lg" />
      <Skeleton className="h-24 rounded-xl" />
      <Skeleton className="h-72 rounded-xl" />
    </div>
  );
}
