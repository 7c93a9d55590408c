import { visitRoute } from "@/lib/http/visit-route";

/** GET /enroll/{token}/visits/{visit}: how far the device has come whose profile was downloaded from this page. */
export const GET = visitRoute;
