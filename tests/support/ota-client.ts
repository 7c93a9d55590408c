import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { readSignedData } from "@/lib/crypto/cms-signed-data";
import { readPlist } from "@/lib/protocol/plist/read-plist";
import { asDictionary, textAt, type ConfigurationProfile } from "./configuration-profile";
import { signedByDevice, type FactoryIdentity } from "./device-ca";
import { isSuccess, profileIn, ServerRefused } from "./device-command";
import { DeviceHttp, type HttpAnswer } from "./device-http";
import { freshKey } from "./device-keys";
import { identityPayloadOf } from "./enrollment-payloads";
import { requestIdentity } from "./scep-client";
import type { SimulatedDevice } from "./simulated-device";

/** The profile installer of one device at an OTA profile service, phase by phase. */
export class OtaClient {
  readonly #device: SimulatedDevice;
  readonly #factory: FactoryIdentity;
  readonly #http = new DeviceHttp();
  /** Where the service wants what is signed, and the challenge to repeat; from phase 1. */
  service: { url: string; challenge: string } | null = null;
  /** The identity of phase 2. */
  identity: FactoryIdentity | null = null;

  constructor(device: SimulatedDevice, factory: FactoryIdentity) {
    this.#device = device;
    this.#factory = factory;
  }

  /** All phases. Answers the enrollment profile. @throws ServerRefused */
  async run(profileUrl: string): Promise<ConfigurationProfile> {
    await this.open(profileUrl);
    await this.takeIdentity(await this.post(this.#factory));
    const profile = await this.finish();
    this.#http.hangUp();
    return profile;
  }

  /** Phase 1: a payload that is no profile. */
  async open(profileUrl: string): Promise<void> {
    const answer = await this.#http.ask({ method: "GET", url: profileUrl });
    if (!isSuccess(answer)) throw new ServerRefused("the service payload", answer);
    const payload = asDictionary(readPlist(readSignedData(answer.body).content ?? Buffer.alloc(0)), "the payload");
    if (payload["PayloadType"] !== "Profile Service") throw new Error("not a profile service");
    const content = asDictionary(payload["PayloadContent"], "its content");
    this.service = { url: textAt(content, "URL"), challenge: textAt(content, "Challenge") };
  }

  /** Posts the attributes of the device, signed; `extra` is laid over them. Answers what came back, refused or not. */
  post(signer: FactoryIdentity, extra: PlistDictionary = {}): Promise<HttpAnswer> {
    return this.send(signedByDevice(signer, { ...this.attributes(), ...extra }));
  }

  attributes(): PlistDictionary {
    const { hardware } = this.#device;
    return {
      UDID: hardware.udid, SERIAL: hardware.serialNumber, PRODUCT: hardware.model.productName, VERSION: hardware.model.buildVersion,
      CHALLENGE: Buffer.from(this.#service().challenge),
    };
  }

  send(body: Buffer): Promise<HttpAnswer> {
    return this.#http.ask({ method: "POST", url: this.#service().url, headers: { "content-type": "application/pkcs7-signature", "user-agent": "profiled/1.0" }, body });
  }

  /** Phase 2: the answer brings an identity and nothing else. */
  async takeIdentity(answer: HttpAnswer): Promise<void> {
    const profile = profileIn(answer);
    const [payload] = profile.payloads.filter((each) => each["PayloadType"] === "com.apple.security.scep");
    if (payload === undefined || profile.payloads.some((each) => each["PayloadType"] === "com.apple.mdm")) throw new Error("not an identity profile");
    const scep = identityPayloadOf(payload);
    if (scep.kind !== "scep") throw new Error("the profile service knows only SCEP");
    this.identity = await requestIdentity(this.#http, scep, await freshKey());
  }

  /** Phase 3. @throws ServerRefused */
  async finish(): Promise<ConfigurationProfile> {
    if (this.identity === null) throw new Error("phase 2 comes first");
    return profileIn(await this.post(this.identity));
  }

  #service(): { url: string; challenge: string } {
    if (this.service === null) throw new Error("phase 1 comes first");
    return this.service;
  }
}
