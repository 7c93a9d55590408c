import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import type { IdentityRenewalDto } from "@/lib/contracts/identities";
import { RENEWAL_STAGES } from "@/lib/contracts/words";

const RESTING = new Set(["not-due", "due", "done"]);

/** The stage of a renewal, and what holds it up. */
export function RenewalBadge({ renewal }: { renewal: IdentityRenewalDto }) {
  const { stage, stuck, dueAt } = renewal;
  const word = RENEWAL_STAGES[stage];
  if (stuck !== null) {
    return (
      <div className="grid gap-1">
        <span>
          <Badge tone="bad" title={RENEWAL_STAGES[stuck.stage].meaning}>
            Stuck: {RENEWAL_STAGES[stuck.stage].label.toLowerCase()}
          </Badge>
        </span>
        <span className="max-w-72 text-xs text-ink-soft">
          {stuck.reason} <RelativeTime at={stuck.at} />
        </span>
      </div>
    );
  }
  return (
    <div className="grid gap-1">
      <span>
        <Badge tone={word.tone} title={word.meaning} pulsing={!RESTING.has(stage)}>
          {word.label}
        </Badge>
      </span>
      {dueAt !== null && stage !== "due" && (
        <span className="text-xs whitespace-nowrap text-ink-faint">
          due <RelativeTime at={dueAt} />
        </span>
      )}
    </div>
  );
}
