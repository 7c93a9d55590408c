import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { FlattenedSign, type JWK } from "jose";
import { pemToDer } from "@/lib/crypto/pem";
import type { DeviceHttp, HttpAnswer } from "./device-http";
import type { KeyPair } from "./device-keys";
import { deviceIdentity, type DeviceIdentity } from "./device-identity";
import type { AcmePayload } from "./enrollment-payloads";
import { ecCertificationRequest } from "./scep-request";

/** The server refused, in the words of ACME. */
export class AcmeRefused extends Error {
  override readonly name = "AcmeRefused";

  constructor(readonly type: string, detail: string, readonly status: number) {
    super(`${type}: ${detail}`);
  }
}

/** How a device with a Secure Enclave attests; tests put their deviations here. */
export interface Attester {
  /** The attestation object for the key, fresh for the token. */
  attest(publicKey: KeyObject, token: string): Promise<Buffer>;
  /** The key that the certificate is asked for; the attested one when left out. */
  requestKey?: KeyPair;
}

interface Directory {
  newNonce: string;
  newAccount: string;
  newOrder: string;
}
interface Resource {
  status: string;
  error?: { type: string; detail: string };
}
export interface Order extends Resource {
  url: string;
  authorizations: string[];
  finalize: string;
  certificate?: string;
}
interface Challenge extends Resource {
  type: string;
  url: string;
  token: string;
}

/** An ACME client as devices have one (RFC 8555): an account of its own, each nonce used once. */
export class AcmeClient {
  nonce: string | null = null;
  #kid: string | null = null;
  #directory: Directory | null = null;
  readonly #http: DeviceHttp;
  readonly #directoryUrl: string;
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });

  constructor(http: DeviceHttp, directoryUrl: string) {
    this.#http = http;
    this.#directoryUrl = directoryUrl;
  }

  async open(): Promise<void> {
    this.#directory = JSON.parse((await this.#http.ask({ method: "GET", url: this.#directoryUrl })).body.toString()) as Directory;
    const answer = await this.post(this.#directory.newAccount, { termsOfServiceAgreed: true });
    this.#kid = headerOf(answer, "location");
  }

  async order(identifier: string, type = "permanent-identifier"): Promise<Order> {
    const answer = await this.post(this.#directory?.newOrder ?? "", { identifiers: [{ type, value: identifier }] });
    return { ...read<Order>(answer), url: headerOf(answer, "location") };
  }

  async challengeOf(order: Order): Promise<Challenge> {
    const [url = ""] = order.authorizations;
    const { challenges } = read<{ challenges: Challenge[] }>(await this.post(url, null));
    const found = challenges.find(({ type }) => type === "device-attest-01");
    if (found === undefined) throw new Error("the authorization offers no device-attest-01");
    return found;
  }

  /** @throws AcmeRefused when the challenge has become invalid */
  async attest(challenge: Challenge, object: Buffer): Promise<void> {
    valid(read<Challenge>(await this.post(challenge.url, { attObj: object.toString("base64url") })));
  }

  async finalize(order: Order, key: KeyPair): Promise<Buffer> {
    const csr = (await ecCertificationRequest(key)).toString("base64url");
    const { certificate } = valid(read<Order>(await this.post(order.finalize, { csr })));
    const answer = await this.post(certificate ?? "", null);
    const [leaf] = pemToDer(answer.body.toString());
    if (leaf === undefined) throw new Error("no certificate came");
    return leaf;
  }

  /** A signed request; null is POST-as-GET. Takes one badNonce (RFC 8555 section 6.5). @throws AcmeRefused */
  async post(url: string, payload: object | null, retries = 1): Promise<HttpAnswer> {
    const nonce = this.nonce ?? headerOf(await this.#http.ask({ method: "GET", url: this.#directory?.newNonce ?? "" }), "replay-nonce");
    this.nonce = null;
    const answer = await this.send(url, payload, nonce);
    this.nonce = String(answer.headers["replay-nonce"] ?? "") || null;
    if (answer.status < 300) return answer;
    const problem = JSON.parse(answer.body.toString()) as { type: string; detail: string };
    if (problem.type.endsWith(":badNonce") && retries > 0) return this.post(url, payload, retries - 1);
    throw new AcmeRefused(problem.type, problem.detail, answer.status);
  }

  /** The bare exchange; `at` is another node's address for the same resource. */
  async send(url: string, payload: object | null, nonce: string, at = url): Promise<HttpAnswer> {
    const jwk = this.#keys.publicKey.export({ format: "jwk" }) as JWK;
    const signer = new FlattenedSign(payload === null ? new Uint8Array() : Buffer.from(JSON.stringify(payload)));
    const key = this.#kid === null ? { jwk } : { kid: this.#kid };
    const jws = await signer.setProtectedHeader({ alg: "ES256", nonce, url, ...key }).sign(this.#keys.privateKey);
    return this.#http.ask({ method: "POST", url: at, headers: { "content-type": "application/jose+json" }, body: Buffer.from(JSON.stringify(jws)) });
  }
}

/** An identity whose key is attested. @throws AcmeRefused */
export async function requestAttestedIdentity(http: DeviceHttp, payload: AcmePayload, key: KeyPair, attester: Attester): Promise<DeviceIdentity> {
  const client = new AcmeClient(http, payload.directoryUrl);
  await client.open();
  const order = await client.order(payload.clientIdentifier);
  const challenge = await client.challengeOf(order);
  await client.attest(challenge, await attester.attest(key.publicKey, challenge.token));
  const requestKey = attester.requestKey ?? key;
  return deviceIdentity(await client.finalize(order, requestKey), requestKey.privateKey);
}

function read<T>(answer: HttpAnswer): T {
  return JSON.parse(answer.body.toString()) as T;
}

function valid<T extends Resource>(resource: T): T {
  if (resource.status === "invalid") throw new AcmeRefused(resource.error?.type ?? "", resource.error?.detail ?? "", 200);
  return resource;
}

function headerOf(answer: HttpAnswer, name: string): string {
  const value = answer.headers[name];
  if (typeof value !== "string") throw new Error(`the answer ${answer.status} has no ${name}`);
  return value;
}
