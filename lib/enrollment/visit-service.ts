import { randomBytes } from "node:crypto";
import type { VisitStatus } from "@/lib/contracts/enrollment-links";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { linkOfToken } from "./link-service";
import { readVisit, type VisitRow } from "./visit-store";

const VISIT_BYTES = 16;

/** A name for one opened page, which nobody else can guess: the download carries it, and the page asks by it how it goes on. */
export function newVisit(): string {
  return randomBytes(VISIT_BYTES).toString("base64url");
}

/** How far the device has come; null when no link has this token. */
export async function visitStatus(token: string, visit: string): Promise<VisitStatus | null> {
  const link = await linkOfToken(token);
  return link === null ? null : { step: stepOf(await readVisit(link.id, sha256Hex(visit))) };
}

function stepOf({ downloaded, certified, state }: VisitRow): VisitStatus["step"] {
  if (state === "enrolled" || state === "unenrolling") return "enrolled";
  if (state === "quarantined") return "waiting";
  if (state === "authenticating") return "introduced";
  if (certified) return "certified";
  return downloaded ? "downloaded" : "opened";
}
