import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { modelOf, type DeviceFamily, type DeviceModel } from "./device-models";

/** One piece of hardware: what survives an erase. */
export interface DeviceHardware {
  model: DeviceModel;
  udid: string;
  serialNumber: string;
  /** Spelled in groups, as iOS sends it; null without a modem. */
  imei: string | null;
  meid: string | null;
  wifiMac: string;
  bluetoothMac: string;
}

export interface HardwareWishes {
  model?: DeviceFamily | DeviceModel;
  udid?: string;
  serialNumber?: string;
}

// No vowels and no characters that are read for another.
const SERIAL_ALPHABET = "CDFGHJKLMNPQRTVWXY0234679";

export function inventHardware(wishes: HardwareWishes = {}): DeviceHardware {
  const wanted = wishes.model ?? "iPhone";
  const model = typeof wanted === "string" ? modelOf(wanted) : wanted;
  const imei = model.cellular ? inventImei() : null;
  return {
    model,
    udid: wishes.udid ?? (model.family === "Mac" ? randomUUID().toUpperCase() : inventUdid()),
    serialNumber: wishes.serialNumber ?? pick(10, SERIAL_ALPHABET),
    imei: imei === null ? null : `${imei.slice(0, 2)} ${imei.slice(2, 8)} ${imei.slice(8, 14)} ${imei.slice(14)}`,
    meid: imei === null ? null : imei.slice(0, 14),
    wifiMac: inventMac(),
    bluetoothMac: inventMac(),
  };
}

/** Chip and board number, as on iPhones and iPads since 2018. */
function inventUdid(): string {
  return `00008130-${randomBytes(8).toString("hex").toUpperCase()}`;
}

/** Fourteen digits and their Luhn digit. */
function inventImei(): string {
  const digits = `35${pick(12, "0123456789")}`;
  const sum = [...digits].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function inventMac(): string {
  return `5c:1b:f4:${[...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, "0")).join(":")}`;
}

function pick(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
}
