import { setTimeout as sleep } from "node:timers/promises";
import type { DeviceCommand } from "./device-command";
import { sharedKeys } from "./device-keys";
import { DEVICE_MODELS, type DeviceModel } from "./device-models";
import { SimulatedDevice, type Deviation } from "./simulated-device";

const OWNERS = (
  "Aisha Anna Ben Carlos Chiara Daniel Elif Emma Eva Fatima Felix Hana Ivan Jonas Julia Kim Lea Leon Lin Luca Maja Mateo Mia Nina Noah " +
  "Omar Paul Priya Rosa Sam Sara Sofia Theo Tom Yuki Zoe"
).split(" ");
/** A company's mix: mostly phones, then Macs, then tablets. */
const MIX = ["iPhone", "Mac", "iPhone", "iPad", "iPhone", "Mac", "iPhone", "iPhone", "iPad", "Mac"] as const;
const CONCURRENCY = 4;

/** Request types no device ever puts off (Apple, "Handling NotNow status responses"). */
const NEVER_DEFERRED = new Set(
  ("DeviceInformation ProfileList DeviceLock EraseDevice ClearPasscode ProvisioningProfileList InstalledApplicationList Restrictions " +
    "RestartDevice ShutDownDevice UserList RemoveProfile").split(" "),
);
const RETRY_MS = 5_000;
const BOOT_MS = 8_000;

export interface FleetListener {
  enrolled(device: SimulatedDevice): void;
  failed(error: unknown): void;
  session(device: SimulatedDevice, commands: readonly DeviceCommand[]): void;
  left(device: SimulatedDevice): void;
}

/** Many devices with moods of their own: some take a second, some say NotNow and come back later. */
export class SimulatedFleet {
  readonly #devices = new Map<string, SimulatedDevice>();
  readonly #waking = new Set<string>();
  readonly #listener: FleetListener;

  constructor(listener: FleetListener) {
    this.#listener = listener;
  }

  get size(): number {
    return this.#devices.size;
  }

  /** Enrolls `count` devices through one link, a few at a time; one that fails does not hinder the others. */
  async enroll(profileUrl: string, count: number): Promise<void> {
    const keys = sharedKeys();
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < count) {
        const index = next++;
        const model = modelFor(index);
        const device = new SimulatedDevice({ model, name: nameFor(index, model), keys });
        device.temper = (command) => mood(command);
        try {
          await device.enroll(profileUrl);
          this.#devices.set(device.udid, device);
          this.#listener.enrolled(device);
        } catch (error) {
          this.#listener.failed(error);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, count) }, work));
  }

  /** What APNs would do with a push for this device; nothing when it is not one of ours. */
  push(udid: string): void {
    this.#wakeIn(udid, between(200, 1_500));
  }

  /** One session is enough for pushes that come close together. */
  #wakeIn(udid: string, delayMs: number): void {
    const device = this.#devices.get(udid);
    if (device === undefined || this.#waking.has(udid)) return;
    this.#waking.add(udid);
    setTimeout(() => {
      this.#waking.delete(udid);
      void this.#wake(device).catch(() => this.#wakeIn(udid, RETRY_MS));
    }, delayMs).unref();
  }

  async #wake(device: SimulatedDevice): Promise<void> {
    const commands = await device.wake();
    if (commands.length > 0) this.#listener.session(device, commands);
    if (!device.managed) {
      this.#devices.delete(device.udid);
      this.#listener.left(device);
    } else if (commands.some(({ requestType }) => requestType === "RestartDevice")) this.#wakeIn(device.udid, BOOT_MS);
    // Only a NotNow as the last word makes a device come back without a push.
    else if (device.lastStatus === "NotNow") this.#wakeIn(device.udid, between(20_000, 60_000));
  }
}

async function mood(command: DeviceCommand): Promise<Deviation | null> {
  if (Math.random() < 0.3) await sleep(between(100, 1_000));
  return !NEVER_DEFERRED.has(command.requestType) && Math.random() < 0.08 ? { kind: "not-now" } : null;
}

function modelFor(index: number): DeviceModel {
  const family = MIX[index % MIX.length];
  const models = DEVICE_MODELS.filter((model) => model.family === family);
  const model = models[Math.floor(index / MIX.length) % models.length];
  if (model === undefined) throw new Error("a family has no model");
  return model;
}

/** "Kim's iPhone", and from the second round on "Kim's iPhone 2". */
function nameFor(index: number, model: DeviceModel): string {
  const round = Math.floor(index / OWNERS.length);
  return `${OWNERS[index % OWNERS.length] ?? "Kim"}'s ${model.modelName}${round === 0 ? "" : ` ${round + 1}`}`;
}

function between(low: number, high: number): number {
  return low + Math.random() * (high - low);
}
