import { Badge } from "@/components/ui/badge";
import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import { LINK_STATE_WORDS } from "@/lib/contracts/words";

export function LinkBadge({ state }: { state: EnrollmentLinkDto["state"] }) {
  const { label, tone, meaning } = LINK_STATE_WORDS[state];
  return (
    <Badge tone={tone} title={meaning}>
      {label}
    </Badge>
  );
}

/** "3 of 10", or "3" of a link without a limit. */
export function usesWords(link: Pick<EnrollmentLinkDto, "uses" | "maxUses">): string {
  return link.maxUses === null ? link.uses.toLocaleString() : `${link.uses.toLocaleString()} of ${link.maxUses.toLocaleString()}`;
}
