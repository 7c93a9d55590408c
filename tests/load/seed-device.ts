import { randomUUID } from "node:crypto";
import { DEVICE_MODELS } from "../support/device-models";
import { nameOf, personOf, pick, serialOf, weighted, type Random } from "./seed-people";

const DAY_MS = 86_400_000;
const PLATFORM = { iPhone: "ios", iPad: "ipados", Mac: "macos", AppleTV: "tvos" } as const;
const VERSIONS = {
  ios: [["18.1", 40], ["18.0.1", 15], ["17.7", 14], ["17.6.1", 11], ["17.5", 6], ["16.7.10", 8], ["15.8.3", 2], ["18.2", 4]],
  ipados: [["18.1", 38], ["18.0", 14], ["17.7", 20], ["17.6.1", 14], ["16.7.10", 14]],
  macos: [["15.1", 42], ["15.0.1", 12], ["14.7", 24], ["14.6.1", 8], ["13.7.1", 11], ["12.7.6", 3]],
  tvos: [["18.1", 70], ["17.6.1", 30]],
} as const satisfies Record<string, readonly (readonly [string, number])[]>;

type State = "enrolled" | "authenticating" | "quarantined" | "unenrolling" | "ended";
type PushHealth = "good" | "unanswered" | "failing" | "dead";

/** One device of the fleet, drawn by lot. */
export interface SeededDevice {
  id: string;
  enrollmentId: string;
  udid: string;
  serialNumber: string;
  name: string;
  platform: (typeof PLATFORM)[keyof typeof PLATFORM];
  model: (typeof DEVICE_MODELS)[number];
  osVersion: string;
  supervised: boolean;
  state: State;
  push: PushHealth;
  awaitingConfiguration: boolean;
  addedAt: Date;
  lastSeenAt: Date;
  /** When its certificate ends. */
  identityEndsAt: Date;
  /** It was managed here before. */
  hadEarlierLife: boolean;
  user: { shortName: string; longName: string } | null;
  linkNumber: number;
  groups: number[];
}

export const LINKS = ["Front desk", "Warehouse iPads", "Staff Macs", "Meeting rooms"];
export const GROUPS: readonly (readonly [string, number])[] = [
  ["Sales", 0.12], ["Warehouse", 0.18], ["Field service", 0.09], ["Classrooms", 0.25], ["Meeting rooms", 0.04], ["Executives", 0.002], ["Beta testers", 0.03], ["Kiosks", 0.06],
];

export function drawDevice(random: Random, number: number, now: number): SeededDevice {
  const model = weighted(random, DEVICE_MODELS.map((each) => [each, each.family === "AppleTV" ? 3 : each.family === "Mac" ? 8 : 14] as const));
  const platform = PLATFORM[model.family];
  const addedAt = now - (3 + random() * 720) * DAY_MS;
  const state = weighted<State>(random, [["enrolled", 938], ["ended", 45], ["unenrolling", 6], ["authenticating", 6], ["quarantined", 5]]);
  const silence = weighted(random, [[random() * 0.04, 30], [random(), 45], [random() * 7, 16], [7 + random() * 60, 9]]) * DAY_MS;
  return {
    id: randomUUID(),
    enrollmentId: randomUUID(),
    udid: randomUUID().toUpperCase(),
    serialNumber: serialOf(random),
    name: nameOf(random, model.marketingName.replace(/ \(.*/, ""), number),
    platform,
    model,
    osVersion: weighted(random, VERSIONS[platform]),
    supervised: random() < 0.7,
    state,
    push: state === "ended" ? "good" : weighted<PushHealth>(random, [["good", 920], ["unanswered", 62], ["failing", 8], ["dead", 10]]),
    awaitingConfiguration: state === "enrolled" && random() < 0.004,
    addedAt: new Date(addedAt),
    lastSeenAt: new Date(Math.max(addedAt, now - silence)),
    identityEndsAt: new Date(now + (random() < 0.02 ? random() * 30 : 30 + random() * 700) * DAY_MS),
    hadEarlierLife: random() < 0.12,
    user: platform === "macos" && random() < 0.8 ? personOf(random) : null,
    linkNumber: Math.floor(random() * LINKS.length),
    groups: GROUPS.flatMap(([, share], index) => (random() < share ? [index] : [])),
  };
}

/** What the device has last said of itself. */
export function inventoryOf(device: SeededDevice, random: Random): { kind: string; value: Record<string, unknown> }[] {
  const { model } = device;
  return [
    {
      kind: "DeviceInformation",
      value: {
        UDID: device.udid, SerialNumber: device.serialNumber, DeviceName: device.name, OSVersion: device.osVersion, BuildVersion: model.buildVersion, Model: model.model,
        ModelName: model.modelName, ProductName: model.productName, DeviceCapacity: model.capacityGb, AvailableDeviceCapacity: Math.round(model.capacityGb * random() * 100) / 100,
        BatteryLevel: Math.round(random() * 100) / 100, IsSupervised: device.supervised, IsMultiUser: false,
      },
    },
    {
      kind: "SecurityInfo",
      value: {
        PasscodePresent: random() < 0.93, PasscodeCompliant: random() < 0.9,
        ManagementStatus: { EnrolledViaDEP: device.supervised, IsUserEnrollment: false, UserApprovedEnrollment: true },
        ...(device.platform === "macos" ? { FDE_Enabled: random() < 0.85, SystemIntegrityProtectionEnabled: true } : { HardwareEncryptionCaps: 3 }),
      },
    },
  ];
}

type CommandState = "acknowledged" | "failed" | "queued" | "delivered" | "deferred" | "expired" | "cancelled";

/** What it was told lately, and what became of it. */
export function commandsOf(device: SeededDevice, random: Random, now: number): { requestType: string; state: CommandState; queuedAt: Date; endedAt: Date | null }[] {
  const count = weighted(random, [[1, 30], [2, 40], [3, 20], [5, 10]]);
  return Array.from({ length: count }, () => {
    const queuedAt = now - random() ** 2 * 20 * DAY_MS;
    const ended = device.state === "ended" || random() < 0.95;
    const state = ended
      ? weighted<CommandState>(random, [["acknowledged", 955], ["failed", 14], ["expired", 16], ["cancelled", 15]])
      : weighted<CommandState>(random, [["queued", 70], ["delivered", 12], ["deferred", 18]]);
    const requestType = pick(random, ["DeviceInformation", "SecurityInfo", "InstalledApplicationList", "ProfileList", "CertificateList", "RestartDevice"]);
    return { requestType, state, queuedAt: new Date(queuedAt), endedAt: ended ? new Date(Math.min(now, queuedAt + random() * 7_200_000)) : null };
  });
}
