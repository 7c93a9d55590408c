import type { ProblemError } from "./common";

/**
 * Every coded error of the product. `status` is what the API answers; `device` what a device route answers:
 * never 401, and 403 only from termination.
 */
export const ERRORS = {
  "bad-request": { status: 400, device: 400, title: "The request cannot be read" },
  "invalid-input": { status: 422, device: 400, title: "Some values are not acceptable" },
  "payload-too-large": { status: 413, device: 413, title: "The body is too large" },
  "unsupported-media-type": { status: 415, device: 400, title: "The body must be JSON" },
  "method-not-allowed": { status: 405, device: 405, title: "This method is not offered here" },
  "not-found": { status: 404, device: 404, title: "There is no such thing" },
  gone: { status: 410, device: 410, title: "This has ended" },
  "signed-out": { status: 401, device: 400, title: "Sign in or send an API token" },
  forbidden: { status: 403, device: 400, title: "Your role does not allow this" },
  "cross-site": { status: 403, device: 400, title: "The request came from another site" },
  "too-many-attempts": { status: 429, device: 503, title: "Too many attempts" },
  conflict: { status: 409, device: 400, title: "This does not fit the present state" },
  "topic-change": { status: 409, device: 400, title: "The push certificate has another topic" },
  "account-change": { status: 409, device: 400, title: "The server token is of another account or server" },
  "apple-refused": { status: 502, device: 400, title: "Apple did not do what we asked" },
  "certificate-refused": { status: 422, device: 400, title: "The certificate was refused" },
  "idempotency-mismatch": { status: 422, device: 400, title: "This Idempotency-Key was used for another request" },
  "storage-unavailable": { status: 503, device: 503, title: "The database cannot be reached" },
  "not-ready": { status: 503, device: 503, title: "The server is starting or stopping" },
  "sign-in-refused": { status: 403, device: 400, title: "This account cannot be used here" },
  "mail-refused": { status: 502, device: 500, title: "The mail server did not take the mail" },
  internal: { status: 500, device: 500, title: "Something went wrong on our side" },
  // Refusals of devices. The message is for the log and the list of unknown contacts, never for the device.
  "message-unreadable": { status: 400, device: 400, title: "Not a message of an Apple device" },
  "message-unknown": { status: 400, device: 400, title: "A check-in message this server does not know" },
  "certificate-missing": { status: 400, device: 400, title: "No identity certificate" },
  "signature-invalid": { status: 400, device: 400, title: "The signature does not fit the body" },
  "certificate-foreign": { status: 400, device: 400, title: "The certificate is not of our authority" },
  "certificate-revoked": { status: 400, device: 400, title: "The certificate was revoked" },
  "certificate-expired": { status: 400, device: 400, title: "The certificate has expired" },
  "identity-unknown": { status: 400, device: 400, title: "The certificate was never issued here" },
  "identity-unbound": { status: 400, device: 400, title: "The certificate is not bound to an enrollment" },
  "identity-mismatch": { status: 400, device: 400, title: "The certificate belongs to another device" },
  "identity-not-listed": { status: 400, device: 400, title: "The serial number is not among those the link is for" },
  "identity-refused": { status: 400, device: 400, title: "An admin has refused this device" },
  "identity-retired": { status: 400, device: 400, title: "The enrollment of this certificate has ended" },
} as const satisfies Record<string, { status: number; device: number; title: string }>;
export type ErrorCode = keyof typeof ERRORS;

/** The one error type that crosses rooms. The message is for admins and logs: no token, key or plist in it. */
export class MusterError extends Error {
  override readonly name = "MusterError";
  readonly code: ErrorCode;
  /** Bad places of the input. */
  readonly errors: readonly ProblemError[];
  /** What the caller needs to go on. */
  readonly meta: Readonly<Record<string, unknown>> | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; errors?: readonly ProblemError[]; meta?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.errors = options.errors ?? [];
    this.meta = options.meta ?? null;
  }
}
