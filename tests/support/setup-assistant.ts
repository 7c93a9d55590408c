import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { DeviceCa, FactoryIdentity } from "./device-ca";
import { signedByDevice } from "./device-ca";
import { profileIn } from "./device-command";
import { DeviceHttp, type HttpAnswer } from "./device-http";
import { SimulatedDevice, type DeviceOptions } from "./simulated-device";

/** Where Apple sends the device: the addresses of a configuration. */
export interface SetupPlace {
  enrollmentUrl: string;
  webUrl: string;
}

export interface SetupWishes {
  /** Laid over the MachineInfo. */
  says?: PlistDictionary;
  accept?: string;
  digest?: "sha1" | "sha256";
}

/** A device that is being set up: it has its factory identity, and asks for management where Apple sends it. */
export class SetupAssistant {
  readonly device: SimulatedDevice;
  readonly #identity: FactoryIdentity;
  readonly #http = new DeviceHttp();

  private constructor(device: SimulatedDevice, identity: FactoryIdentity) {
    this.device = device;
    this.#identity = identity;
  }

  static async start(ca: DeviceCa, options: DeviceOptions = {}, { ended = true } = {}): Promise<SetupAssistant> {
    const device = new SimulatedDevice({ awaitingConfiguration: true, ...options });
    return new SetupAssistant(device, await ca.issue(device.udid, { ended }));
  }

  /** What this device says of itself (Apple's schema, other/machineinfo). */
  get machineInfo(): PlistDictionary {
    const { model, udid, serialNumber, imei, meid } = this.device.hardware;
    return {
      UDID: udid, SERIAL: serialNumber, PRODUCT: model.productName, VERSION: model.buildVersion, OS_VERSION: model.osVersion, LANGUAGE: "en",
      MDM_CAN_REQUEST_SOFTWARE_UPDATE: model.family !== "AppleTV", SOFTWARE_UPDATE_DEVICE_ID: model.productName,
      ...(imei === null ? {} : { IMEI: imei }), ...(meid === null ? {} : { MEID: meid }),
    };
  }

  signed({ says = {}, digest = "sha256" }: SetupWishes = {}): Buffer {
    return signedByDevice(this.#identity, { ...this.machineInfo, ...says }, { digest });
  }

  /** Posts the signed MachineInfo. */
  ask(place: SetupPlace, wishes: SetupWishes = {}): Promise<HttpAnswer> {
    return this.post(place, this.signed(wishes), wishes.accept);
  }

  post(place: SetupPlace, body: Buffer, accept?: string): Promise<HttpAnswer> {
    const headers = { "content-type": "application/pkcs7-signature", "user-agent": "Setup/1.0", ...(accept === undefined ? {} : { accept }) };
    return this.#http.ask({ method: "POST", url: place.enrollmentUrl, headers, body });
  }

  /** The first page of the web view carries the signed MachineInfo in a header. */
  openPage(place: SetupPlace, wishes: SetupWishes = {}): Promise<HttpAnswer> {
    const headers = { "x-apple-aspen-deviceinfo": this.signed(wishes).toString("base64"), ...(wishes.accept === undefined ? {} : { accept: wishes.accept }) };
    return this.#http.ask({ method: "GET", url: place.webUrl, headers });
  }

  /** Sends the form on the page as a web view does. */
  submit(place: SetupPlace, page: HttpAnswer, fields: Record<string, string> = {}): Promise<HttpAnswer> {
    const state = /name="state" value="([^"]*)"/.exec(page.body.toString())?.[1] ?? "";
    const body = Buffer.from(new URLSearchParams({ state, ...fields }).toString());
    return this.#http.ask({ method: "POST", url: place.webUrl, headers: { "content-type": "application/x-www-form-urlencoded" }, body });
  }

  /** Installs the profile that was answered, and checks in. @throws when it was answered otherwise */
  async enroll(answer: HttpAnswer): Promise<SimulatedDevice> {
    await this.device.join(profileIn(answer));
    return this.device;
  }
}
