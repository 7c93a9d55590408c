import { randomBytes, randomUUID } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import type { LinkKind } from "@/lib/contracts/words";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import type { Executor } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";
import { isForeignKeyViolation, isUniqueViolation } from "@/lib/db/storage-errors";
import type { LinkRow, LinkRules } from "./link-store";
import { insertLink } from "./link-store";

const TOKEN_BYTES = 24;

export interface NewLink extends LinkRules {
  name: string;
  kind: LinkKind;
  reusableProfile: boolean;
  simulated: boolean;
  maxUses: number | null;
  expiresAt: Date | null;
  createdBy: string;
}

/**
 * Runs what writes a link, and what belongs to it. @throws MusterError invalid-input for a group that is not there,
 * conflict with the words `taken` where something has to be the only one
 */
export async function writingLink<T>(taken: string | null, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (taken !== null && isUniqueViolation(cause)) throw new MusterError("conflict", taken, { cause });
    if (!isForeignKeyViolation(cause)) throw cause;
    throw new MusterError("invalid-input", "there is no such group", { cause, errors: [{ pointer: "/groupId", detail: "there is no such group" }] });
  }
}

/** Writes a link of any kind, with a token of its own. */
export async function writeLink(tx: Executor, link: NewLink): Promise<LinkRow> {
  const id = randomUUID();
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const tokenSealed = seal(Buffer.from(token), { table: "EnrollmentLink", row: id, column: "tokenSealed" });
  return insertLink(tx, { ...link, id, tokenHash: sha256Hex(token), tokenSealed });
}

/**
 * The link behind a configuration of ADE or of account-driven enrollment: every enrollment has one as its source.
 * It is not among the links that people see.
 */
export async function createOwnedLink(
  tx: Executor,
  link: LinkRules & { kind: Exclude<LinkKind, "profile" | "ota">; name: string; simulated: boolean; createdBy: string },
): Promise<LinkRow> {
  return writeLink(tx, { ...link, reusableProfile: false, maxUses: null, expiresAt: null });
}
