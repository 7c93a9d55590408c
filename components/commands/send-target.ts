import type { BatchTarget } from "@/lib/contracts/batches";
import type { DeviceDto } from "@/lib/contracts/devices";

/** Whom a command goes to: one device, or many at once. */
export type SendTarget = { kind: "device"; device: DeviceDto } | { kind: "many"; target: BatchTarget; /** "3 devices", "the group Sales". */ words: string };

/** The target in a sentence: "To …". */
export function targetWords(target: SendTarget): string {
  if (target.kind === "many") return target.words;
  return target.device.name ?? target.device.serialNumber ?? "this device";
}

/** What is typed before something that cannot be taken back: the serial number, or how many devices can take it (null for one device). */
export function confirmationOf(target: SendTarget, eligible: number | null): { what: string; word: string } {
  if (target.kind === "many") return { what: "the number of devices that can take it", word: String(eligible ?? "") };
  const { serialNumber } = target.device;
  return serialNumber === null ? { what: "the name", word: targetWords(target) } : { what: "the serial number", word: serialNumber };
}
