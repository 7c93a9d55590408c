import { config } from "@/lib/config/config";
import type { LinkState } from "@/lib/enrollment/link-service";
import { linkOfToken, linkProfileUrl, linkState, linkUrl } from "@/lib/enrollment/link-service";
import { countOpening } from "@/lib/enrollment/visit-store";
import { newVisit } from "@/lib/enrollment/visit-service";

/** What the public enrollment page shows. */
export interface EnrollPage {
  name: string;
  organization: string;
  state: LinkState;
  url: string;
  profileUrl: string;
  simulated: boolean;
  /** Asked by the page for how it goes on. */
  statusUrl: string;
}

/** Null when no link has this token. */
export async function enrollmentPage(token: string): Promise<EnrollPage | null> {
  const link = await linkOfToken(token);
  if (link === null) return null;
  const state = linkState(link);
  const visit = newVisit();
  if (state === "usable") await countOpening(link.id);
  return {
    name: link.name,
    organization: config().organization,
    state,
    url: linkUrl(token),
    profileUrl: `${linkProfileUrl(token)}?visit=${visit}`,
    statusUrl: `/enroll/${token}/visits/${visit}`,
    simulated: link.simulated,
  };
}
