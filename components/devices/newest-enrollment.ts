import type { DeviceDto, EnrollmentDto } from "@/lib/contracts/devices";

/** The newest life on the device channel; null when there was none. */
export function newestEnrollment(device: DeviceDto): EnrollmentDto | null {
  return device.enrollments.find((enrollment) => enrollment.channel === "device") ?? null;
}

/** Can this device still be given work? */
export function isLive(device: DeviceDto): boolean {
  return device.state !== null && device.state !== "ended";
}

/** The newest answer to one kind of question; null when there is none. */
export function factOf(device: DeviceDto, kind: string): DeviceDto["inventory"][number] | null {
  return device.inventory.find((fact) => fact.kind === kind) ?? null;
}

/** How far the end of its management is, while that goes on; null otherwise. */
export function terminationUnderWay(device: DeviceDto): EnrollmentDto["termination"] {
  return device.enrollments.find((life) => life.channel === "device" && life.endedAt === null && life.termination !== null)?.termination ?? null;
}
