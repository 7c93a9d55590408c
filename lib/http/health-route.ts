import { isDatabaseReachable } from "./health-store";

const HEADERS = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

/** 200 for as long as the process can answer at all. */
export function liveness(): Response {
  return new Response("ok\n", { headers: HEADERS });
}

/** 200 when this node can do its work, 503 while the database is away: balancers then leave it out. */
export async function readiness(): Promise<Response> {
  if (await isDatabaseReachable()) return new Response("ready\n", { headers: HEADERS });
  return new Response("the database cannot be reached\n", { status: 503, headers: { ...HEADERS, "retry-after": "5" } });
}
