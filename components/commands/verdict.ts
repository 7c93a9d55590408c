import type { DeviceDto } from "@/lib/contracts/devices";
import type { CommandSpec } from "@/lib/protocol/commands/command-spec";
import { eligibility, type EligibilityFacts as Facts } from "@/lib/protocol/commands/eligibility";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";

/** May this command be sent to this device: yes, only by overriding, or no; with the sentences that speak against it. */
export interface Verdict {
  sendable: "yes" | "override" | "no";
  reasons: readonly string[];
}

const FREE: Verdict = { sendable: "yes", reasons: [] };
const ALL_RIGHTS = 8191;

/** With the command as encoded, its settings are judged one by one. Many devices at once are judged by the server alone. */
export function verdictOf(spec: CommandSpec, facts: Facts | null, command: PlistDictionary | null = null): Verdict {
  if (facts === null) return FREE;
  const { eligible, reasons } = eligibility(spec, facts, command);
  if (eligible) return FREE;
  return { sendable: reasons.every((reason) => reason.overridable) ? "override" : "no", reasons: reasons.map((reason) => reason.sentence) };
}

/** What is known of a device and bears on which commands it takes. The server judges again with what it knows itself. */
export function factsOf(device: DeviceDto, channel: "device" | "user"): Facts {
  const management = recordOf(answerOf(device, "SecurityInfo").ManagementStatus);
  const information = answerOf(device, "DeviceInformation");
  const live = device.enrollments.find((enrollment) => enrollment.channel === "device");
  return {
    platform: device.platform,
    osVersion: device.osVersion,
    supervised: device.supervised,
    ade: booleanOf(management.EnrolledViaDEP),
    userEnrollment: device.udid === null && live !== undefined ? true : booleanOf(management.IsUserEnrollment) === true,
    sharedIpad: booleanOf(information.IsMultiUser),
    channel,
    accessRights: ALL_RIGHTS,
    secrets: device.secrets.map((secret) => secret.kind),
  };
}

function answerOf(device: DeviceDto, kind: "SecurityInfo" | "DeviceInformation"): Record<string, unknown> {
  const value = recordOf(device.inventory.find((fact) => fact.kind === kind)?.value);
  return kind in value ? recordOf(value[kind]) : value;
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function booleanOf(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
