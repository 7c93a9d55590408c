import { config } from "@/lib/config/config";
import { MusterError } from "@/lib/contracts/errors";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * A cookie goes along with requests that other sites start. What changes something must therefore show
 * that our own page sent it: by Origin, or by Fetch Metadata where the browser leaves Origin out.
 * Throws `cross-site`.
 */
export function requireSameOrigin(request: Request): void {
  if (SAFE_METHODS.includes(request.method)) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const siteFits = site === null || site === "same-origin";
  const originFits = origin === null ? site === "same-origin" : isOurs(origin, request);
  if (!siteFits || !originFits) throw new MusterError("cross-site", "Changes by a session must come from the console");
}

function isOurs(origin: string, request: Request): boolean {
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return origin === new URL(config().publicUrl).origin || host === (request.headers.get("host") ?? new URL(request.url).host);
}
