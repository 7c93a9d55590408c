import { Badge } from "@/components/ui/badge";
import { Copyable } from "@/components/ui/copyable";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PushAttemptDto } from "@/lib/contracts/device-push";
import { PUSH_OUTCOMES } from "@/lib/contracts/words";

/** The last pushes with what Apple said to each and what is done about it, newest first. */
export function PushHistory({ attempts, testTopic }: { attempts: readonly PushAttemptDto[]; testTopic: boolean }) {
  if (attempts.length === 0) return <p className="p-4 text-ink-soft">Nothing has been pushed to this enrollment yet. A push leaves by itself as soon as a command waits.</p>;
  return (
    <ol className="divide-y divide-line">
      {attempts.map((attempt) => (
        <Attempt key={attempt.apnsId ?? attempt.at} attempt={attempt} testTopic={testTopic} />
      ))}
    </ol>
  );
}

function Attempt({ attempt, testTopic }: { attempt: PushAttemptDto; testTopic: boolean }) {
  const { label, tone } = PUSH_OUTCOMES[attempt.outcome];
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[7rem_1fr_auto]">
      <RelativeTime at={attempt.at} className="text-ink-soft" />
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-2">
          <Badge tone={tone}>{testTopic ? "Simulated" : label}</Badge>
          <span className="font-mono text-[13px]">{answerOf(attempt)}</span>
        </div>
        {attempt.outcome !== "accepted" && (
          <p className="mt-1 text-ink-soft">
            {attempt.sentence} {attempt.action}
          </p>
        )}
      </div>
      {attempt.apnsId !== null && (
        <span className="flex min-w-0 items-center gap-1 text-xs text-ink-faint sm:max-w-64">
          <span className="whitespace-nowrap">apns-id</span> <Copyable text={attempt.apnsId} what="apns-id" />
        </span>
      )}
    </li>
  );
}

function answerOf({ status, reason }: PushAttemptDto): string {
  if (status === null) return reason ?? "no answer";
  return reason === null ? String(status) : `${status} ${reason}`;
}
