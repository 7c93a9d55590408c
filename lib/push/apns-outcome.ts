import type { PUSH_OUTCOMES } from "@/lib/contracts/words";

/**
 * What follows from an answer:
 * `accepted`: APNs took the push; `dead-token`: the device no longer listens, stop until its next TokenUpdate;
 * `token-refused`: this token was refused, which also happens by mistake, so ask again later and rarely;
 * `configuration`: our certificate or topic is wrong for every device, stop the topic and raise one alarm;
 * `ours`: a bug in this request; `retry`: ask again soon.
 */
export type PushOutcomeKind = keyof typeof PUSH_OUTCOMES;

/** What we do about it, for people. */
export const PUSH_ACTIONS: Record<PushOutcomeKind, string> = {
  accepted: "Nothing more to do but wait: Apple keeps the push for seven days.",
  "dead-token": "Nothing is pushed until the device sends a new token.",
  "token-refused": "The token is kept and tried again after an hour, then more and more rarely.",
  configuration: "All pushes of the topic wait, one alarm is raised, and a single push tries again and again.",
  ours: "Tried again after an hour, then more and more rarely; the log has the details.",
  retry: "Sent again by itself, at once or when Apple says.",
};

interface Refusal {
  status: number | null;
  kind: Exclude<PushOutcomeKind, "accepted">;
  /** One sentence for people. */
  sentence: string;
}

const PROVIDER_TOKEN = "APNs asked for a provider token: the push certificate was not presented on the connection.";

/**
 * Every reason of APNs (Apple, *Handling notification responses from APNs*). Only 410 says that a token is dead:
 * BadDeviceToken and DeviceTokenNotForTopic come for all devices at once when the mistake is ours.
 */
export const APNS_REASONS = {
  BadCollapseId: { status: 400, kind: "ours", sentence: "APNs refused a collapse identifier we never send." },
  BadDeviceToken: { status: 400, kind: "token-refused", sentence: "APNs does not know this push token; the device may send a new one." },
  BadExpirationDate: { status: 400, kind: "ours", sentence: "APNs refused the expiration date we sent." },
  BadMessageId: { status: 400, kind: "ours", sentence: "APNs refused the message id we sent." },
  BadPriority: { status: 400, kind: "ours", sentence: "APNs refused the priority we sent." },
  BadTopic: { status: 400, kind: "configuration", sentence: "APNs refused the topic: it is not the one of the push certificate." },
  DeviceTokenNotForTopic: { status: 400, kind: "token-refused", sentence: "The push token belongs to another topic than the push certificate." },
  DuplicateHeaders: { status: 400, kind: "ours", sentence: "APNs saw a header twice." },
  IdleTimeout: { status: 400, kind: "retry", sentence: "APNs gave up waiting for the request; it is sent again." },
  InvalidPushType: { status: 400, kind: "configuration", sentence: "APNs refused the push type for this topic." },
  MissingDeviceToken: { status: 400, kind: "ours", sentence: "The request carried no push token." },
  MissingTopic: { status: 400, kind: "configuration", sentence: "APNs could not tell the topic from the push certificate." },
  PayloadEmpty: { status: 400, kind: "ours", sentence: "The request carried no payload." },
  TopicDisallowed: { status: 400, kind: "configuration", sentence: "APNs does not allow pushes to this topic." },
  BadCertificate: { status: 403, kind: "configuration", sentence: "APNs refused the push certificate; it may have been revoked." },
  BadCertificateEnvironment: { status: 403, kind: "configuration", sentence: "The push certificate is for another APNs environment." },
  BadEnvironmentKeyIdInToken: { status: 403, kind: "configuration", sentence: PROVIDER_TOKEN },
  ExpiredProviderToken: { status: 403, kind: "configuration", sentence: PROVIDER_TOKEN },
  Forbidden: { status: 403, kind: "configuration", sentence: "APNs does not allow what we asked for with this push certificate." },
  InvalidProviderToken: { status: 403, kind: "configuration", sentence: PROVIDER_TOKEN },
  MissingProviderToken: { status: 403, kind: "configuration", sentence: PROVIDER_TOKEN },
  UnrelatedKeyIdInToken: { status: 403, kind: "configuration", sentence: PROVIDER_TOKEN },
  BadPath: { status: 404, kind: "ours", sentence: "APNs does not know the path we asked for." },
  MethodNotAllowed: { status: 405, kind: "ours", sentence: "APNs refused the method we used." },
  ExpiredToken: { status: 410, kind: "dead-token", sentence: "The push token has expired; the device must send a new one." },
  Unregistered: { status: 410, kind: "dead-token", sentence: "The device no longer listens: it was erased, restored or unenrolled." },
  PayloadTooLarge: { status: 413, kind: "ours", sentence: "The payload is too large; the push magic of this device is too long." },
  TooManyProviderTokenUpdates: { status: 429, kind: "retry", sentence: "APNs wants fewer changes of the provider token." },
  TooManyRequests: { status: 429, kind: "retry", sentence: "APNs wants fewer pushes to this device; the next one waits." },
  InternalServerError: { status: 500, kind: "retry", sentence: "APNs had an error of its own; the push is sent again." },
  ServiceUnavailable: { status: 503, kind: "retry", sentence: "APNs is busy; the push is sent again." },
  Shutdown: { status: 503, kind: "retry", sentence: "This APNs server is shutting down; the push is sent again." },
} as const satisfies Record<string, Refusal>;

/** Reasons we give ourselves when there is no answer of APNs. */
export const LOCAL_REASONS = {
  "certificate-expired": { status: null, kind: "configuration", sentence: "The push certificate has expired. Renew it with the same Apple Account and upload it." },
  "certificate-missing": { status: null, kind: "configuration", sentence: "Devices wait for pushes, but there is no push certificate for their topic." },
  "certificate-unusable": { status: null, kind: "configuration", sentence: "The stored push certificate cannot be used: its key does not open with the present master key, or APNS_CA_FILE cannot be read." },
  "tls-failure": { status: null, kind: "configuration", sentence: "No secure connection to APNs: one side refused the certificate of the other." },
  "closed-at-start": { status: null, kind: "configuration", sentence: "APNs closed the connection right after the TLS handshake: most likely it refused the push certificate." },
  "token-unreadable": { status: null, kind: "ours", sentence: "The stored push token cannot be decrypted with the present master key." },
  "connection-failed": { status: null, kind: "retry", sentence: "APNs could not be reached; the push is sent again." },
  "connection-lost": { status: null, kind: "retry", sentence: "The connection to APNs broke before the answer; the push is sent again." },
  refused: { status: null, kind: "retry", sentence: "APNs closed the connection without looking at the push; it is sent again." },
  timeout: { status: null, kind: "retry", sentence: "APNs did not answer in time; the push is sent again." },
} as const satisfies Record<string, Refusal>;
export type LocalReason = keyof typeof LOCAL_REASONS;
/** Ours, or a word of APNs, known or not. */
export type ApnsReason = LocalReason | (string & {});

export interface PushOutcome {
  kind: PushOutcomeKind;
  sentence: string;
}

const REFUSALS: ReadonlyMap<string, Refusal> = new Map(Object.entries({ ...APNS_REASONS, ...LOCAL_REASONS }));

/** Judges an answer; `status` is null when none came. A word under another status than Apple's is judged by the status. */
export function outcomeOf(answer: { status: number | null; reason: string | null }): PushOutcome {
  if (answer.status === 200) return { kind: "accepted", sentence: "APNs accepted the push." };
  const known = answer.reason === null ? undefined : REFUSALS.get(answer.reason);
  if (known !== undefined && fits(known, answer.status)) return known;
  return { kind: kindOfStatus(answer.status), sentence: `APNs answered ${answer.status ?? "nothing"} (${answer.reason ?? "no reason"}).` };
}

/** A GOAWAY carries a reason but no status, and must never kill a token. */
function fits(known: Refusal, status: number | null): boolean {
  return status === null ? known.kind !== "dead-token" : known.status === status;
}

function kindOfStatus(status: number | null): Refusal["kind"] {
  if (status === null || status === 429 || status >= 500) return "retry";
  if (status === 410) return "dead-token";
  return status === 403 ? "configuration" : "ours";
}
