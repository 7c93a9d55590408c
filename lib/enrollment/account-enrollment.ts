import { config } from "@/lib/config/config";
import { MusterError } from "@/lib/contracts/errors";
import { database } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import type { DeviceAnswer, DeviceExchange } from "@/lib/protocol/device-exchange";
import type { MachineInfo } from "@/lib/protocol/machine-info";
import { configurationFor, discoveryDocument, readConfiguration } from "./account-configuration-service";
import type { AccountConfigurationRow } from "./account-configuration-store";
import { accountSignInUrl, OAUTH_RESULT } from "./account-sign-in";
import { ACCESS_SECONDS, accountOfToken, exchangeAccountToken } from "./account-token-service";
import { isDeviceCertificate, machineInfoIn, openSigned } from "./device-signature";
import { enrollmentProfileFor, profileAnswer } from "./enrollment-profile-for";
import { askToSignIn, refuseEnrollment } from "./enrollment-refusal";
import { linkState } from "./link-service";
import { readLinkRow } from "./link-store";

const JSON_HEADERS = { "content-type": "application/json", "cache-control": "no-store" };

/** GET /.well-known/com.apple.remotemanagement: where the device of this person enrolls (Apple, "Discover Authentication Servers"). */
export async function answerDiscovery(exchange: DeviceExchange): Promise<DeviceAnswer> {
  const query = new URLSearchParams(exchange.rawQuery);
  const person = query.get("user-identifier") ?? "";
  // After a redirect the query is gone; then the name it was sent to tells.
  const domain = person.includes("@") ? person.slice(person.lastIndexOf("@") + 1) : (exchange.headers["host"] ?? "").replace(/:\d+$/, "");
  const found = await configurationFor(domain.trim().toLowerCase(), query.get("model-family"));
  if (found !== null) return { status: 200, headers: JSON_HEADERS, body: discoveryDocument(found) };
  return refuseEnrollment(
    { code: "com.apple.well-known.failed", description: `no account-driven enrollment for ${domain.slice(0, 253)}`, message: "Your organization does not enroll this kind of device here." },
    exchange.headers.accept,
  );
}

/**
 * POST to BaseURL: without a token that counts the device is told where its person signs in, with one it gets its profile
 * (Apple, "Onboarding users with account sign-in").
 * @throws MusterError not-found, gone, message-unreadable, signature-invalid
 */
export async function answerAccountEnrollment(exchange: DeviceExchange): Promise<DeviceAnswer> {
  const configuration = await configurationAt(exchange);
  const token = /^Bearer +(\S+)$/i.exec(exchange.headers.authorization ?? "")?.[1] ?? null;
  const account = token === null ? null : await accountOfToken(configuration.id, token);
  if (account === null) return askToSignIn(challengeOf(configuration));
  const link = await readLinkRow(database().pool, configuration.linkId);
  if (link === null || linkState(link) !== "usable") throw new MusterError("gone", "this way of enrolling has ended");
  const { info, proved } = await readDevice(exchange.body);
  const isOwned = configuration.mode === "ADDE" && proved;
  const profile = await enrollmentProfileFor(link, {
    enrollmentMode: configuration.mode, assignedManagedAppleId: account,
    boundSerial: isOwned ? info.serialNumber : null, boundUdid: isOwned ? info.udid : null,
  });
  const data = { name: link.name, account, productName: info.productName, remoteAddress: exchange.remoteAddress, userAgent: exchange.headers["user-agent"] ?? null };
  await recordEvents(database().pool, [{ kind: "profile.downloaded", actor: "device", linkId: link.id, data }]);
  return profileAnswer(profile);
}

/** POST to token-url: a code or a refresh token for new tokens; errors as OAuth 2 names them (RFC 6749 section 5.2), always with 400. */
export async function answerAccountToken(exchange: DeviceExchange): Promise<DeviceAnswer> {
  const configuration = await configurationAt(exchange);
  const form = new URLSearchParams(exchange.body.toString("utf8"));
  const grant = form.get("grant_type");
  if (configuration.method !== "apple-oauth2") return oauthError("unauthorized_client");
  if ((form.get("client_id") ?? configuration.id) !== configuration.id) return oauthError("invalid_client");
  if ((form.get("redirect_uri") ?? OAUTH_RESULT) !== OAUTH_RESULT) return oauthError("invalid_grant");
  if (grant !== "authorization_code" && grant !== "refresh_token") return oauthError("unsupported_grant_type");
  const given = form.get(grant === "refresh_token" ? "refresh_token" : "code") ?? "";
  const tokens = await exchangeAccountToken(configuration.id, grant === "refresh_token" ? "refresh" : "code", given);
  if (tokens === null) return oauthError("invalid_grant");
  const body = { access_token: tokens.accessToken, token_type: "Bearer", expires_in: ACCESS_SECONDS, refresh_token: tokens.refreshToken };
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify(body) };
}

/** `/account/{id}/…` */
function configurationAt({ path }: DeviceExchange): Promise<AccountConfigurationRow> {
  return readConfiguration(path.split("/")[2] ?? "");
}

function challengeOf({ id, method }: AccountConfigurationRow): Record<string, string> {
  const url = accountSignInUrl(id);
  if (method === "apple-as-web") return { method, url };
  return { method, "authorization-url": url, "token-url": `${config().publicUrl}/account/${id}/token`, "redirect-url": OAUTH_RESULT, "client-id": id, scope: "enroll" };
}

/** Devices sign it with their built-in identity, and some send the bare property list. Only what is signed is proved. */
async function readDevice(body: Buffer): Promise<{ info: MachineInfo; proved: boolean }> {
  if (/^\s*<|^bplist/.test(body.subarray(0, 64).toString("latin1"))) return { info: machineInfoIn(body), proved: false };
  const { content, signer, certificates } = openSigned(body);
  return { info: machineInfoIn(content), proved: await isDeviceCertificate(signer, certificates) };
}

function oauthError(error: string): DeviceAnswer {
  return { status: 400, headers: JSON_HEADERS, body: JSON.stringify({ error }) };
}
