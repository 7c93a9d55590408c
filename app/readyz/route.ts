import { readiness } from "@/lib/http/health-route";

/** GET /readyz: 200 while the database answers, else 503. */
export { readiness as GET };

export const dynamic = "force-dynamic";
