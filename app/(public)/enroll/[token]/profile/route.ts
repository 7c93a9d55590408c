import { enrollRoute } from "@/lib/http/enroll-route";

/** GET /enroll/{token}/profile: the signed enrollment profile of a link. */
export const GET = enrollRoute;
