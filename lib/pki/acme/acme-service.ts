import { log } from "@/lib/config/log";
import { derToPem } from "@/lib/crypto/pem";
import { isUuid } from "@/lib/db/uuid";
import { newAccountPayload } from "@/lib/protocol/acme-messages";
import type { DeviceAnswer, DeviceExchange } from "@/lib/protocol/device-exchange";
import { authorityOf } from "../server-certificates-service";
import { makeNonce } from "./acme-nonce";
import { answerChallenge, finalize, newOrder, readOrder } from "./acme-order-service";
import { AcmeProblem } from "./acme-problem";
import { accountUrl, readAcmeRequest, type AcmeRequest } from "./acme-request";
import { authorizationResource, challengeResource, directory, directoryUrl, orderResource, orderUrls } from "./acme-resources";

/**
 * The ACME server (RFC 8555) that gives devices their identity by device-attest-01. Accounts are keys, orders are for one
 * ClientIdentifier, and a refusal is a problem document with status 400.
 */
export async function answerAcme(exchange: DeviceExchange): Promise<DeviceAnswer> {
  const [resource = "", ...rest] = exchange.path.replace(/^\/acme\//, "").split("/");
  // Some clients ask for both by POST; neither takes anything.
  if (resource === "directory" && rest.length === 0) return json(200, directory());
  if (resource === "new-nonce" && rest.length === 0) return withNonce({ status: exchange.method === "GET" ? 204 : 200, headers: {}, body: null });
  if (exchange.method !== "POST") return { status: 405, headers: { allow: "POST" }, body: null };
  try {
    const request = await readAcmeRequest(exchange);
    return withNonce(await answer(resource, rest.join("/"), request));
  } catch (error) {
    if (!(error instanceof AcmeProblem)) throw error;
    log.info("ACME request refused", { path: resource, type: error.type, reason: error.message });
    return withNonce({ ...json(error.status, { ...error.document, status: error.status }), headers: { "content-type": "application/problem+json" } });
  }
}

async function answer(resource: string, id: string, request: AcmeRequest): Promise<DeviceAnswer> {
  if (resource === "new-account") return newAccount(request);
  if (request.introducesKey) throw new AcmeProblem("malformed", "the account is wanted, not its key");
  const { account: { thumbprint: account }, payload } = request;
  if (resource === "account") return json(200, { status: "valid" });
  if (resource === "new-order") return orderAnswer(201, await newOrder(account, payload));
  if (!isUuid(id)) throw new AcmeProblem("malformed", "there is no such resource", 404);
  switch (resource) {
    case "order":
      return orderAnswer(200, await readOrder(account, id));
    case "finalize":
      return orderAnswer(200, await finalize(account, id, payload));
    case "authorization":
      return json(200, authorizationResource(await readOrder(account, id)));
    case "challenge":
      return challengeAnswer(await (payload === null ? readOrder(account, id) : answerChallenge(account, id, payload)));
    case "certificate":
      return certificateAnswer(account, id);
    default:
      throw new AcmeProblem("malformed", "there is no such resource", 404);
  }
}

/** Whoever can sign has an account: there is nothing to agree to and nothing to store. */
function newAccount({ introducesKey, account, payload }: AcmeRequest): DeviceAnswer {
  if (!introducesKey) throw new AcmeProblem("malformed", "the key of the account is wanted");
  const wanted = newAccountPayload.safeParse(payload);
  if (!wanted.success) throw new AcmeProblem("malformed", "the account cannot be read");
  const made = json(wanted.data.onlyReturnExisting === true ? 200 : 201, { status: "valid" });
  return { ...made, headers: { ...made.headers, location: accountUrl(account) } };
}

function orderAnswer(status: number, order: Awaited<ReturnType<typeof readOrder>>): DeviceAnswer {
  const answered = json(status, orderResource(order));
  return { ...answered, headers: { ...answered.headers, location: orderUrls(order.id).order } };
}

/** RFC 8555 section 7.5.1. */
function challengeAnswer(order: Awaited<ReturnType<typeof readOrder>>): DeviceAnswer {
  const answered = json(200, challengeResource(order));
  return { ...answered, headers: { ...answered.headers, link: `<${orderUrls(order.id).authorization}>;rel="up"` } };
}

/** RFC 8555 section 7.4.2: the chain in PEM, the certificate first. */
async function certificateAnswer(account: string, id: string): Promise<DeviceAnswer> {
  const { certificate } = await readOrder(account, id);
  if (certificate === null) throw new AcmeProblem("orderNotReady", "there is no certificate yet");
  const authority = await authorityOf(certificate);
  const chain = authority === null ? [certificate] : [certificate, authority.certificate.der];
  return { status: 200, headers: { "content-type": "application/pem-certificate-chain" }, body: chain.map((der) => derToPem(der)).join("") };
}

function json(status: number, body: object): DeviceAnswer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function withNonce(answered: DeviceAnswer): DeviceAnswer {
  const index = `<${directoryUrl()}>;rel="index"`;
  const link = answered.headers["link"] === undefined ? index : `${answered.headers["link"]}, ${index}`;
  return { ...answered, headers: { ...answered.headers, link, "replay-nonce": makeNonce(), "cache-control": "no-store" } };
}
