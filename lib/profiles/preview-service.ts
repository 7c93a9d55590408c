import { MusterError } from "@/lib/contracts/errors";
import { database } from "@/lib/db/database";
import { readableProfile, type ReadableProfile } from "@/lib/protocol/library/readable-profile";
import { fillDictionary } from "@/lib/protocol/library/variables";
import { missingValues } from "./device-content";
import { openProfile } from "./open-profile";
import { openVersions, readVersionRow } from "./profile-store";
import { readValues } from "./reconcile-store";

/** A version with its secrets masked; for a device, with the variables filled in as they would be sent. @throws MusterError not-found */
export async function previewVersion(id: string, number: number, deviceId: string | null): Promise<ReadableProfile & { missing: string[] }> {
  const { pool } = database();
  const version = await readVersionRow(pool, id, number);
  const file = version === null ? undefined : (await openVersions(pool, [version.id])).get(version.id);
  if (version === null || file === undefined) throw new MusterError("not-found", `there is no version ${number} of a profile ${id}`);
  const { content } = openProfile(file);
  if (deviceId === null) return { ...readableProfile(content), missing: [] };
  const values = await readValues(pool, deviceId);
  if (values === null) throw new MusterError("not-found", `no device ${deviceId}`);
  return { ...readableProfile(fillDictionary(content, values)), missing: missingValues(version.variables, values) };
}
