import { metricsRoute } from "@/lib/http/metrics-route";

/** GET /metrics, for Prometheus; needs an API token. */
export { metricsRoute as GET };
