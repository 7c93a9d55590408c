import { createHash, randomBytes, type KeyObject } from "node:crypto";
import { readCertificate, type Certificate } from "@/lib/crypto/certificate";
import { readCertificatesOnly } from "@/lib/crypto/cms-certificates-only";
import { makeEnvelope, openEnvelope } from "@/lib/crypto/cms-enveloped-data";
import type { ContentCipher } from "@/lib/crypto/content-cipher";
import { buildPkiMessage, MESSAGE_TYPE, PKI_STATUS, readPkiMessage } from "@/lib/crypto/scep-message";
import type { DeviceHttp, HttpAnswer } from "./device-http";
import { deviceIdentity, type DeviceIdentity } from "./device-identity";
import type { KeyPair } from "./device-keys";
import type { ScepPayload } from "./enrollment-payloads";
import { withIndefiniteLengths } from "./indefinite-length";
import { certificationRequest, selfSignedCertificate } from "./scep-request";

/** Departures from what the server's capabilities suggest. */
export interface ScepOptions {
  method?: "GET" | "POST";
  cipher?: ContentCipher;
  digest?: "sha1" | "sha256" | "sha512";
  /** BER with indefinite lengths, as Apple sends it. */
  indefinite?: boolean;
  /** RenewalReq, signed with this identity. */
  renews?: DeviceIdentity;
}

/** The server answered, and did not issue. */
export class ScepRefused extends Error {
  override readonly name = "ScepRefused";
  readonly failInfo: string | null;

  constructor(message: string, failInfo: string | null = null) {
    super(message);
    this.failInfo = failInfo;
  }
}

const USER_AGENT = "profiled/1.0 CFNetwork/1568.200.51 Darwin/24.1.0";

/** Gets a certificate for the key by SCEP (RFC 8894). @throws ScepRefused when the server says no */
export async function requestIdentity(
  http: DeviceHttp,
  payload: ScepPayload,
  key: KeyPair,
  options: ScepOptions = {},
): Promise<DeviceIdentity> {
  const capabilities = await getCapabilities(http, payload);
  const authority = await getAuthority(http, payload);
  const method = options.method ?? (capabilities.has("POSTPKIOperation") ? "POST" : "GET");
  const cipher = options.cipher ?? (capabilities.has("AES") ? "aes-128-cbc" : capabilities.has("DES3") ? "des-ede3-cbc" : "des-cbc");
  const digest = options.digest ?? (capabilities.has("SHA-256") ? "sha256" : "sha1");
  const { renews } = options;
  const signer = renews?.certificate ?? (await selfSignedCertificate(key));
  const signerKey = renews?.privateKey ?? key.privateKey;
  const transactionId = createHash("sha256").update(signer).digest("hex");
  const senderNonce = randomBytes(16);
  const encoded = (message: Buffer): Buffer => (options.indefinite === true ? withIndefiniteLengths(message) : message);
  const content = await certificationRequest(payload, key);
  const request = buildPkiMessage({
    messageType: renews === undefined ? MESSAGE_TYPE.pkcsReq : MESSAGE_TYPE.renewalReq,
    transactionId,
    senderNonce,
    envelope: encoded(makeEnvelope({ content, recipient: authority, cipher })),
    certificate: signer,
    privateKey: signerKey,
    digest,
  });
  const answer = await operate(http, payload, method, encoded(request));
  const issued = openAnswer(answer, { authority, key, signerKey, transactionId, senderNonce });
  return deviceIdentity(issued, key.privateKey);
}

async function getCapabilities(http: DeviceHttp, payload: ScepPayload): Promise<Set<string>> {
  const answer = await get(http, operationUrl(payload, "GetCACaps", ""));
  return new Set(answer.status === 200 ? answer.body.toString("latin1").split(/\r?\n/).map((line) => line.trim()) : []);
}

async function getAuthority(http: DeviceHttp, payload: ScepPayload): Promise<Certificate> {
  const answer = await get(http, operationUrl(payload, "GetCACert", encodeURIComponent(payload.name)));
  if (answer.status !== 200) throw new ScepRefused(`GetCACert was answered ${answer.status}`);
  const several = mediaType(answer) === "application/x-x509-ca-ra-cert";
  const der = several ? readCertificatesOnly(answer.body)[0] : answer.body;
  if (der === undefined) throw new ScepRefused("GetCACert was answered without a certificate");
  return readCertificate(der);
}

function operate(http: DeviceHttp, payload: ScepPayload, method: "GET" | "POST", message: Buffer): Promise<HttpAnswer> {
  if (method === "POST") {
    const headers = { "content-type": "application/x-pki-message", "user-agent": USER_AGENT };
    return http.ask({ method, url: operationUrl(payload, "PKIOperation", null), headers, body: message });
  }
  // As macOS does: only "=" is escaped, "+" and "/" are not.
  return get(http, operationUrl(payload, "PKIOperation", message.toString("base64").replaceAll("=", "%3D")));
}

function openAnswer(
  answer: HttpAnswer,
  sent: { authority: Certificate; key: KeyPair; signerKey: KeyObject; transactionId: string; senderNonce: Buffer },
): Buffer {
  if (answer.status !== 200) throw new ScepRefused(`PKIOperation was answered ${answer.status}`);
  if (mediaType(answer) !== "application/x-pki-message") throw new ScepRefused(`the answer is ${mediaType(answer)}`);
  const reply = readPkiMessage(answer.body);
  const fits =
    reply.messageType === MESSAGE_TYPE.certRep &&
    reply.signer.fingerprint === sent.authority.fingerprint &&
    reply.transactionId === sent.transactionId &&
    reply.recipientNonce?.equals(sent.senderNonce) === true;
  if (!fits) throw new ScepRefused("the answer does not belong to the request");
  if (reply.pkiStatus !== PKI_STATUS.success || reply.envelope === null) {
    throw new ScepRefused(`the request was refused: failInfo ${reply.failInfo}`, reply.failInfo);
  }
  const [issued] = readCertificatesOnly(openEnvelope(reply.envelope, sent.signerKey).content);
  if (issued === undefined || !readCertificate(issued).publicKey.equals(sent.key.publicKey)) {
    throw new ScepRefused("the first certificate of the answer is not for our key");
  }
  return issued;
}

function get(http: DeviceHttp, url: string): Promise<HttpAnswer> {
  return http.ask({ method: "GET", url, headers: { "user-agent": USER_AGENT } });
}

/** `message` must be escaped already. */
function operationUrl(payload: ScepPayload, operation: string, message: string | null): string {
  const base = `${payload.url}${payload.url.includes("?") ? "&" : "?"}operation=${operation}`;
  return message === null ? base : `${base}&message=${message}`;
}

function mediaType(answer: HttpAnswer): string {
  return (answer.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
