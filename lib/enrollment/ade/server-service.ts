import { randomUUID } from "node:crypto";
import { config } from "@/lib/config/config";
import type { ChangeAdeServerBody } from "@/lib/contracts/ade";
import { MusterError } from "@/lib/contracts/errors";
import { createAuthority } from "@/lib/crypto/issue-certificate";
import { database } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";
import { signal } from "@/lib/db/signals";
import { isForeignKeyViolation } from "@/lib/db/storage-errors";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { AdeServerRow } from "./server-store";
import { insertServer, listServerRows, makeSyncDue, readServerRow, removeServer, startOver, updateServer } from "./server-store";

/** Nobody looks at its dates, and a token renewed in nine years is encrypted to it too. */
const CERTIFICATE_DAYS = 3650;

/** Makes the key pair to which the portal encrypts server tokens. */
export async function createServer(body: { name: string }, actor: string): Promise<AdeServerRow> {
  const id = randomUUID();
  const { certificate, privateKeyPkcs8 } = await createAuthority({ commonName: body.name, organization: config().organization, days: CERTIFICATE_DAYS });
  await transaction(async (tx) => {
    const privateKeySealed = seal(privateKeyPkcs8, { table: "AdeServer", row: id, column: "privateKeySealed" });
    await insertServer(tx, { id, name: body.name, certificate, privateKeySealed, createdBy: actor });
    await recordEvents(tx, [{ kind: "ade.server-created", actor, data: { serverId: id, name: body.name } }]);
  });
  return readServer(id);
}

/** @throws MusterError not-found */
export async function readServer(id: string): Promise<AdeServerRow> {
  return (await readServerRow(database().pool, id)) ?? vanished(id);
}

export function listServers(): Promise<AdeServerRow[]> {
  return listServerRows();
}

/** New devices get the default configuration; those that are there already keep what they have. @throws MusterError not-found, invalid-input */
export async function changeServer(id: string, body: ChangeAdeServerBody, actor: string): Promise<AdeServerRow> {
  const server = await readServer(id);
  const { name = server.name, defaultConfigurationId = server.defaultConfigurationId } = body;
  try {
    await transaction(async (tx) => {
      await updateServer(tx, id, { name, defaultConfigurationId });
      await recordEvents(tx, [{ kind: "ade.server-changed", actor, data: { serverId: id, name, defaultConfigurationId } }]);
    });
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error;
    throw new MusterError("invalid-input", "there is no such configuration", { cause: error, errors: [{ pointer: "/defaultConfigurationId", detail: "there is no such configuration" }] });
  }
  return readServer(id);
}

/** Forgets key, token and devices. What is assigned at Apple stays there; what is enrolled stays enrolled. @throws MusterError not-found */
export async function deleteServer(id: string, actor: string): Promise<AdeServerRow> {
  const server = await readServer(id);
  await transaction(async (tx) => {
    await removeServer(tx, id);
    await recordEvents(tx, [{ kind: "ade.server-deleted", actor, data: { serverId: id, name: server.name, devices: server.devices } }]);
  });
  return server;
}

/** Asks Apple now, even where it wanted to be left alone; `full` reads all devices anew. @throws MusterError not-found, conflict without a token */
export async function requestSync(id: string, { full }: { full: boolean }, actor: string): Promise<AdeServerRow> {
  const server = await readServer(id);
  if (server.tokenSealed === null) throw new MusterError("conflict", "there is no server token yet: upload the one from the portal");
  await transaction(async (tx) => {
    if (full) await startOver(tx, id, { forgetProfiles: false });
    await makeSyncDue(tx, id);
    await recordEvents(tx, [{ kind: "ade.sync-requested", actor, data: { serverId: id, name: server.name, full } }]);
    signal("ade");
  });
  return readServer(id);
}

function vanished(id: string): never {
  throw new MusterError("not-found", `no server ${id} for Automated Device Enrollment`);
}
