import { errorLine } from "@/components/commands/error-chain";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { counted } from "@/lib/client/text";
import type { ProfileDto, ProfileStanding } from "@/lib/contracts/profiles";
import { PROFILE_STATES, wordsOf, type ProfileState } from "@/lib/contracts/words";

export function ProfileBadge({ state }: { state: ProfileState }) {
  const { label, tone, meaning } = PROFILE_STATES[state];
  return (
    <Badge tone={tone} title={meaning} pulsing={state === "installing" || state === "removing"}>
      {label}
    </Badge>
  );
}

/** Why it stands where it stands: the device's own words first. */
export function StandingReason({ standing }: { standing: ProfileStanding }) {
  const { state, missing, retryAt, driftedAt, driftUuid, seenAt } = standing;
  const words = errorLine(standing.errorChain) ?? standing.reason;
  const drifted = driftedAt !== null && (state === "drifted" || seenAt === null || seenAt < driftedAt);
  return (
    <>
      {state === "waiting-for-a-value" && <span className="block">No value for {missing.map((name) => `$MUSTER_${name}`).join(", ")}</span>}
      {words !== null && (state === "failed" || state === "removing") && <span className="block">{words}</span>}
      {drifted && (
        <span className="block">
          {driftUuid === null ? "Missing in the device’s list" : "Another one in the device’s list"} <RelativeTime at={driftedAt} className="relative z-[1]" />
        </span>
      )}
      {retryAt !== null && (
        <span className="block text-ink-faint">
          next try <RelativeTime at={retryAt} className="relative z-[1]" />
        </span>
      )}
    </>
  );
}

/** How many devices stand where, in the order of the states. */
export function StateCounts({ states }: { states: ProfileDto["states"] }) {
  const counts = wordsOf(PROFILE_STATES).flatMap((state) => {
    const count = states[state] ?? 0;
    return count === 0 ? [] : [{ state, count }];
  });
  if (counts.length === 0) return <span className="text-ink-faint">no device</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {counts.map(({ state, count }) => (
        <Badge key={state} tone={PROFILE_STATES[state].tone} title={`${counted(count, "device")}: ${PROFILE_STATES[state].meaning}`}>
          {count.toLocaleString()} {PROFILE_STATES[state].label.toLowerCase()}
        </Badge>
      ))}
    </span>
  );
}

/** "Wi-Fi, Certificate Root": what a profile is about, each type once. */
export function payloadWords(payloads: readonly { title: string }[]): string {
  return [...new Set(payloads.map(({ title }) => title))].join(", ");
}
