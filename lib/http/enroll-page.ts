import { config } from "@/lib/config/config";
import type { LinkState } from "@/lib/enrollment/link-service";
import { linkOfToken, linkProfileUrl, linkState, linkUrl } from "@/lib/enrollment/link-service";

/** What the public enrollment page shows. */
export interface EnrollPage {
  name: string;
  organization: string;
  state: LinkState;
  url: string;
  profileUrl: string;
  simulated: boolean;
}

/** Null when no link has this token. */
export async function enrollmentPage(token: string): Promise<EnrollPage | null> {
  const link = await linkOfToken(token);
  if (link === null) return null;
  return {
    name: link.name,
    organization: config().organization,
    state: linkState(link),
    url: linkUrl(token),
    profileUrl: linkProfileUrl(token),
    simulated: link.simulated,
  };
}
