import { signInAgainPath } from "@/lib/contracts/sign-in-path";

/** `aside`: it has ended, and the person was told and wants to see the page. */
type State = "unknown" | "held" | "ended" | "aside";

const watchers = new Set<() => void>();
let state: State = "unknown";

function become(next: State): void {
  if (next === state) return;
  state = next;
  for (const watcher of watchers) watcher();
}

/** Where this page leads when somebody has to sign in for it. */
export const signInFromHere = (): string => signInAgainPath(`${window.location.pathname}${window.location.search}`);

/** What is known of the session of this tab. What somebody typed must outlive its end: only a page that never had one is left at once. */
export const session = {
  watch(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
  hasEnded: () => state === "ended" || state === "aside",
  /** Has somebody to be told that it has ended? */
  isToBeSaid: () => state === "ended",
  /** The server has answered. */
  holds: () => become("held"),
  /** The server knows no session. */
  isLost(): void {
    if (state === "unknown") window.location.assign(signInFromHere());
    else become("ended");
  },
  /** Until the server refuses something again. */
  putAside: () => become("aside"),
};
