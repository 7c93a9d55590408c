import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll } from "vitest";
import type { CommandDto, SendCommandBody } from "@/lib/contracts/commands";
import type { DeviceDto } from "@/lib/contracts/devices";
import type { CreateEnrollmentLinkBody, EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import type { ApiClient } from "./api-client";
import { ApnsStandIn } from "./apns-stand-in";
import { startMuster, type MusterServer } from "./muster-server";
import { SimulatedDevice, type DeviceOptions } from "./simulated-device";

export const TOPIC = "com.apple.mgmt.External.7c7a2c1e-0000-4000-8000-5d1f0a9b3c2d";

/** A running server with a push certificate, the APNs stand-in behind it, and its owner's API. */
export class Stage {
  #muster: MusterServer | null = null;
  #apns: ApnsStandIn | null = null;

  get muster(): MusterServer {
    if (this.#muster === null) throw new Error("the server is not started");
    return this.#muster;
  }
  get apns(): ApnsStandIn {
    if (this.#apns === null) throw new Error("the stand-in is not started");
    return this.#apns;
  }
  get api(): ApiClient {
    return this.muster.api;
  }

  async start(env: Record<string, string> = {}): Promise<void> {
    this.#apns = await ApnsStandIn.start();
    this.#muster = await startMuster({ env: { APNS_URL: this.#apns.url, APNS_CA_FILE: this.#apns.caFile, ...env } });
    const pair = await this.#apns.mintPushCertificate({ topic: TOPIC });
    await this.api.call("uploadPushCertificate", { body: { certificatePem: pair.certificatePem, privateKeyPem: pair.privateKeyPem } });
  }

  async stop(): Promise<void> {
    await this.#muster?.stop();
    await this.#apns?.close();
  }

  link(body: Partial<CreateEnrollmentLinkBody> = {}): Promise<EnrollmentLinkDto> {
    return this.api.call("createLink", { body: { name: "Test devices", ...body } });
  }

  /** A managed device that has answered everything it was first asked. */
  async enrolledDevice(options: DeviceOptions = {}): Promise<{ device: SimulatedDevice; id: string }> {
    const device = await SimulatedDevice.enroll((await this.link()).profileUrl, options);
    await device.runSession();
    return { device, id: await this.deviceId(device) };
  }

  async deviceId(device: SimulatedDevice): Promise<string> {
    const { items } = await this.api.call("listDevices", { query: { query: device.serialNumber } });
    const [found] = items;
    if (found === undefined) throw new Error(`no device ${device.serialNumber} in the list`);
    return found.id;
  }

  device(id: string): Promise<DeviceDto> {
    return this.api.call("getDevice", { params: { id } });
  }

  async send(deviceId: string, body: SendCommandBody): Promise<string> {
    return (await this.api.call("sendCommand", { params: { id: deviceId }, body })).id;
  }

  command(id: string): Promise<CommandDto> {
    return this.api.call("getCommand", { params: { id } });
  }

  /** From now on APNs wakes it, as it would a device in somebody's hand. */
  wakeByPush(device: SimulatedDevice): void {
    this.apns.on("push", ({ token }) => {
      if (token === device.state.push.token.toString("hex") && device.managed) void device.wake().catch(() => undefined);
    });
  }
}

/** At the top of a test file: its tests share one stage. */
export function withStage(env: Record<string, string> = {}): Stage {
  return running(new Stage(), env);
}

/** Starts the stage before the tests of the file, and stops it after them. */
export function running<S extends Stage>(stage: S, env: Record<string, string>): S {
  beforeAll(() => stage.start(env));
  afterAll(() => stage.stop());
  return stage;
}

/** Asks until the answer is as wanted. @throws with the last answer when it never is */
export async function eventually<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean, timeoutMs = 60_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`it never came to that: ${JSON.stringify(answer)?.slice(0, 2_000)}`);
    await sleep(100);
  }
}
