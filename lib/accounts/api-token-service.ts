import { randomBytes, randomUUID } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import type { Role } from "@/lib/contracts/words";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { tokenActor, type Actor } from "./actor";
import * as store from "./api-token-store";
import type { ApiTokenRow } from "./api-token-store";

/** Tells a token of ours from other secrets, for people and for secret scanners. */
const MARK = "muster_";
const PREFIX_LENGTH = MARK.length + 5;
const TOUCH_AFTER_MS = 60_000;

export interface CreateApiToken {
  name: string;
  role: Role;
  /** Null: it does not expire. */
  expiresAt: Date | null;
}

/** Makes a token. The text of it is in the answer and nowhere else: only its hash is kept. */
export async function createApiToken(input: CreateApiToken, actor: Actor | null): Promise<ApiTokenRow & { token: string }> {
  if (input.expiresAt !== null && input.expiresAt.getTime() <= Date.now()) {
    throw new MusterError("invalid-input", "The token would have expired already", {
      errors: [{ pointer: "/expiresAt", detail: "must lie in the future" }],
    });
  }
  const token = `${MARK}${randomBytes(32).toString("base64url")}`;
  const row = {
    ...input,
    id: randomUUID(),
    tokenHash: sha256Hex(token),
    prefix: token.slice(0, PREFIX_LENGTH),
    createdById: actor?.personId ?? null,
  };
  return transaction(async (tx) => {
    await store.insertApiToken(tx, row);
    const data = { id: row.id, name: row.name, role: row.role };
    await recordEvents(tx, [{ kind: "api-token.created", actor: actor?.label ?? "system", data }]);
    return { ...existing(await store.findApiToken(tx, row.id)), token };
  });
}

/** All tokens, newest first, revoked ones included. */
export function listApiTokens(): Promise<ApiTokenRow[]> {
  return store.findApiTokens();
}

/** Ends a token at once. Revoking it again changes nothing. Throws `not-found`. */
export async function revokeApiToken(id: string, actor: Actor | null): Promise<ApiTokenRow> {
  return transaction(async (tx) => {
    const revoked = await store.revokeApiTokenRow(tx, id);
    const row = existing(await store.findApiToken(tx, id));
    if (revoked) {
      const data = { id, name: row.name };
      await recordEvents(tx, [{ kind: "api-token.revoked", actor: actor?.label ?? "system", data }]);
    }
    return row;
  });
}

/** The actor behind a token; null when it is unknown, expired or revoked. */
export async function actorOfApiToken(token: string): Promise<Actor | null> {
  if (!token.startsWith(MARK)) return null;
  const row = await store.findUsableApiToken(sha256Hex(token));
  if (row === null) return null;
  if (row.lastUsedAt === null || Date.now() - row.lastUsedAt.getTime() > TOUCH_AFTER_MS) await store.touchApiToken(row.id);
  return tokenActor(row);
}

/** The id of a token that still counts; null for any other text. */
export async function apiTokenId(token: string): Promise<string | null> {
  return (await store.findUsableApiToken(sha256Hex(token)))?.id ?? null;
}

function existing(row: ApiTokenRow | null): ApiTokenRow {
  if (row === null) throw new MusterError("not-found", "There is no such API token");
  return row;
}
