import { randomBytes, randomUUID } from "node:crypto";
import type { LinkKind } from "@/lib/contracts/words";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import type { Executor } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";
import type { LinkRow, LinkRules } from "./link-store";
import { insertLink, updateLinkRules } from "./link-store";

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
  link: LinkRules & { kind: Exclude<LinkKind, "profile" | "ota">; name: string; simulated?: boolean; createdBy: string },
): Promise<LinkRow> {
  return writeLink(tx, { ...link, simulated: link.simulated ?? false, reusableProfile: false, maxUses: null, expiresAt: null });
}

/** Its configuration was changed. What enrolls from now on follows the new rules. */
export async function changeOwnedLink(tx: Executor, id: string, change: LinkRules & { name: string }): Promise<LinkRow> {
  return updateLinkRules(tx, id, change.name, change);
}
