import { log } from "@/lib/config/log";
import { isStorageUnavailable } from "@/lib/db/storage-errors";
import { PROFILE_HEADERS } from "@/lib/enrollment/enrollment-profile-for";
import { profileOfLink } from "@/lib/enrollment/profile-service";
import { connectionStore } from "./connection";
import { refusalPage } from "./refusal-page";

/**
 * GET of a link's profile: the signed profile as `application/x-apple-aspen-config`, or a page with the reason.
 * An error never carries that type or a file name: a device would save it as a profile.
 */
export async function enrollRoute(request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  try {
    const { token } = await context.params;
    const about = { remoteAddress: connectionStore.getStore()?.remoteAddress ?? "", userAgent: request.headers.get("user-agent") };
    const visit = new URL(request.url).searchParams.get("visit");
    const answer = await profileOfLink(token, about, visit === null || visit.length > 100 ? null : visit);
    if (!answer.ok) return refusalPage(answer.state);
    return new Response(new Uint8Array(answer.profile), {
      headers: {
        ...PROFILE_HEADERS,
        "content-disposition": 'attachment; filename="enroll.mobileconfig"',
        "content-length": String(answer.profile.length),
      },
    });
  } catch (error) {
    const unavailable = isStorageUnavailable(error);
    if (!unavailable) log.error("an enrollment profile could not be made", { error });
    return refusalPage(unavailable ? "unavailable" : "broken");
  }
}
