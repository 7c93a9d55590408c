import { log } from "@/lib/config/log";
import { visitStatus } from "@/lib/enrollment/visit-service";

const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };

/** GET for an opened enrollment page: how far its device has come, and nothing else. Whoever does not hold both names gets 404. */
export async function visitRoute(_request: Request, context: { params: Promise<{ token: string; visit: string }> }): Promise<Response> {
  try {
    const { token, visit } = await context.params;
    const status = visit.length > 100 ? null : await visitStatus(token, visit);
    return Response.json(status ?? {}, { status: status === null ? 404 : 200, headers: HEADERS });
  } catch (error) {
    log.warn("the state of an enrollment page could not be read", { error });
    return Response.json({}, { status: 503, headers: { ...HEADERS, "retry-after": "30" } });
  }
}
