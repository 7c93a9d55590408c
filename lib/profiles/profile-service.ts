import { randomUUID } from "node:crypto";
import type { AssignProfileBody, ChangeProfileBody, UploadProfileBody } from "@/lib/contracts/profiles";
import { MusterError } from "@/lib/contracts/errors";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { pageOf, type Page } from "@/lib/db/page";
import { isUniqueViolation } from "@/lib/db/storage-errors";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { LintFinding } from "@/lib/protocol/library/lint-finding";
import type { InspectedProfile } from "./lint-service";
import { acceptableProfile } from "./lint-service";
import type { NewVersion, ProfileRow, VersionRow } from "./profile-store";
import {
  countProfileRows, findIdentifier, insertProfile, insertVersion, isAssigned, listProfileRows, listVersionRows, lockProfile, openVersions, readProfileRow, readVersionRow,
  removeProfile, setAssignments, setCurrentVersion, setWords,
} from "./profile-store";
import { refreshHolders } from "./refresh-schedule";

/**
 * Takes a file into the library. It reaches no device before it is assigned.
 * @throws MusterError invalid-input, conflict with the profile in `meta` that has this identifier
 */
export async function uploadProfile(body: UploadProfileBody, actor: string): Promise<ProfileRow> {
  const file = Buffer.from(body.content, "base64");
  const inspected = acceptableProfile(file);
  const { identifier } = inspected;
  try {
    return await transaction(async (tx) => {
      const known = await findIdentifier(tx, identifier);
      if (known !== null) throw taken(known);
      const id = randomUUID();
      const name = body.name ?? ((inspected.displayName ?? "").replaceAll(/\p{C}/gu, "").trim().slice(0, 200) || identifier.slice(0, 200));
      await insertProfile(tx, { id, identifier, name, note: body.note ?? "", createdBy: actor });
      await insertVersion(tx, versionOf(id, file, inspected, actor));
      await recordEvents(tx, [{ kind: "configuration-profile.uploaded", actor, data: { profileId: id, identifier, name } }]);
      return existing(tx, id);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw taken(null, error);
    throw error;
  }
}

/**
 * Adds a version, which its devices get from now on. A file equal to the current version changes nothing.
 * @throws MusterError not-found, invalid-input, conflict for one with errors while it is assigned
 */
export async function uploadVersion(id: string, content: string, actor: string): Promise<ProfileRow> {
  const file = Buffer.from(content, "base64");
  const inspected = acceptableProfile(file);
  return transaction(async (tx) => {
    const { identifier, version, name } = await locked(tx, id);
    if (inspected.identifier !== identifier) {
      throw new MusterError("invalid-input", "this is another profile", { errors: [{ pointer: "/content", detail: `its PayloadIdentifier is ${inspected.identifier}, and not ${identifier}` }] });
    }
    const current = await readVersionRow(tx, id, version);
    if (current?.digest === sha256Hex(file)) return existing(tx, id);
    await refuseErrors(tx, id, inspected.findings);
    const number = await insertVersion(tx, versionOf(id, file, inspected, actor));
    await refreshHolders(tx, [id]);
    await recordEvents(tx, [{ kind: "configuration-profile.version-added", actor, data: { profileId: id, identifier, name, version: number } }]);
    return existing(tx, id);
  });
}

/** Renames it, or lets its devices have another version. @throws MusterError not-found, conflict for a version with errors while it is assigned */
export async function changeProfile(id: string, body: ChangeProfileBody, actor: string): Promise<ProfileRow> {
  return transaction(async (tx) => {
    const profile = await locked(tx, id);
    const words = { name: body.name ?? profile.name, note: body.note ?? profile.note };
    if (words.name !== profile.name || words.note !== profile.note) await setWords(tx, id, words);
    if (body.version !== undefined && body.version !== profile.version) {
      const version = await readVersionRow(tx, id, body.version);
      if (version === null) throw new MusterError("not-found", `the profile has no version ${body.version}`);
      await refuseErrors(tx, id, version.findings);
      await setCurrentVersion(tx, id, body.version);
      await refreshHolders(tx, [id]);
    }
    await recordEvents(tx, [{ kind: "configuration-profile.changed", actor, data: { profileId: id, identifier: profile.identifier, name: words.name, version: body.version ?? profile.version } }]);
    return existing(tx, id);
  });
}

/** Says which groups get it, in place of those before. @throws MusterError not-found, invalid-input, conflict for one with errors */
export async function assignProfile(id: string, { groupIds }: AssignProfileBody, actor: string): Promise<ProfileRow> {
  return transaction(async (tx) => {
    const { identifier, name, version } = await locked(tx, id);
    await refreshHolders(tx, [id]);
    const unknown = new Set(await setAssignments(tx, id, groupIds));
    if (unknown.size > 0) {
      const errors = groupIds.flatMap((groupId, index) => (unknown.has(groupId) ? [{ pointer: `/groupIds/${index}`, detail: "there is no such group" }] : []));
      throw new MusterError("invalid-input", "some groups are not known", { errors });
    }
    await refuseErrors(tx, id, (await readVersionRow(tx, id, version))?.findings ?? []);
    await refreshHolders(tx, [id]);
    await recordEvents(tx, [{ kind: "configuration-profile.assigned", actor, data: { profileId: id, identifier, name, groupIds: groupIds.slice(0, 100) } }]);
    return existing(tx, id);
  });
}

/** Takes it out of the library and from all devices. Answers it as it was. @throws MusterError not-found */
export async function deleteProfile(id: string, actor: string): Promise<ProfileRow> {
  return transaction(async (tx) => {
    await locked(tx, id);
    const profile = await existing(tx, id);
    await refreshHolders(tx, [id]);
    await removeProfile(tx, id);
    await recordEvents(tx, [{ kind: "configuration-profile.deleted", actor, data: { profileId: id, identifier: profile.identifier, name: profile.name } }]);
    return profile;
  });
}

/** @throws MusterError not-found */
export async function readProfile(id: string): Promise<ProfileRow> {
  return existing(database().pool, id);
}

/** One page of the library, newest first. */
export async function listProfiles(query: { query?: string | undefined; groupId?: string | undefined; cursor?: string | undefined; limit: number }): Promise<Page<ProfileRow>> {
  const wanted = { query: query.query?.trim() || null, groupId: query.groupId ?? null };
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listProfileRows(wanted, before, query.limit + 1), countProfileRows(wanted)]);
  return pageOf(rows, query.limit, total, (last) => [last.createdAt.toISOString(), last.id]);
}

/** Newest first. @throws MusterError not-found */
export async function listVersions(id: string): Promise<VersionRow[]> {
  const versions = await listVersionRows(database().pool, id);
  if (versions.length === 0) vanished(id);
  return versions;
}

/** A version as it was uploaded, with all its secrets. That it was taken, and by whom, is in the audit log before it is. @throws MusterError not-found */
export async function downloadVersion(id: string, number: number, actor: string): Promise<{ identifier: string; number: number; file: Buffer }> {
  return transaction(async (tx) => {
    const { identifier, name } = await locked(tx, id);
    const version = await readVersionRow(tx, id, number);
    const file = version === null ? undefined : (await openVersions(tx, [version.id])).get(version.id);
    if (file === undefined) throw new MusterError("not-found", `the profile has no version ${number}`);
    await recordEvents(tx, [{ kind: "configuration-profile.downloaded", actor, data: { profileId: id, identifier, name, version: number } }]);
    return { identifier, number, file };
  });
}

function versionOf(profileId: string, file: Buffer, { signer, payloads, variables, findings }: InspectedProfile, createdBy: string): NewVersion {
  return { id: randomUUID(), profileId, content: file, bytes: file.length, digest: sha256Hex(file), signer, payloads, variables, findings, createdBy };
}

/** Devices would refuse it, or it would harm them. */
async function refuseErrors(tx: Executor, id: string, findings: readonly LintFinding[]): Promise<void> {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0 || !(await isAssigned(tx, id))) return;
  const [first] = errors;
  throw new MusterError("conflict", `a version with errors reaches no device: ${first?.pointer} ${first?.detail}`, { meta: { findings: errors.slice(0, 20) } });
}

function taken(profileId: string | null, cause?: unknown): MusterError {
  return new MusterError("conflict", "the library has a profile of this identifier already: upload it as a version of that one", { cause, ...(profileId === null ? {} : { meta: { profileId } }) });
}

async function locked(tx: Executor, id: string): Promise<{ id: string; identifier: string; name: string; note: string; version: number }> {
  return (await lockProfile(tx, id)) ?? vanished(id);
}

async function existing(executor: Executor, id: string): Promise<ProfileRow> {
  return (await readProfileRow(executor, id)) ?? vanished(id);
}

function vanished(id: string): never {
  throw new MusterError("not-found", `no profile ${id}`);
}
