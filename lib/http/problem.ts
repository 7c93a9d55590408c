import type { Problem } from "@/lib/contracts/common";
import { ERRORS, MusterError } from "@/lib/contracts/errors";
import { log } from "@/lib/config/log";
import { isStorageUnavailable } from "@/lib/db/storage-errors";

/** RFC 9457 problem details for any error. Only a MusterError's own words are shown; the rest goes to the log. */
export function problemResponse(error: unknown, requestId: string): Response {
  const known = asMusterError(error);
  const { status, title } = ERRORS[known.code];
  if (status === 500) log.error("A request failed", { requestId, error });
  const problem: Problem = {
    type: "about:blank",
    title,
    status,
    code: known.code,
    ...(known.message === "" ? {} : { detail: known.message }),
    requestId,
    ...(known.errors.length === 0 ? {} : { errors: [...known.errors] }),
    ...(known.meta === null ? {} : { meta: { ...known.meta } }),
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-request-id": requestId,
      ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
      ...(status === 503 || status === 429 ? { "retry-after": "30" } : {}),
    },
  });
}

function asMusterError(error: unknown): MusterError {
  if (error instanceof MusterError && error.code !== "internal") return error;
  // Empty details: whatever this was, its words were not written for the caller.
  return new MusterError(isStorageUnavailable(error) ? "storage-unavailable" : "internal", "", { cause: error });
}
