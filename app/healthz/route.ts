import { liveness } from "@/lib/http/health-route";

/** GET /healthz: 200 while the process lives. */
export { liveness as GET };

export const dynamic = "force-dynamic";
