import { booleanField, dataField, textField } from "./plist/plist-fields";
import { isDictionary, type PlistDictionary } from "./plist/plist-value";
import { readPlist } from "./plist/read-plist";
import { ProtocolError } from "./protocol-error";

/** What a device says of itself before it is managed (Apple's schema, other/machineinfo): in ADE, OTA and account-driven enrollment. */
export interface MachineInfo {
  /** Null in User Enrollment. */
  udid: string | null;
  /** Null in User Enrollment. */
  serialNumber: string | null;
  /** "iPhone16,1" */
  productName: string;
  buildVersion: string | null;
  /** Since iOS 17 and macOS 14. */
  osVersion: string | null;
  imei: string | null;
  meid: string | null;
  language: string | null;
  /** It can be told to update before it enrolls. */
  canUpdate: boolean;
  /** What lists of available systems call this model. */
  softwareUpdateDeviceId: string | null;
  /** Apple Watch: proof of the phone it belongs to. */
  pairingToken: Uint8Array | null;
  /** All of it. */
  body: PlistDictionary;
}

/** Facts for people; longer ones are none. */
const LONGEST_FACT = 200;

/**
 * Reads a MachineInfo property list. Keys that are missing or of another type are null.
 * @throws ProtocolError plist-malformed, or message-malformed when it is no dictionary or names no product
 */
export function readMachineInfo(bytes: Uint8Array): MachineInfo {
  const body = readPlist(bytes);
  if (!isDictionary(body)) throw new ProtocolError("message-malformed", "the machine info is not a dictionary");
  const fact = (key: string): string | null => textField(body, key)?.replaceAll("\0", "").slice(0, LONGEST_FACT) ?? null;
  const productName = fact("PRODUCT");
  if (productName === null) throw new ProtocolError("message-malformed", "the machine info names no product");
  return {
    udid: fact("UDID"),
    serialNumber: fact("SERIAL"),
    productName,
    buildVersion: fact("VERSION"),
    osVersion: fact("OS_VERSION"),
    imei: fact("IMEI"),
    meid: fact("MEID"),
    language: fact("LANGUAGE"),
    canUpdate: booleanField(body, "MDM_CAN_REQUEST_SOFTWARE_UPDATE") ?? false,
    softwareUpdateDeviceId: fact("SOFTWARE_UPDATE_DEVICE_ID"),
    pairingToken: dataField(body, "PAIRING_TOKEN"),
    body,
  };
}
