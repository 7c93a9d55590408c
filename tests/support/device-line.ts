import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { requestAttestedIdentity, type Attester } from "./acme-client";
import type { AttestationAuthority } from "./attestation-authority";
import type { ConfigurationProfile } from "./configuration-profile";
import { endsManagement, isSuccess, profileIn, ServerRefused } from "./device-command";
import { DeviceHttp, type HttpAnswer } from "./device-http";
import { freshEcKey, freshKey, type KeySource } from "./device-keys";
import { identityOfPkcs12, type DeviceIdentity } from "./device-identity";
import type { DeviceState, Management } from "./device-state";
import { enrollmentPayloads, type IdentityPayload } from "./enrollment-payloads";
import { requestIdentity, type ScepOptions } from "./scep-client";
import { APPLE_SIGNATURE, signedMessage, type MessageKind, type SignatureStyle, type SignedMessage } from "./signed-message";

export interface LineOptions {
  /** How the device shows its identity; by default "signature" when the profile asks for it, as ours do. */
  authentication?: "signature" | "tls";
  signature?: Partial<SignatureStyle>;
  scep?: ScepOptions;
  keys?: KeySource;
  /** Who vouches for the hardware of this device; without one it cannot get an identity by ACME. */
  attestation?: AttestationAuthority;
  /** PEM of a certificate that the device trusts for TLS. */
  trustedCa?: string;
}

/** A device's line to its server: profile, identity, signed messages, and heed of the statuses that end management. */
export class DeviceLine {
  /** Status code of the last answer of the server. */
  lastHttpStatus = 0;
  readonly #state: DeviceState;
  readonly #options: LineOptions;
  readonly #http: DeviceHttp;

  constructor(state: DeviceState, options: LineOptions) {
    this.#state = state;
    this.#options = options;
    this.#http = new DeviceHttp(options.trustedCa ?? null);
  }

  /** Fetches a profile as the profile installer does. */
  async download(profileUrl: string): Promise<ConfigurationProfile> {
    return profileIn(await this.#http.ask({ method: "GET", url: profileUrl, headers: { "user-agent": "profiled/1.0" } }));
  }

  /** Takes an enrollment profile and gets its identity; says nothing to the server yet. */
  async install(profile: ConfigurationProfile): Promise<void> {
    const payloads = enrollmentPayloads(profile);
    if (payloads === null) throw new Error("not an enrollment profile");
    this.take({ ...payloads, profile, identity: await this.#identityBy(payloads.identityPayload) });
  }

  async #identityBy(payload: IdentityPayload): Promise<DeviceIdentity> {
    switch (payload.kind) {
      case "scep":
        return requestIdentity(this.#http, payload, await (this.#options.keys ?? freshKey)(), this.#options.scep);
      case "acme":
        return requestAttestedIdentity(this.#http, payload, await freshEcKey(payload.keySize === 384 ? "P-384" : "P-256"), this.#attester());
      case "pkcs12":
        return identityOfPkcs12(payload);
    }
  }

  #attester(): Attester {
    const { attestation } = this.#options;
    if (attestation === undefined) throw new Error(`nobody vouches for ${this.#state.name}`);
    const { serialNumber, udid, model } = this.#state.hardware;
    return { attest: (publicKey, token) => attestation.attest(publicKey, token, { serialNumber, udid, osVersion: model.osVersion }) };
  }

  /** Puts this management in the place of what there was. */
  take(management: Management): void {
    this.#state.management = management;
    this.#http.presentIdentity(this.#authentication(management) === "tls" ? management.identity : null);
  }

  /** The enrollment profile goes, and with it everything that it brought. */
  forgetManagement(): void {
    this.#state.management = null;
    this.#state.profiles = [];
    this.#http.presentIdentity(null);
  }

  sign(kind: MessageKind, message: PlistDictionary): SignedMessage {
    const { management } = this.#state;
    if (management === null) throw new Error(`${this.#state.name} is not managed`);
    const style = this.#authentication(management) === "tls" ? null : { ...APPLE_SIGNATURE, ...this.#options.signature };
    const url = kind === "checkin" ? management.mdm.checkInUrl : management.mdm.serverUrl;
    return signedMessage(kind, url, message, management.identity, style);
  }

  /** 401 on any answer, or 403 "unrecognized", makes the device forget its management. */
  async deliver(message: SignedMessage): Promise<HttpAnswer> {
    const answer = await this.#http.ask(message);
    this.lastHttpStatus = answer.status;
    if (endsManagement(answer)) this.forgetManagement();
    return answer;
  }

  /** @throws ServerRefused on any status but success */
  async checkIn(message: PlistDictionary): Promise<void> {
    const answer = await this.deliver(this.sign("checkin", message));
    if (!isSuccess(answer)) throw new ServerRefused(String(message["MessageType"]), answer);
  }

  /** Closes the connections of a session. */
  hangUp(): void {
    this.#http.hangUp();
  }

  #authentication({ mdm }: Management): "signature" | "tls" {
    return this.#options.authentication ?? (mdm.signMessage ? "signature" : "tls");
  }
}
