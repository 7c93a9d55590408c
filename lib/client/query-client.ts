import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { signInAgainPath } from "@/lib/contracts/sign-in-path";
import { ApiProblem } from "./api-problem";

const STALE_AFTER_MS = 15_000;

/** The cache of one browser tab. A lost session leads to the sign-in page, and back. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: { queries: { staleTime: STALE_AFTER_MS, retry: mayRetry } },
  });
}

/** Only what may pass by itself is tried again. */
function mayRetry(failures: number, error: unknown): boolean {
  const passing = error instanceof ApiProblem && (error.status === 0 || error.status >= 500) && error.code !== "console";
  return passing && failures < 2;
}

function leaveWhenSignedOut(error: unknown): void {
  if (!(error instanceof ApiProblem) || error.code !== "signed-out") return;
  window.location.assign(signInAgainPath(`${window.location.pathname}${window.location.search}`));
}
