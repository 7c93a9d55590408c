import { isDictionary, type PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { readPlist } from "@/lib/protocol/plist/read-plist";
import { asDictionary } from "./configuration-profile";
import { DeclarativeClient } from "./declarative-client";
import { isSuccess, ServerRefused } from "./device-command";
import type { HttpAnswer } from "./device-http";
import type { DeviceLine } from "./device-line";

/** What a device and each of its users can say alike: the check-in messages beyond enrollment. */
export class DeviceChannel {
  /** The keys that tell who is speaking. */
  readonly names: () => PlistDictionary;
  /** Its declarative management: device and users each have their own. */
  readonly declarations = new DeclarativeClient(this);
  readonly #line: DeviceLine;

  constructor(line: DeviceLine, names: () => PlistDictionary) {
    this.#line = line;
    this.names = names;
  }

  /** Any check-in message of this channel; `keys` are laid over it. */
  say(messageType: string, keys: PlistDictionary = {}): Promise<HttpAnswer> {
    return this.#line.deliver(this.#line.sign("checkin", { MessageType: messageType, ...this.names(), ...keys }));
  }

  /** Null sends no token: the server is to forget the one it holds. @throws ServerRefused */
  async setBootstrapToken(token: Uint8Array | null): Promise<void> {
    await this.#succeed("SetBootstrapToken", token === null ? {} : { BootstrapToken: token });
  }

  /** Null when the server holds none. @throws ServerRefused */
  async getBootstrapToken(): Promise<Buffer | null> {
    const token = (await this.#ask("GetBootstrapToken", {}))["BootstrapToken"];
    return token instanceof Uint8Array && token.length > 0 ? Buffer.from(token) : null;
  }

  getToken(service: string, parameters: PlistDictionary | null = null): Promise<HttpAnswer> {
    return this.say("GetToken", { TokenServiceType: service, ...(parameters === null ? {} : { TokenParameters: parameters }) });
  }

  /** The dictionary that says whether, and how, to come back after the erase. @throws ServerRefused */
  async returnToService(): Promise<PlistDictionary> {
    return asDictionary((await this.#ask("ReturnToService", {}))["ReturnToService"], "ReturnToService");
  }

  /** One step of declarative management. */
  declarative(endpoint: string, data: Uint8Array | null = null): Promise<HttpAnswer> {
    return this.say("DeclarativeManagement", { Endpoint: endpoint, ...(data === null ? {} : { Data: data }) });
  }

  async #ask(messageType: string, keys: PlistDictionary): Promise<PlistDictionary> {
    const body = readPlist((await this.#succeed(messageType, keys)).body);
    if (!isDictionary(body)) throw new Error(`${messageType} was answered without a dictionary`);
    return body;
  }

  async #succeed(messageType: string, keys: PlistDictionary): Promise<HttpAnswer> {
    const answer = await this.say(messageType, keys);
    if (!isSuccess(answer)) throw new ServerRefused(messageType, answer);
    return answer;
  }
}
