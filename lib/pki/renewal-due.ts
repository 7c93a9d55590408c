import type { Certificate } from "@/lib/crypto/certificate";

const DAY_MS = 86_400_000;
const LEFT_MS = 60 * DAY_MS;
/** Certificates of one day must not all be renewed on one day. */
const JITTER_SHARE = 0.05;

/**
 * When the renewal of an identity is due: after two thirds of its life or 60 days before its end, whichever comes first,
 * and up to a twentieth of its life later, by chance that stays with the certificate.
 */
export function renewalDue({ notBefore, notAfter, fingerprint }: Pick<Certificate, "notBefore" | "notAfter" | "fingerprint">): Date {
  const [begin, end] = [notBefore.getTime(), notAfter.getTime()];
  const life = end - begin;
  return new Date(Math.max(begin, Math.min(begin + (life * 2) / 3, end - LEFT_MS)) + life * JITTER_SHARE * chance(fingerprint));
}

/** Between 0 and 1, evenly. */
function chance(fingerprint: string): number {
  return Number.parseInt(fingerprint.slice(0, 8), 16) / 0x1_0000_0000;
}
