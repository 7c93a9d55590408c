import type { KeyObject } from "node:crypto";
import { readPrivateKey } from "@/lib/crypto/issue-certificate";
import { unseal } from "@/lib/db/sealed";
import { findAdeTokenKey } from "./ade-token-store";

/** What signs tokens that Apple's services take for ours. */
export interface AdeTokenKey {
  /** Of the certificate that was uploaded to Apple Business or School Manager for this server. */
  privateKey: KeyObject;
  /** How that account calls this server. */
  serverUuid: string;
}

/** Null while this server is not connected to an account. */
export async function adeTokenKey(deviceId: string): Promise<AdeTokenKey | null> {
  const row = await findAdeTokenKey(deviceId);
  if (row === null) return null;
  const place = { table: "AdeServer", row: row.id, column: "privateKeySealed" };
  return { privateKey: readPrivateKey(unseal(row.privateKeySealed, place)), serverUuid: row.serverUuid };
}
