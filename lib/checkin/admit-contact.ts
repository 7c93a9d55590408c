import { MusterError } from "@/lib/contracts/errors";
import { EXPIRY_GRACE_MS } from "@/lib/pki/expiry-grace";
import type { Channel } from "@/lib/protocol/checkin-message";
import type { Contact } from "./contact-store";
import type { Sender } from "./sender";

/** A contact whose certificate is bound to a life on the device channel. */
export interface BoundContact extends Contact {
  fingerprint: string;
  enrollmentId: string;
  deviceId: string;
  channelKey: string;
}

interface Question {
  contact: Contact;
  sender: Sender;
  channel: Channel;
}
type Check = (question: Question) => void;

/** The certificate is one that this server issued. */
const checkIssued: Check = ({ contact }) => {
  if (contact.fingerprint === null) throw new MusterError("identity-unknown", "our authority signed this certificate, but no record of it is left");
};

const checkRevoked: Check = ({ contact }) => {
  if (contact.revokedAt !== null) throw new MusterError("certificate-revoked", "the certificate was revoked");
};

/** A record that was removed does not begin anew by itself. */
const checkRemembered: Check = ({ contact }) => {
  if (contact.forgottenAt !== null) throw new MusterError("identity-retired", "the record of its device was removed");
};

/** Bound certificates may outlive their end for a while; others may not. */
const checkExpiry: Check = ({ contact, sender }) => {
  const grace = contact.enrollmentId === null ? 0 : EXPIRY_GRACE_MS;
  if (sender.certificate.notAfter.getTime() + grace < Date.now()) throw new MusterError("certificate-expired", "the certificate has expired");
};

const checkBound: Check = ({ contact }) => {
  if (contact.enrollmentId === null) throw new MusterError("identity-unbound", "the certificate is not bound to an enrollment: Authenticate comes first");
};

/** One enrolled device must not speak for another (PROTOCOL: the identifier must be the one of the certificate). */
const checkSameDevice: Check = ({ contact, channel }) => {
  if (contact.channelKey !== null && contact.channelKey !== channel.deviceKey) {
    throw new MusterError("identity-mismatch", "the certificate belongs to another device", { meta: { deviceId: contact.deviceId, key: contact.channelKey } });
  }
};

/** A renewed identity takes over at its TokenUpdate; the one before it has then had its time. */
const checkCurrent: Check = ({ contact }) => {
  if (contact.fingerprint !== contact.identityFingerprint && contact.fingerprint !== contact.pendingFingerprint) {
    throw new MusterError("identity-retired", "a newer identity has taken over");
  }
};

/** A user channel stands under that of its device (Apple, "Managing devices and users in macOS"), which comes first. */
const checkDeviceEnrolled: Check = ({ contact, channel }) => {
  if (channel.kind === "user" && contact.state === "authenticating") {
    throw new MusterError("identity-unbound", "a user speaks before the TokenUpdate of the device");
  }
};

/** Read them from the top: the order is the order of the refusals. */
const AUTHENTICATE_CHECKS: readonly Check[] = [checkIssued, checkRevoked, checkRemembered, checkExpiry, checkSameDevice];
const BOUND_CHECKS: readonly Check[] = [checkIssued, checkRevoked, checkRemembered, checkExpiry, checkBound, checkSameDevice];
const MESSAGE_CHECKS: readonly Check[] = [...BOUND_CHECKS, checkCurrent, checkDeviceEnrolled];

/** @throws MusterError with the first refusal */
export function admitAuthenticate(question: Question): void {
  for (const check of AUTHENTICATE_CHECKS) check(question);
}

/**
 * Any message but Authenticate. With an identity that had its time only a device that was restored from a backup comes,
 * and it says so by TokenUpdate: `mayBeRestored`.
 * @throws MusterError with the first refusal
 */
export function admitMessage(question: Question, mayBeRestored: boolean): BoundContact {
  for (const check of mayBeRestored ? BOUND_CHECKS : MESSAGE_CHECKS) check(question);
  const { contact } = question;
  const { fingerprint, enrollmentId, deviceId, channelKey } = contact;
  if (fingerprint === null || enrollmentId === null || deviceId === null || channelKey === null) {
    throw new MusterError("identity-unbound", "the certificate is not bound to an enrollment");
  }
  return { ...contact, fingerprint, enrollmentId, deviceId, channelKey };
}

/** Lives that have ended, are quarantined or wait for our last answer are listened to and get nothing. */
export function mayReceive(contact: BoundContact): boolean {
  if (contact.terminationMethod === "unauthorized" || contact.terminationMethod === "unrecognized") return false;
  return contact.state === "enrolled" || contact.state === "unenrolling" || contact.state === "authenticating";
}
