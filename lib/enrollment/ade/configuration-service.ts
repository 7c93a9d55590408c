import { randomUUID } from "node:crypto";
import { config } from "@/lib/config/config";
import { ADE_DEFAULTS, type AdeConfigurationChange, type AdeConfigurationKeys, type AdeProfileKeys, type NewAdeConfiguration } from "@/lib/contracts/ade";
import { MusterError } from "@/lib/contracts/errors";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { readCertificate } from "@/lib/crypto/certificate";
import { database } from "@/lib/db/database";
import { signal } from "@/lib/db/signals";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { ALL_ACCESS_RIGHTS } from "@/lib/protocol/profile/access-rights";
import { assignmentProfile, type AssignmentProfile } from "@/lib/protocol/ade/assignment-profile";
import { linkToken } from "../link-service";
import type { LinkRules } from "../link-store";
import { changeOwnedLink, revokeLinkRow } from "../link-store";
import { createOwnedLink, writingLink } from "../owned-link-service";
import { tlsAnchors } from "../tls-anchors";
import { makeConfigurationDue } from "./assignment-store";
import type { AdeConfigurationRow } from "./configuration-store";
import { insertConfiguration, listConfigurationRows, readConfigurationRow, removeConfiguration, updateConfiguration } from "./configuration-store";

const TAKEN = "there is a configuration of this name already";

/** @throws MusterError conflict when the name is taken, invalid-input */
export async function createConfiguration(body: NewAdeConfiguration, actor: string): Promise<AdeConfigurationRow> {
  const keys = checked({ ...ADE_DEFAULTS, ...body });
  const id = randomUUID();
  await writingLink(TAKEN, () =>
    transaction(async (tx) => {
      const link = await createOwnedLink(tx, { ...linkRules(keys), kind: "ade", name: keys.name, simulated: keys.simulated, createdBy: actor });
      await insertConfiguration(tx, { ...columnsOf(id, keys), linkId: link.id, createdBy: actor });
      await recordEvents(tx, [{ kind: "ade.configuration-created", actor, linkId: link.id, data: { configurationId: id, name: keys.name, admission: keys.admission } }]);
    }),
  );
  return readConfiguration(id);
}

/**
 * What enrolls from now on follows the change. Where it concerns what Apple was told, all devices of the configuration
 * are told again. @throws MusterError not-found, conflict when the name is taken, invalid-input
 */
export async function changeConfiguration(id: string, change: AdeConfigurationChange, actor: string): Promise<AdeConfigurationRow> {
  const row = await readConfiguration(id);
  const told = JSON.stringify(await profileForApple(row));
  const keys = checked({ ...row.profile, name: row.name, admission: row.admission, webPage: row.webPage, minimumOs: row.minimumOs, serials: row.serials, groupId: row.groupId, simulated: row.simulated, ...change });
  await writingLink(TAKEN, () =>
    transaction(async (tx) => {
      await changeOwnedLink(tx, row.linkId, { ...linkRules(keys), name: keys.name });
      await updateConfiguration(tx, columnsOf(id, keys));
      const now = await readConfigurationRow(tx, id);
      if (now !== null && JSON.stringify(await profileForApple(now)) !== told) await makeConfigurationDue(tx, id);
      await recordEvents(tx, [{ kind: "ade.configuration-changed", actor, linkId: row.linkId, data: { configurationId: id, name: keys.name, changed: Object.keys(change) } }]);
      signal("ade");
    }),
  );
  return readConfiguration(id);
}

/** Devices that enrolled through it stay enrolled. @throws MusterError not-found, conflict while it is assigned to devices */
export async function deleteConfiguration(id: string, actor: string): Promise<AdeConfigurationRow> {
  const row = await readConfiguration(id);
  if (row.devices > 0) throw new MusterError("conflict", `${row.devices} devices are assigned to it, and Setup Assistant would send them nowhere: assign them to another configuration first`, { meta: { devices: row.devices } });
  await transaction(async (tx) => {
    await removeConfiguration(tx, id);
    await revokeLinkRow(tx, row.linkId);
    await recordEvents(tx, [{ kind: "ade.configuration-deleted", actor, linkId: row.linkId, data: { configurationId: id, name: row.name } }]);
  });
  return row;
}

/** @throws MusterError not-found */
export async function readConfiguration(id: string): Promise<AdeConfigurationRow> {
  const row = await readConfigurationRow(database().pool, id);
  if (row === null) throw new MusterError("not-found", `no configuration ${id} for Automated Device Enrollment`);
  return row;
}

export function listConfigurations(): Promise<AdeConfigurationRow[]> {
  return listConfigurationRows();
}

/** Where Setup Assistant posts its MachineInfo, and the page it may show instead. */
export function configurationUrls(row: Pick<AdeConfigurationRow, "linkId" | "tokenSealed">): { enrollmentUrl: string; webUrl: string } {
  const token = linkToken({ id: row.linkId, tokenSealed: row.tokenSealed });
  const { publicUrl } = config();
  return { enrollmentUrl: `${publicUrl}/ade/enroll?token=${token}`, webUrl: `${publicUrl}/ade/web?token=${token}` };
}

/** What Apple is told of it. */
export async function profileForApple(row: AdeConfigurationRow): Promise<AssignmentProfile> {
  const { enrollmentUrl, webUrl } = configurationUrls(row);
  return assignmentProfile(row.profile, { name: row.name, url: enrollmentUrl, webUrl: row.webPage === "none" ? null : webUrl, anchors: await tlsAnchors() });
}

function checked(keys: AdeConfigurationKeys): AdeConfigurationKeys {
  const errors = [
    ...(keys.isMdmRemovable || keys.isSupervised ? [] : [{ pointer: "/isMdmRemovable", detail: "only a supervised device may be kept from removing its management" }]),
    ...(keys.admission === "allow-list" && keys.serials.length === 0 ? [{ pointer: "/serials", detail: "nobody could enroll: list serial numbers" }] : []),
    ...badCertificates("anchorCerts", keys.anchorCerts),
    ...badCertificates("supervisingHostCerts", keys.supervisingHostCerts),
  ];
  if (errors.length > 0) throw new MusterError("invalid-input", "some values do not fit", { errors });
  return keys;
}

function badCertificates(key: string, certificates: readonly string[]) {
  return certificates.flatMap((base64, index) => (isCertificate(base64) ? [] : [{ pointer: `/${key}/${index}`, detail: "is no certificate" }]));
}

function isCertificate(base64: string): boolean {
  try {
    readCertificate(Buffer.from(base64, "base64"));
    return true;
  } catch (error) {
    if (error instanceof CryptoError) return false;
    throw error;
  }
}

/** Serial numbers bind a link whatever else it says, so they stand there only where the admission is by list. */
function linkRules(keys: AdeConfigurationKeys): LinkRules {
  return {
    identityKind: "scep", serials: keys.admission === "allow-list" ? keys.serials : [], admission: keys.admission === "approve" ? "approve" : "open", restorePolicy: null, groupId: keys.groupId, owner: null,
    accessRights: ALL_ACCESS_RIGHTS,
  };
}

function columnsOf(id: string, keys: AdeConfigurationKeys) {
  const { name, admission, webPage, minimumOs, serials: _serials, groupId: _groupId, simulated: _simulated, ...profile } = keys;
  return { id, name, admission, webPage, minimumOs, profile: profile satisfies AdeProfileKeys };
}
