import { MusterError } from "@/lib/contracts/errors";
import type { AdmissionState } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { readDeviceFacts } from "@/lib/devices/device-store";
import type { EnrollmentRow } from "@/lib/devices/enrollment-store";
import { askAdmission } from "@/lib/enrollment/admission-service";
import { readAdmissionState } from "@/lib/enrollment/admission-store";
import { readLinkRow } from "@/lib/enrollment/link-store";
import type { AuthenticateMessage } from "@/lib/protocol/checkin-message";

/** Whether this life may begin; by a link that lets everybody in it may. */
export async function admissionOf(tx: Executor, life: EnrollmentRow): Promise<AdmissionState> {
  const link = life.linkId === null ? null : await readLinkRow(tx, life.linkId);
  if (link === null || link.admission !== "approve") return "approved";
  const { serialNumber, udid, productName, osVersion } = await readDeviceFacts(tx, life.deviceId);
  return askAdmission(tx, { linkId: link.id, key: serialNumber ?? life.channelKey, serialNumber, udid, productName, osVersion, enrollmentId: life.id });
}

/** Whom an admin has refused does not even begin: a refusal that is repeated would use up the hourly limit of 401. @throws MusterError identity-refused */
export async function checkNotRefused(tx: Executor, linkId: string | null, message: AuthenticateMessage): Promise<void> {
  const key = message.serialNumber ?? message.channel?.deviceKey;
  if (linkId === null || key === undefined || (await readAdmissionState(tx, linkId, key)) !== "refused") return;
  throw new MusterError("identity-refused", "an admin has refused this device");
}
