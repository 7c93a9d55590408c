import { perform } from "../support/device-answers";
import { sharedKeys } from "../support/device-keys";
import { DEVICE_MODELS } from "../support/device-models";
import type { MusterServer } from "../support/muster-server";
import type { SignedMessage } from "../support/signed-message";
import { SimulatedDevice } from "../support/simulated-device";
import type { Dialogue } from "./load-message";

const CONCURRENCY = 4;
const QUERIES = ["UDID", "DeviceName", "OSVersion", "BuildVersion", "ModelName", "Model", "ProductName", "SerialNumber", "DeviceCapacity", "BatteryLevel", "IsSupervised", "WiFiMAC", "BluetoothMAC"];

/** Devices that have enrolled and have answered everything a new enrollment is asked. */
export async function enrollFleet(server: MusterServer, count: number): Promise<SimulatedDevice[]> {
  const body = { name: "Load", simulated: true, maxUses: count };
  const { profileUrl } = await server.api.call("createLink", { body });
  const keys = sharedKeys();
  return inParallel(Array.from({ length: count }, (_, index) => index), async (index) => {
    const model = DEVICE_MODELS[index % DEVICE_MODELS.length] ?? "iPhone";
    const device = await SimulatedDevice.enroll(profileUrl, { model, keys });
    await device.runSession();
    return device;
  });
}

/** One request, no command, for each device. */
export function idlePolls(devices: readonly SimulatedDevice[]): Dialogue[] {
  return devices.map((device) => ({ requests: [onTheWire(device.signReport("Idle"))], expectsBody: [false] }));
}

/** Queues a command for each device. Two requests: Idle brings the command, and its answer brings nothing more. */
export async function roundTrips(server: MusterServer, devices: readonly SimulatedDevice[]): Promise<Dialogue[]> {
  const ids = await deviceIds(server);
  return inParallel(devices, async (device) => {
    const id = ids.get(device.udid);
    if (id === undefined) throw new Error("the server does not list a device that has enrolled");
    const parameters = { Queries: QUERIES };
    const body = { requestType: "DeviceInformation", parameters, push: false, deduplicate: false };
    const { commandUuid } = await server.api.call("sendCommand", { params: { id }, body });
    const answer = perform(device.state, "DeviceInformation", parameters).body;
    const requests = [device.signReport("Idle"), device.signReport("Acknowledged", commandUuid, answer)];
    return { requests: requests.map(onTheWire), expectsBody: [true, false] };
  });
}

async function deviceIds(server: MusterServer): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await server.api.call("listDevices", { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } });
    for (const { udid, id } of page.items) if (udid !== null) ids.set(udid, id);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

function onTheWire(message: SignedMessage): Buffer {
  const url = new URL(message.url);
  const headers = { host: url.host, ...message.headers, "content-length": String(message.body.length), connection: "keep-alive" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${message.method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join("")}\r\n`), message.body]);
}

/** Results in the order of the items. */
async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return results;
}
