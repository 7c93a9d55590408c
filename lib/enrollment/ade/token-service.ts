import { MusterError } from "@/lib/contracts/errors";
import { ADE_PROBLEMS } from "@/lib/contracts/ade-words";
import { openEnvelope } from "@/lib/crypto/cms-enveloped-data";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { readPrivateKey } from "@/lib/crypto/issue-certificate";
import { readSmimeEnvelope } from "@/lib/crypto/smime-envelope";
import { seal, unseal } from "@/lib/db/sealed";
import { signal } from "@/lib/db/signals";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { AccountAnswer } from "@/lib/protocol/ade/assignment-answers";
import { readServerToken, type ServerToken } from "@/lib/protocol/ade/server-token";
import { ProtocolError } from "@/lib/protocol/protocol-error";
import { readAccount } from "./assignment-calls";
import { forgetSessions } from "./assignment-client";
import { AssignmentError } from "./assignment-error";
import { readServer } from "./server-service";
import type { AdeServerRow } from "./server-store";
import { saveToken, startOver } from "./server-store";

/**
 * Takes the server token of the portal, once Apple has accepted it. A renewed one changes nothing else; one of another
 * account or server is refused unless that is confirmed, for every assignment hangs on it.
 * @throws MusterError not-found, invalid-input, account-change, apple-refused
 */
export async function putToken(id: string, body: { token: string; confirmAccountChange: boolean }, actor: string): Promise<AdeServerRow> {
  const server = await readServer(id);
  const token = opened(server, body.token);
  if (token.expiresAt.getTime() <= Date.now()) throw unfit("this token has ended already: download a new one in the portal");
  const account = await asked(token);
  const change = accountChange(server.account, account);
  if (change !== null && !body.confirmAccountChange) {
    throw new MusterError("account-change", "this token is of another account or server than the one before it; devices and assignments of that one would be lost here", { meta: { ...change } });
  }
  await transaction(async (tx) => {
    await saveToken(tx, id, { sealed: sealToken(id, token), expiresAt: token.expiresAt, uploadedBy: actor, account });
    if (change !== null) await startOver(tx, id, { forgetProfiles: true });
    const data = { serverId: id, name: server.name, expiresAt: token.expiresAt, organization: account.org_name, renewed: server.tokenSealed !== null, accountChanged: change !== null };
    await recordEvents(tx, [{ kind: "ade.token-uploaded", actor, data }]);
    signal("ade");
  });
  forgetSessions();
  return readServer(id);
}

/** The token in use; null before one was uploaded. */
export function tokenOf(server: Pick<AdeServerRow, "id" | "tokenSealed">): ServerToken | null {
  if (server.tokenSealed === null) return null;
  const kept = JSON.parse(unseal(server.tokenSealed, placeOfToken(server.id)).toString()) as Omit<ServerToken, "expiresAt"> & { expiresAt: string };
  return { ...kept, expiresAt: new Date(kept.expiresAt) };
}

function sealToken(id: string, token: ServerToken): Buffer {
  return seal(Buffer.from(JSON.stringify(token)), placeOfToken(id));
}

function placeOfToken(id: string) {
  return { table: "AdeServer", row: id, column: "tokenSealed" };
}

function opened(server: AdeServerRow, file: string): ServerToken {
  const privateKey = readPrivateKey(unseal(server.privateKeySealed, { table: "AdeServer", row: server.id, column: "privateKeySealed" }));
  try {
    return readServerToken(openEnvelope(readSmimeEnvelope(Buffer.from(file, "latin1")), privateKey).content);
  } catch (cause) {
    if (!(cause instanceof CryptoError || cause instanceof ProtocolError)) throw cause;
    throw unfit("this is no server token for the certificate of this server: upload that certificate in the portal, then download the token", cause);
  }
}

function unfit(detail: string, cause?: unknown): MusterError {
  return new MusterError("invalid-input", detail, { cause, errors: [{ pointer: "/token", detail }] });
}

async function asked(token: ServerToken): Promise<AccountAnswer> {
  try {
    return await readAccount(token);
  } catch (cause) {
    if (!(cause instanceof AssignmentError)) throw cause;
    const { label, meaning } = ADE_PROBLEMS[cause.problem];
    throw new MusterError("apple-refused", `${label}: ${meaning} Nothing was changed here.`, { cause, meta: { problem: cause.problem, code: cause.code } });
  }
}

/** Null where both are of one server in one account; what an account does not say is not held against it. */
function accountChange(before: AccountAnswer | null, after: AccountAnswer): { before: object; after: object } | null {
  if (before === null) return null;
  const differs = (key: "server_uuid" | "org_id") => before[key] !== null && after[key] !== null && before[key] !== after[key];
  if (!differs("server_uuid") && !differs("org_id")) return null;
  const told = ({ server_name, server_uuid, org_name, org_id }: AccountAnswer) => ({ serverName: server_name, serverUuid: server_uuid, organization: org_name, organizationId: org_id });
  return { before: told(before), after: told(after) };
}
