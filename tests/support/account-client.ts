import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { textAt, type ConfigurationProfile } from "./configuration-profile";
import { signedByDevice, type FactoryIdentity } from "./device-ca";
import { profileIn } from "./device-command";
import type { SimulatedDevice } from "./simulated-device";

/** Settings of one device while its person enrolls with a work account. */
export class AccountClient {
  readonly #device: SimulatedDevice;
  readonly #server: string;
  readonly #factory: FactoryIdentity | null;

  /** `server` stands for the person's domain. Without an identity of the factory the device sends the bare property list. */
  constructor(device: SimulatedDevice, server: string, factory: FactoryIdentity | null = null) {
    this.#device = device;
    this.#server = server;
    this.#factory = factory;
  }

  /** Service discovery. */
  discover(person: string, modelFamily = "iPhone"): Promise<Response> {
    const query = new URLSearchParams({ "user-identifier": person, "model-family": modelFamily });
    return fetch(`${this.#server}/.well-known/com.apple.remotemanagement?${query.toString()}`);
  }

  async baseUrl(person: string, modelFamily?: string): Promise<string> {
    const answer = await this.discover(person, modelFamily);
    const document = (await answer.json()) as { Servers: { Version: string; BaseURL: string }[] };
    const [server] = document.Servers;
    if (server === undefined || document.Servers.length !== 1) throw new Error("exactly one server is expected");
    return server.BaseURL;
  }

  /** The POST to BaseURL, with or without a token. */
  ask(baseUrl: string, token: string | null = null, extra: PlistDictionary = {}): Promise<Response> {
    const info = { ...this.#machineInfo(), ...extra };
    const body = this.#factory === null ? Buffer.from(writePlist(info)) : signedByDevice(this.#factory, info);
    const headers: Record<string, string> = { "content-type": this.#factory === null ? "application/xml" : "application/pkcs7-signature" };
    if (token !== null) headers["authorization"] = `Bearer ${token}`;
    return fetch(baseUrl, { method: "POST", headers, body: new Uint8Array(body) });
  }

  /** @throws ServerRefused */
  async fetchProfile(baseUrl: string, token: string, extra: PlistDictionary = {}): Promise<ConfigurationProfile> {
    const answer = await this.ask(baseUrl, token, extra);
    return profileIn({ status: answer.status, headers: Object.fromEntries(answer.headers), body: Buffer.from(await answer.arrayBuffer()) });
  }

  /** Takes the profile as Settings does: with the person it was signed in for. */
  async enroll(profile: ConfigurationProfile): Promise<string> {
    await this.#device.join(profile);
    const mdm = profile.payloads.find((payload) => payload["PayloadType"] === "com.apple.mdm") ?? {};
    return textAt(mdm, "AssignedManagedAppleID");
  }

  #machineInfo(): PlistDictionary {
    const { hardware, enrollmentId } = this.#device.state;
    const info: PlistDictionary = { LANGUAGE: "en", PRODUCT: hardware.model.productName, VERSION: hardware.model.buildVersion, OS_VERSION: hardware.model.osVersion };
    return enrollmentId === null ? { ...info, UDID: hardware.udid, SERIAL: hardware.serialNumber } : info;
  }
}

/** The parameters of a WWW-Authenticate: Bearer header. */
export function bearerChallenge(answer: Response): Record<string, string> {
  const header = answer.headers.get("www-authenticate") ?? "";
  if (!header.startsWith("Bearer ")) throw new Error(`no challenge but "${header}"`);
  return Object.fromEntries([...header.slice(7).matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

/** A person who fills in the form of a sign-in page. Answers where the page leads. */
export async function signInOnPage(url: string, typed: { email: string; password: string }): Promise<{ status: number; location: URL }> {
  const page = await (await fetch(url)).text();
  const form = new URLSearchParams(typed);
  const state = /name="state" value="([^"]*)"/.exec(page)?.[1];
  if (state !== undefined) form.set("state", state.replaceAll("&amp;", "&"));
  const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
  if (action === undefined) throw new Error("the page has no form");
  const target = new URL(action, url);
  const answer = await fetch(target, { method: "POST", redirect: "manual", headers: { origin: target.origin }, body: form });
  return { status: answer.status, location: new URL(answer.headers.get("location") ?? "about:blank", target) };
}
