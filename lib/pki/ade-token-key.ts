import type { KeyObject } from "node:crypto";
import { readPrivateKey } from "@/lib/crypto/issue-certificate";
import { database } from "@/lib/db/database";
import { unseal } from "@/lib/db/sealed";
import { listServerCertificates, readAdeServerUuid } from "./server-certificate-store";

/** What signs tokens that Apple's services take for ours. */
export interface AdeTokenKey {
  /** Of the certificate that was uploaded to Apple Business or School Manager for this server. */
  privateKey: KeyObject;
  /** How that account calls this server. */
  serverUuid: string;
}

/** Null while this server is not connected to an account. */
export async function adeTokenKey(): Promise<AdeTokenKey | null> {
  const { pool } = database();
  const [[row], serverUuid] = await Promise.all([listServerCertificates(pool, "ade-token"), readAdeServerUuid(pool)]);
  if (row === undefined || row.retiredAt !== null || serverUuid === null) return null;
  const place = { table: "ServerCertificate", row: row.id, column: "privateKeySealed" };
  return { privateKey: readPrivateKey(unseal(row.privateKeySealed, place)), serverUuid };
}
