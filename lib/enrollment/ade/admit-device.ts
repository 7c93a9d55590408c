import type { AdeRefusal } from "@/lib/contracts/ade-words";
import type { Executor } from "@/lib/db/database";
import { askAdmission } from "../admission-service";
import type { AdeConfigurationRow } from "./configuration-store";
import { isKnownSerial } from "./device-store";

/** A device that has proved its serial number. */
export interface Applicant {
  serialNumber: string;
  udid: string | null;
  productName: string;
  osVersion: string | null;
}

/** Whether a configuration lets this device enroll; null: it does. One that has to be approved is put before the admins. */
export async function admissionRefusal(tx: Executor, configuration: AdeConfigurationRow, device: Applicant): Promise<AdeRefusal | null> {
  switch (configuration.admission) {
    case "anyone":
      return null;
    case "allow-list":
      return configuration.serials.includes(device.serialNumber.toUpperCase()) ? null : "not-listed";
    case "known":
      return (await isKnownSerial(tx, device.serialNumber)) ? null : "not-known";
    case "approve": {
      const state = await askAdmission(tx, { ...device, linkId: configuration.linkId, key: device.serialNumber, enrollmentId: null });
      return state === "approved" ? null : state === "refused" ? "not-approved" : "waiting-for-approval";
    }
  }
}
