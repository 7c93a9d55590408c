import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import { EnrollFrame } from "./enroll-frame";

const WORDS: Record<Exclude<EnrollmentLinkDto["state"], "usable"> | "unknown", { title: string; words: string }> = {
  expired: { title: "This link has expired", words: "It was made to work for a limited time." },
  "used-up": { title: "This link has been used up", words: "It was made for a limited number of devices, and all of them have enrolled." },
  revoked: { title: "This link was withdrawn", words: "The person who made it has ended it." },
  unknown: { title: "This link does not exist", words: "Perhaps it was not copied as a whole: compare it with the message it came in." },
};

/** A link that leads nowhere any more. */
export function EnrollRefused({ reason, organization }: { reason: keyof typeof WORDS; organization: string | null }) {
  const { title, words } = WORDS[reason];
  return (
    <EnrollFrame organization={organization} title={title}>
      <p className="text-ink-soft">{words}</p>
      <p className="mt-3 text-ink-soft">Nothing was changed on your device. Ask your administrator for a new link.</p>
    </EnrollFrame>
  );
}
