import { focusManager, MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api-problem";
import { session } from "./session";

const STALE_AFTER_MS = 15_000;

/** The cache of one browser tab. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onSuccess: session.holds, onError: noticeSignedOut }),
    mutationCache: new MutationCache({ onError: noticeSignedOut }),
    defaultOptions: { queries: { staleTime: STALE_AFTER_MS, retry: mayRetry } },
  });
}

/** Only what may pass by itself is tried again. */
function mayRetry(failures: number, error: unknown): boolean {
  const passing = error instanceof ApiProblem && (error.status === 0 || error.status >= 500) && error.code !== "console";
  return passing && failures < 2;
}

/** Without a session nothing is asked by itself, as in a tab that nobody looks at. */
session.watch(() => focusManager.setFocused(session.hasEnded() ? false : undefined));

function noticeSignedOut(error: unknown): void {
  if (error instanceof ApiProblem && error.code === "signed-out") session.isLost();
}
