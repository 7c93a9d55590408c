import type { AdeProblem } from "@/lib/contracts/ade-words";

/** Apple's device assignment service did not do what it was asked. */
export class AssignmentError extends Error {
  override readonly name = "AssignmentError";
  readonly problem: AdeProblem;
  /** Apple's own word, such as EXPIRED_CURSOR; null when it gave none. */
  readonly code: string | null;
  /** How long Apple wants to be left alone. */
  readonly retryAfterMs: number | null;

  constructor(problem: AdeProblem, message: string, options: { cause?: unknown; code?: string | null; retryAfterMs?: number | null } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.problem = problem;
    this.code = options.code ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

const MAX_WAIT_MS = 6 * 3_600_000;

/** By what the body says, in this order; then by status. */
const WORDS: readonly (readonly [RegExp, AdeProblem])[] = [
  [/T_C_NOT_SIGNED/, "terms-not-signed"],
  [/timestamp_refused/i, "clock-wrong"],
  [/token_expired/i, "token-expired"],
  [/oauth_problem|token_rejected|consumer_key|signature_invalid/i, "token-rejected"],
  [/ACCESS_DENIED/, "access-denied"],
];

/** Bodies are short words, quoted or not, or JSON: the word is looked for. `opening`: the answer to /session, where 400 and 401 speak of the token. */
export function assignmentError(answer: { status: number; body: string; retryAfter: string | null }, { opening }: { opening: boolean }): AssignmentError {
  const { status, body } = answer;
  const code = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/.exec(body)?.[0] ?? /\b[A-Z]{4,}\b/.exec(body)?.[0] ?? null;
  const said = WORDS.find(([pattern]) => pattern.test(body))?.[1];
  return new AssignmentError(said ?? problemOfStatus(status, opening), `answered ${status}${code === null ? "" : ` ${code}`}`, { code, retryAfterMs: waitOf(answer.retryAfter) });
}

function problemOfStatus(status: number, opening: boolean): AdeProblem {
  if (status === 429 || status === 503) return "throttled";
  if (status >= 500) return "service-error";
  if (status === 401 || (opening && status < 404)) return "token-rejected";
  return status === 403 ? "access-denied" : "request-refused";
}

/** Seconds, or a date (RFC 9110 section 10.2.3); bounded, for nobody should wait a year for one bad header. */
function waitOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const wait = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 1_000), MAX_WAIT_MS);
}
