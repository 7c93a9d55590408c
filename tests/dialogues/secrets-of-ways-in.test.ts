import { createPrivateKey } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AcmeClient, requestAttestedIdentity } from "../support/acme-client";
import { AccountClient, bearerChallenge, signInOnPage } from "../support/account-client";
import { AdeStage } from "../support/ade-stage";
import { AttestationAuthority } from "../support/attestation-authority";
import { sharing } from "../support/backstage";
import { CookieJar } from "../support/cookie-jar";
import { DeviceCa } from "../support/device-ca";
import { DeviceHttp } from "../support/device-http";
import { freshEcKey } from "../support/device-keys";
import { everythingStored } from "../support/everything-stored";
import { ADMIN } from "../support/muster-server";
import { OIDC_CLIENT, OidcStandIn } from "../support/oidc-stand-in";
import { OtaClient } from "../support/ota-client";
import { SetupAssistant } from "../support/setup-assistant";
import { eventually } from "../support/stage";
import { SimulatedDevice } from "../support/simulated-device";

const authority = await AttestationAuthority.make();
const provider = await OidcStandIn.start();
afterAll(() => provider.close());
const stage = sharing(new AdeStage(), { LOG_LEVEL: "debug", ATTESTATION_CA_FILE: authority.writeFile(), ...provider.environment });

const configurations = { web: { id: "", baseUrl: "" }, oauth: { id: "", baseUrl: "" } };
beforeAll(async () => {
  const make = (mode: "BYOD" | "ADDE", method: "apple-as-web" | "apple-oauth2") => stage.api.call("createAccountConfiguration", { body: { domain: "example.com", mode, method, modelFamilies: [mode === "BYOD" ? "iPhone" : "Mac"] } });
  Object.assign(configurations, { web: await make("BYOD", "apple-as-web"), oauth: await make("ADDE", "apple-oauth2") });
});

/** What must stand nowhere, by what it is. */
type Secrets = Map<string, string>;
/** Notes a secret, and answers it. */
type Keep = (what: string, secret: string) => string;

/** What a device holds once it is managed, whichever way it came, after a renewal and messages that were refused. */
async function live(device: SimulatedDevice, keep: Keep): Promise<void> {
  await device.runSession();
  const { items } = await stage.api.call("listDevices", { query: { limit: 200 } });
  const found = items.find((each) => each.serialNumber === device.serialNumber) ?? items[0];
  await stage.api.call("renewIdentity", { params: { id: found?.id ?? "" } });
  keepManagement(device, keep);
  await device.runSession();
  keepManagement(device, keep);
  const { token, magic } = device.state.push;
  keep("push token", token.toString("hex"));
  keep("push token", token.toString("base64"));
  keep("push magic", magic);
  if (device.state.unlockToken !== null) keep("unlock token", device.state.unlockToken.toString("base64").slice(0, 60));
  await device.deliver(device.sign("checkin", { MessageType: "TokenUpdate", Topic: "another", UDID: "SOMEBODY-ELSE", Token: token, PushMagic: magic, UnlockToken: device.state.unlockToken ?? magic }));
}

function keepManagement({ management: { identity, identityPayload } }: SimulatedDevice, keep: Keep): void {
  const der = createPrivateKey(identity.privateKeyPem).export({ format: "der", type: "pkcs8" }).toString("base64");
  // The public half of a key may be seen: the private one is in the middle of both forms.
  keep("private key", der.slice(Math.floor(der.length / 2), Math.floor(der.length / 2) + 40));
  if (identityPayload.kind === "scep") keep("SCEP challenge", identityPayload.challenge ?? "");
  if (identityPayload.kind === "acme") keep("ACME client identifier", identityPayload.clientIdentifier);
  if (identityPayload.kind === "pkcs12") keep("PKCS #12 password", identityPayload.password);
}

const lastPart = (url: string) => url.split(/[/=]/).at(-1) ?? "";

/** OTA: the address, the challenges of both phases and the identity of the way there. */
async function ota(keep: Keep): Promise<void> {
  const device = new SimulatedDevice();
  const factory = await stage.ca.issue(device.serialNumber);
  const link = await stage.link({ kind: "ota" });
  keep("link", lastPart(link.url));
  const client = new OtaClient(device, factory);
  await client.open(link.profileUrl);
  keep("OTA challenge", client.service?.challenge ?? "");
  keep("OTA address", lastPart(client.service?.url ?? ""));
  await client.send(Buffer.from("no signature"));
  await client.post(await (await DeviceCa.create()).issue(device.serialNumber));
  await client.takeIdentity(await client.post(factory));
  await client.post(factory);
  await device.join(await client.finish());
  await live(device, keep);
}

/** ACME: the client identifier, the token to be attested and what refused orders carried. */
async function acme(keep: Keep): Promise<void> {
  const link = await stage.link({ identity: "acme" });
  const device = await SimulatedDevice.enroll(link.profileUrl, { attestation: authority });
  const { identityPayload } = device.management;
  if (identityPayload.kind !== "acme") throw new Error("no ACME payload");
  const http = new DeviceHttp();
  const foreign = { attest: async (_: unknown, token: string) => Buffer.from(keep("attestation token", token)) };
  await expect(requestAttestedIdentity(http, identityPayload, await freshEcKey(), foreign)).rejects.toThrow();
  const fresh = await new SimulatedDevice().download((await stage.link({ identity: "acme" })).profileUrl);
  const payload = fresh.payloads.find((each) => each["PayloadType"] === "com.apple.security.acme");
  const another = { ...identityPayload, clientIdentifier: keep("ACME client identifier", String(payload?.["ClientIdentifier"])) };
  await expect(requestAttestedIdentity(http, another, await freshEcKey(), foreign)).rejects.toThrow();
  const client = new AcmeClient(http, identityPayload.directoryUrl);
  await client.open();
  await expect(client.order(keep("ACME client identifier", "an-invented-identifier"))).rejects.toThrow();
  http.hangUp();
  await live(device, keep);
}

/** ADE: the server token, the address of a configuration, the state of its page and the password typed there. */
async function ade(keep: Keep): Promise<void> {
  const server = await stage.connectedServer();
  await stage.sync(server.id);
  stage.apple.revokeTokens();
  await stage.api.call("syncAdeServer", { params: { id: server.id }, query: {} });
  const { certificatePem } = await eventually(() => stage.server(server.id), ({ sync }) => sync.problem !== null);
  await stage.api.call("putAdeServerToken", { params: { id: server.id }, body: { token: stage.apple.mintToken(certificatePem) } });
  for (const secret of stage.apple.secrets) keep("server token", secret);
  const configuration = await stage.configuration({ webPage: "sign-in" });
  keep("ADE address", lastPart(configuration.enrollmentUrl));
  const setup = await SetupAssistant.start(stage.ca, { model: "Mac" });
  await setup.post(configuration, Buffer.from("no signature"));
  const page = await setup.openPage(configuration);
  keep("state of the page", /name="state" value="([^"]*)"/.exec(page.body.toString())?.[1] ?? "");
  await setup.submit(configuration, page, { email: ADMIN.email, password: keep("wrong password", "not the password of anybody") });
  const device = await setup.enroll(await setup.submit(configuration, page, { email: ADMIN.email, password: keep("password", ADMIN.password) }));
  await live(device, keep);
}

/** Work accounts: passwords, codes, access and refresh tokens, and the secret of the OpenID client. */
async function workAccount(keep: Keep): Promise<void> {
  keep("client secret", OIDC_CLIENT.secret);
  const { web, oauth } = configurations;
  const phone = new SimulatedDevice({ userEnrollment: true });
  const client = new AccountClient(phone, stage.muster.url);
  const { url = "" } = bearerChallenge(await client.ask(web.baseUrl));
  await signInOnPage(`${url}?user-identifier=${ADMIN.email}`, { email: ADMIN.email, password: keep("wrong password", "a guess of somebody else") });
  const signedIn = await signInOnPage(`${url}?user-identifier=${ADMIN.email}`, ADMIN);
  const token = keep("access token", signedIn.location.searchParams.get("access-token") ?? "");
  await client.ask(web.baseUrl, keep("forged token", "forged-token-of-a-stranger"));
  await client.ask(oauth.baseUrl, token);
  await client.enroll(await client.fetchProfile(web.baseUrl, token));
  const idle = phone.signReport("Idle");
  await phone.deliver({ ...idle, headers: { ...idle.headers, authorization: `Bearer ${token}` } });
  await live(phone, keep);

  const challenge = bearerChallenge(await client.ask(oauth.baseUrl));
  const query = new URLSearchParams({ response_type: "code", client_id: challenge["client-id"] ?? "", redirect_uri: challenge["redirect-url"] ?? "", state: keep("state of the device", "device-state-1"), login_hint: ADMIN.email });
  const { location } = await signInOnPage(`${challenge["authorization-url"]}?${query.toString()}`, ADMIN);
  const code = keep("code", location.searchParams.get("code") ?? "");
  const exchange = (form: Record<string, string>) => fetch(challenge["token-url"] ?? "", { method: "POST", body: new URLSearchParams(form) });
  await exchange({ grant_type: "authorization_code", code: keep("forged code", "forged-code-of-a-stranger"), client_id: oauth.id, redirect_uri: challenge["redirect-url"] ?? "" });
  const answer = await exchange({ grant_type: "authorization_code", code, client_id: oauth.id, redirect_uri: challenge["redirect-url"] ?? "" });
  const tokens = (await answer.json()) as { access_token: string; refresh_token: string };
  keep("access token", tokens.access_token);
  keep("refresh token", tokens.refresh_token);
  const renewed = (await (await exchange({ grant_type: "refresh_token", refresh_token: tokens.refresh_token })).json()) as { access_token: string };
  keep("access token", renewed.access_token);
  await exchange({ grant_type: "refresh_token", refresh_token: tokens.refresh_token });
}

/** Work accounts by an OpenID provider: what comes back from it, taken or not. */
async function openId(keep: Keep): Promise<void> {
  for (const person of [{ sub: "1", email: ADMIN.email, email_verified: true }, { sub: "2", email: ADMIN.email, email_verified: false }]) {
    provider.person = person;
    const jar = new CookieJar();
    let at = new URL(`${stage.muster.url}/account/${configurations.web.id}/oidc?user-identifier=${ADMIN.email}`);
    while (at.protocol.startsWith("http")) {
      const next = (await jar.ask(at)).headers.get("location");
      if (next === null) break;
      at = new URL(next, at);
      for (const name of ["code", "state", "access-token"]) if (at.searchParams.has(name)) keep(`OpenID ${name}`, at.searchParams.get(name) ?? "");
    }
  }
}

test.each([
  ["OTA profile service", ota, "the OTA profile service refused a device"],
  ["ACME", acme, "ACME request refused"],
  ["Automated Device Enrollment", ade, "Apple's device assignment service did not do what it was asked"],
  ["a work account", workAccount, "Device refused"],
  ["an OpenID provider", openId, ""],
] as const)("no key, challenge, token or password of %s stands in a log line, nor in the database but sealed or as a hash", async (_, way, refusal) => {
  const secrets: Secrets = new Map();
  await way((what, secret) => {
    if (secret.length < 8) throw new Error(`${what} is too short to be looked for`);
    secrets.set(`${what} ${secrets.size}`, secret);
    return secret;
  });
  const { logs, databaseUrl } = stage.muster;
  expect(logs, "there was something to be told").toContain(refusal);
  expect(await everythingStored(databaseUrl), "it is the right database").toContain(ADMIN.email);
  expect(found(logs, secrets)).toEqual([]);
  // What the server gives out to be attested is kept as it is: it is good for nothing without the hardware.
  expect(found(await everythingStored(databaseUrl), secrets).filter((what) => !what.startsWith("attestation token"))).toEqual([]);
  expect(logs).not.toContain("PRIVATE KEY");
});

/** Which of the secrets stand there, as they are or as an address or a header holds them. */
function found(text: string, secrets: Secrets): string[] {
  const forms = (secret: string) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, "")];
  return [...secrets].filter(([, secret]) => forms(secret).some((form) => text.includes(form))).map(([what]) => what);
}
