import { randomBytes, randomUUID } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { database, type Executor } from "@/lib/db/database";
import { pageOf, type Page } from "@/lib/db/page";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { AccountTokenKind, AccountTokenRow } from "./account-token-store";
import { countAccountTokenRows, insertAccountToken, listAccountTokenRows, revokeAccountTokenRow, spendAccountToken, useAccessToken } from "./account-token-store";

const TOKEN_BYTES = 32;
/** An access token has to last for one enrollment. */
export const ACCESS_SECONDS = 3_600;
const LIFETIME_SECONDS: Record<AccountTokenKind, number> = { access: ACCESS_SECONDS, refresh: 90 * 86_400, code: 300 };

export interface TokenPair {
  accessToken: string;
  refreshToken: string;
}

/** A token for a person who has signed in; only its hash is kept. */
export async function issueAccountToken(configurationId: string, account: string, kind: "access" | "code"): Promise<string> {
  return issue(database().pool, { configurationId, account, kind });
}

/** Whose access token it is; null when it is none for this configuration, is over, or was revoked. */
export async function accountOfToken(configurationId: string, token: string): Promise<string | null> {
  return (await useAccessToken(configurationId, sha256Hex(token)))?.account ?? null;
}

/** Exchanges a code or a refresh token, once, for new tokens (RFC 6749 sections 4.1.3 and 6). Null when it does not count. */
export async function exchangeAccountToken(configurationId: string, kind: "code" | "refresh", token: string): Promise<TokenPair | null> {
  return transaction(async (tx) => {
    const spent = await spendAccountToken(tx, configurationId, kind, sha256Hex(token));
    if (spent === null) return null;
    const { account } = spent;
    return { accessToken: await issue(tx, { configurationId, account, kind: "access" }), refreshToken: await issue(tx, { configurationId, account, kind: "refresh" }) };
  });
}

/** Everything this person holds of that configuration ends. Enrolled devices stay enrolled. @throws MusterError not-found */
export async function revokeAccountToken(id: string, actor: string): Promise<AccountTokenRow> {
  return transaction(async (tx) => {
    const revoked = await revokeAccountTokenRow(tx, id);
    if (revoked === null) throw new MusterError("not-found", `no sign-in ${id}`);
    const { row, revokedNow } = revoked;
    if (revokedNow) await recordEvents(tx, [{ kind: "account-token.revoked", actor, data: { account: row.account, configurationId: row.configurationId } }]);
    return row;
  });
}

export async function listAccountTokens(configurationId: string, query: { cursor?: string | undefined; limit: number }): Promise<Page<AccountTokenRow>> {
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listAccountTokenRows(configurationId, before, query.limit + 1), countAccountTokenRows(configurationId)]);
  return pageOf(rows, query.limit, total, (last) => [last.createdAt.toISOString(), last.id]);
}

async function issue(executor: Executor, { configurationId, account, kind }: { configurationId: string; account: string; kind: AccountTokenKind }): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const expiresAt = new Date(Date.now() + LIFETIME_SECONDS[kind] * 1_000);
  await insertAccountToken(executor, { id: randomUUID(), configurationId, kind, tokenHash: sha256Hex(token), account, expiresAt });
  return token;
}
