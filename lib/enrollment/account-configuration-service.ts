import { randomUUID } from "node:crypto";
import { config } from "@/lib/config/config";
import type { ChangeAccountConfigurationBody, NewAccountConfiguration } from "@/lib/contracts/account-driven";
import { MusterError } from "@/lib/contracts/errors";
import { ACCOUNT_MODES, type ModelFamily } from "@/lib/contracts/words";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { database, type Executor } from "@/lib/db/database";
import { pageOf, type Page } from "@/lib/db/page";
import { transaction } from "@/lib/db/transaction";
import { isUuid } from "@/lib/db/uuid";
import { recordEvents } from "@/lib/events/event-log";
import type { AccountConfigurationRow } from "./account-configuration-store";
import {
  countConfigurationRows, insertConfiguration, listConfigurationRows, listConfigurationsOfDomain, readConfigurationRow, removeConfiguration, updateConfiguration,
} from "./account-configuration-store";
import { changeOwnedLink, revokeLinkRow, type LinkRules } from "./link-store";
import { createOwnedLink, writingLink } from "./owned-link-service";

const TAKEN = "this domain has a configuration of this mode already";

/** Where a device asks for its profile. */
export function accountBaseUrl(id: string): string {
  return `${config().publicUrl}/account/${id}/enroll`;
}

/** What a device of this domain has to find (Apple, "Discover Authentication Servers"). */
export function discoveryDocument({ mode, id }: Pick<AccountConfigurationRow, "mode" | "id">): string {
  return JSON.stringify({ Servers: [{ Version: ACCOUNT_MODES[mode].version, BaseURL: accountBaseUrl(id) }] });
}

/** @throws MusterError conflict when another configuration answers the same devices, invalid-input for an unknown group */
export async function createConfiguration(body: NewAccountConfiguration, actor: string): Promise<AccountConfigurationRow> {
  const id = randomUUID();
  const { domain, mode, method, modelFamilies } = body;
  return writingLink(TAKEN, () => transaction(async (tx) => {
    await refuseOverlap(tx, { id, domain, modelFamilies });
    const link = await createOwnedLink(tx, { ...rulesOf(body), kind: "account-driven", name: nameOf(domain, mode), simulated: body.simulated, createdBy: actor });
    await insertConfiguration(tx, { id, domain, mode, method, modelFamilies, linkId: link.id, createdBy: actor });
    await recordEvents(tx, [{ kind: "account-configuration.created", actor, linkId: link.id, data: { id, domain, mode, method } }]);
    return existing(await readConfigurationRow(tx, id), id);
  }));
}

/** @throws MusterError not-found, conflict, invalid-input */
export async function changeConfiguration(id: string, body: ChangeAccountConfigurationBody, actor: string): Promise<AccountConfigurationRow> {
  return writingLink(TAKEN, () => transaction(async (tx) => {
    const row = existing(await readConfigurationRow(tx, id), id);
    const { domain, mode, linkId } = row;
    const wanted = { ...row, identity: row.identityKind, ...body };
    await refuseOverlap(tx, { id, domain, modelFamilies: wanted.modelFamilies });
    await updateConfiguration(tx, id, wanted);
    await changeOwnedLink(tx, linkId, { ...rulesOf(wanted), name: nameOf(domain, mode) });
    await recordEvents(tx, [{ kind: "account-configuration.changed", actor, linkId, data: { id, domain, mode, changed: Object.keys(body) } }]);
    return existing(await readConfigurationRow(tx, id), id);
  }));
}

/** Nobody enrolls by it any more; devices that did stay. @throws MusterError not-found */
export async function deleteConfiguration(id: string, actor: string): Promise<AccountConfigurationRow> {
  return transaction(async (tx) => {
    const row = existing(await readConfigurationRow(tx, id), id);
    await removeConfiguration(tx, id);
    await revokeLinkRow(tx, row.linkId);
    await recordEvents(tx, [{ kind: "account-configuration.deleted", actor, linkId: row.linkId, data: { id, domain: row.domain, mode: row.mode } }]);
    return row;
  });
}

/** Takes whatever stands in an address for an id. @throws MusterError not-found */
export async function readConfiguration(id: string): Promise<AccountConfigurationRow> {
  return existing(isUuid(id) ? await readConfigurationRow(database().pool, id) : null, id);
}

export async function listConfigurations(query: { cursor?: string | undefined; limit: number }): Promise<Page<AccountConfigurationRow>> {
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listConfigurationRows(before, query.limit + 1), countConfigurationRows()]);
  return pageOf(rows, query.limit, total, (last) => [last.createdAt.toISOString(), last.id]);
}

/** The configuration that answers this person's device: one made for its model before one for all. Null when there is none. */
export async function configurationFor(domain: string, modelFamily: string | null): Promise<AccountConfigurationRow | null> {
  const rows = await listConfigurationsOfDomain(database().pool, domain);
  return rows.find((row) => (row.modelFamilies as string[]).includes(modelFamily ?? "")) ?? rows.find((row) => row.modelFamilies.length === 0) ?? null;
}

/** A device expects exactly one answer. */
async function refuseOverlap(tx: Executor, wanted: { id: string; domain: string; modelFamilies: readonly ModelFamily[] }): Promise<void> {
  const others = (await listConfigurationsOfDomain(tx, wanted.domain)).filter((row) => row.id !== wanted.id);
  const same = others.find(({ modelFamilies: theirs }) =>
    wanted.modelFamilies.length === 0 ? theirs.length === 0 : wanted.modelFamilies.some((family) => theirs.includes(family)));
  if (same === undefined) return;
  const detail = `${ACCOUNT_MODES[same.mode].label} of ${wanted.domain} answers these models already: choose others`;
  throw new MusterError("conflict", detail, { errors: [{ pointer: "/modelFamilies", detail }] });
}

function rulesOf(body: Omit<LinkRules, "identityKind" | "serials" | "owner"> & { identity: LinkRules["identityKind"] }): LinkRules {
  const { identity: identityKind, admission, restorePolicy, groupId, accessRights } = body;
  return { identityKind, admission, restorePolicy, groupId, accessRights, serials: [], owner: null };
}

function nameOf(domain: string, mode: AccountConfigurationRow["mode"]): string {
  return `${domain} (${ACCOUNT_MODES[mode].label})`;
}

function existing(row: AccountConfigurationRow | null, id: string): AccountConfigurationRow {
  if (row === null) throw new MusterError("not-found", `no account-driven enrollment ${id}`);
  return row;
}
