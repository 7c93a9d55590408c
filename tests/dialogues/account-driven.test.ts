import { afterAll, beforeAll, expect, test } from "vitest";
import type { AccountConfigurationDto } from "@/lib/contracts/account-driven";
import { ApiProblem } from "../support/api-client";
import { AccountClient, bearerChallenge, signInOnPage } from "../support/account-client";
import { CookieJar } from "../support/cookie-jar";
import { DeviceCa } from "../support/device-ca";
import { ADMIN } from "../support/muster-server";
import { OidcStandIn } from "../support/oidc-stand-in";
import { SimulatedDevice } from "../support/simulated-device";
import { Stage } from "../support/stage";

const stage = new Stage();
let ca: DeviceCa;
let provider: OidcStandIn;
/** The local account, owner@example.com, is of this domain. */
let web: AccountConfigurationDto;
let oauth: AccountConfigurationDto;
beforeAll(async () => {
  ca = await DeviceCa.create();
  provider = await OidcStandIn.start();
  await stage.start({ DEVICE_CA_FILE: ca.writeFile(), ...provider.environment });
  web = await stage.api.call("createAccountConfiguration", { body: { domain: "Example.com", mode: "BYOD", method: "apple-as-web", modelFamilies: ["iPhone", "iPad"] } });
  oauth = await stage.api.call("createAccountConfiguration", { body: { domain: "example.com", mode: "ADDE", method: "apple-oauth2" } });
});
afterAll(async () => {
  await stage.stop();
  await provider.close();
});

const OAUTH_REDIRECT = "apple-remotemanagement-user-login:/oauth2/redirection";

function phone(): { device: SimulatedDevice; client: AccountClient } {
  const device = new SimulatedDevice({ userEnrollment: true });
  return { device, client: new AccountClient(device, stage.muster.url) };
}

/** Signs in on the page of the web method. Answers the access token. */
async function webToken(): Promise<string> {
  const { url = "" } = bearerChallenge(await phone().client.ask(web.baseUrl));
  const { status, location } = await signInOnPage(`${url}?user-identifier=${ADMIN.email}`, ADMIN);
  expect([status, location.protocol, location.host]).toEqual([308, "apple-remotemanagement-user-login:", "authentication-results"]);
  return location.searchParams.get("access-token") ?? "";
}

/** The dialogue of OAuth 2 up to the code. */
async function oauthCode(state = "device-state-1"): Promise<{ challenge: Record<string, string>; code: string; location: URL }> {
  const challenge = bearerChallenge(await phone().client.ask(oauth.baseUrl));
  const query = new URLSearchParams({ response_type: "code", client_id: challenge["client-id"] ?? "", redirect_uri: challenge["redirect-url"] ?? "", state, login_hint: ADMIN.email });
  const { location } = await signInOnPage(`${challenge["authorization-url"]}?${query.toString()}`, ADMIN);
  return { challenge, location, code: location.searchParams.get("code") ?? "" };
}

function exchange(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: "POST", body: new URLSearchParams(form) });
}

test("a person's own iPhone finds the server, signs in on the web page, and is managed without giving away its hardware", async () => {
  const { device, client } = phone();
  const baseUrl = await client.baseUrl(ADMIN.email);
  expect(baseUrl).toBe(web.baseUrl);
  const first = await client.ask(baseUrl);
  expect([first.status, bearerChallenge(first)]).toEqual([401, { method: "apple-as-web", url: `${stage.muster.url}/account/${web.id}/sign-in` }]);

  const profile = await client.fetchProfile(baseUrl, await webToken());
  expect(profile.payloads.find((payload) => payload["PayloadType"] === "com.apple.mdm")).toMatchObject({ EnrollmentMode: "BYOD", AssignedManagedAppleID: ADMIN.email });
  expect(await client.enroll(profile)).toBe(ADMIN.email);
  await device.runSession();

  const [found] = (await stage.api.call("listDevices", { query: { query: ADMIN.email } })).items;
  expect(found).toMatchObject({ owner: ADMIN.email, udid: null, serialNumber: null, state: "enrolled" });
  expect((await stage.api.call("getAccountConfiguration", { params: { id: web.id } })).enrolled).toBe(1);
});

test("a Mac of the organization signs in by OAuth 2, and its profile is bound to its hardware", async () => {
  const device = new SimulatedDevice({ model: "Mac" });
  const client = new AccountClient(device, stage.muster.url, await ca.issue(device.serialNumber));
  expect(await client.baseUrl(ADMIN.email, "Mac")).toBe(oauth.baseUrl);
  const { challenge, code, location } = await oauthCode();
  expect([location.protocol, location.pathname, location.searchParams.get("state")]).toEqual(["apple-remotemanagement-user-login:", "/oauth2/redirection", "device-state-1"]);
  const answer = await exchange(challenge["token-url"] ?? "", { grant_type: "authorization_code", code, client_id: oauth.id, redirect_uri: OAUTH_REDIRECT });
  const tokens = (await answer.json()) as { access_token: string; refresh_token: string; token_type: string; expires_in: number };
  expect([answer.status, tokens.token_type, tokens.expires_in > 0]).toEqual([200, "Bearer", true]);

  const profile = await client.fetchProfile(oauth.baseUrl, tokens.access_token);
  expect(profile.payloads.find((payload) => payload["PayloadType"] === "com.apple.mdm")).toMatchObject({ EnrollmentMode: "ADDE", AccessRights: 8191, AssignedManagedAppleID: ADMIN.email });
  const other = new SimulatedDevice({ model: "Mac" });
  await other.install(profile);
  await expect(other.authenticate()).rejects.toMatchObject({ status: 400 });
  await client.enroll(await client.fetchProfile(oauth.baseUrl, tokens.access_token));
  expect((await stage.device(await stage.deviceId(device))).owner).toBe(ADMIN.email);

  const renewed = await exchange(challenge["token-url"] ?? "", { grant_type: "refresh_token", refresh_token: tokens.refresh_token });
  expect(renewed.status).toBe(200);
  const renewedToken = ((await renewed.json()) as { access_token: string }).access_token;
  expect((await client.ask(oauth.baseUrl, renewedToken)).status).toBe(200);
  expect(renewedToken).not.toBe(tokens.access_token);
  const again = await exchange(challenge["token-url"] ?? "", { grant_type: "refresh_token", refresh_token: tokens.refresh_token });
  expect([again.status, await again.json()]).toEqual([400, { error: "invalid_grant" }]);
});

test("messages that carry the token later are answered as ever, be it good or not", async () => {
  const { device, client } = phone();
  const token = await webToken();
  await client.enroll(await client.fetchProfile(web.baseUrl, token));
  for (const value of [token, "revoked-or-invented"]) {
    const idle = device.signReport("Idle");
    const answer = await device.deliver({ ...idle, headers: { ...idle.headers, authorization: `Bearer ${value}` } });
    expect(answer.status).toBe(200);
  }
  expect(device.managed).toBe(true);
});

test("a token that is forged, of another configuration, a code, or revoked only leads to the sign-in again", async () => {
  const { client } = phone();
  const token = await webToken();
  const { code } = await oauthCode();
  for (const [baseUrl, bad] of [[web.baseUrl, "forged"], [web.baseUrl, `${token}x`], [oauth.baseUrl, token], [oauth.baseUrl, code]] as const) {
    const answer = await client.ask(baseUrl, bad);
    expect([answer.status, answer.headers.get("www-authenticate")?.startsWith("Bearer method=")]).toEqual([401, true]);
  }
  const { items } = await stage.api.call("listAccountTokens", { params: { id: web.id } });
  const [newest] = items;
  if (newest === undefined) throw new Error("no token is listed");
  expect(JSON.stringify(items)).not.toContain(token);
  await stage.api.call("revokeAccountToken", { params: { id: newest.id } });
  expect((await client.ask(web.baseUrl, token)).status).toBe(401);
});

test("a code counts once, for its client and address, and says nothing but OAuth's own errors", async () => {
  const { challenge, code } = await oauthCode();
  const url = challenge["token-url"] ?? "";
  const good = { grant_type: "authorization_code", code, client_id: oauth.id, redirect_uri: OAUTH_REDIRECT };
  const refused = async (form: Record<string, string>) => {
    const answer = await exchange(url, form);
    return [answer.status, ((await answer.json()) as { error: string }).error];
  };
  expect(await refused({ ...good, client_id: "other" })).toEqual([400, "invalid_client"]);
  expect(await refused({ ...good, redirect_uri: "https://evil.example/" })).toEqual([400, "invalid_grant"]);
  expect(await refused({ ...good, grant_type: "password" })).toEqual([400, "unsupported_grant_type"]);
  expect(await refused({ ...good, code: "forged" })).toEqual([400, "invalid_grant"]);
  expect((await exchange(url, good)).status).toBe(200);
  expect(await refused(good)).toEqual([400, "invalid_grant"]);
  expect((await exchange(url.replace(oauth.id, web.id), { ...good, client_id: web.id })).status).toBe(400);
});

test("the sign-in page leads nowhere but back to the device, whatever its address says", async () => {
  const page = `${stage.muster.url}/account/${oauth.id}/sign-in`;
  const evil = await (await fetch(`${page}?redirect_uri=https://evil.example/&client_id=${oauth.id}`)).text();
  expect(evil).toContain("This sign-in does not exist");
  const nowhere = await fetch(`${stage.muster.url}/account/nonsense/sign-in`);
  expect([nowhere.status, (await nowhere.text()).includes("This sign-in does not exist")]).toEqual([200, true]);
  expect(evil).not.toContain("<form");
  const { location } = await signInOnPage(`${page}?callbackUrl=https://evil.example&redirect=https://evil.example&state=${encodeURIComponent("x&code=stolen#")}`, ADMIN);
  expect(location.href.startsWith(`${OAUTH_REDIRECT}?code=`)).toBe(true);
  expect(location.searchParams.get("state")).toBe("x&code=stolen#");

  const refused = await signInOnPage(`${page}?user-identifier=x`, { email: ADMIN.email, password: "wrong" });
  expect([refused.status, refused.location.origin, refused.location.searchParams.get("error")]).toEqual([303, stage.muster.url, "sign-in-refused"]);
  const foreign = await fetch(`${stage.muster.url}/account/${oauth.id}/session`, {
    method: "POST", redirect: "manual", headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, body: new URLSearchParams(ADMIN),
  });
  expect(new URL(foreign.headers.get("location") ?? "").searchParams.get("error")).toBe("cross-site");
});

/** A browser that keeps cookies and follows redirects to the end of the dialogue. */
async function browse(start: string): Promise<URL> {
  const jar = new CookieJar();
  let url = new URL(start);
  for (let hop = 0; hop < 10 && url.protocol.startsWith("http"); hop++) {
    const location = (await jar.ask(url)).headers.get("location");
    if (location === null) return url;
    url = new URL(location, url);
  }
  return url;
}

test("a person without an account here signs in at the organization's provider", async () => {
  provider.person = { sub: "kim", email: "Kim@example.com", email_verified: true };
  const { client } = phone();
  const end = await browse(`${stage.muster.url}/account/${web.id}/oidc?user-identifier=kim%40example.com`);
  expect(end.protocol).toBe("apple-remotemanagement-user-login:");
  const profile = await client.fetchProfile(web.baseUrl, end.searchParams.get("access-token") ?? "");
  expect(await client.enroll(profile)).toBe("kim@example.com");

  for (const person of [{ sub: "lee", email: "lee@elsewhere.example", email_verified: true }, { sub: "max", email: "max@example.com" }]) {
    provider.person = person;
    const refused = await browse(`${stage.muster.url}/account/${web.id}/oidc`);
    expect([refused.origin, refused.searchParams.get("error")]).toEqual([stage.muster.url, "sign-in-refused"]);
  }
  const lost = await fetch(`${stage.muster.url}/account/callback?code=x&state=y`, { redirect: "manual" });
  expect(lost.status).toBe(400);
});

test("what the device sends has to be readable, and its signature true", async () => {
  const token = await webToken();
  const post = (body: Buffer) => fetch(web.baseUrl, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: new Uint8Array(body) });
  for (const body of [Buffer.alloc(0), Buffer.from("<plist><dict/></plist>"), Buffer.from([0x30, 0x80, 1, 2, 3])]) expect((await post(body)).status).toBe(400);
  expect((await fetch(`${stage.muster.url}/account/nonsense/enroll`, { method: "POST" })).status).toBe(404);
  expect((await fetch(web.baseUrl)).status).toBe(405);
});

test("a domain nobody set up is answered by Apple's code, and one that has ended as well", async () => {
  const { client } = phone();
  const unknown = await client.discover("kim@unknown.example");
  expect([unknown.status, await unknown.text()]).toEqual([403, expect.stringContaining("com.apple.well-known.failed")]);
  const made = await stage.api.call("createAccountConfiguration", { body: { domain: "short.example", mode: "ADDE", method: "apple-as-web" } });
  expect(await client.baseUrl("kim@short.example")).toBe(made.baseUrl);
  const changed = await stage.api.call("changeAccountConfiguration", { params: { id: made.id }, body: { admission: "approve", modelFamilies: ["Mac"] } });
  expect(changed).toMatchObject({ admission: "approve", modelFamilies: ["Mac"], method: "apple-as-web" });
  expect((await client.discover("kim@short.example")).status).toBe(403);
  await stage.api.call("deleteAccountConfiguration", { params: { id: made.id } });
  expect((await client.discover("kim@short.example", "Mac")).status).toBe(403);
  expect((await client.ask(made.baseUrl)).status).toBe(404);
});

test("two configurations never answer the same device, and none of their links is shown among links", async () => {
  const refusal = await stage.api.call("createAccountConfiguration", { body: { domain: "example.com", mode: "BYOD", method: "apple-as-web" } }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ApiProblem);
  expect(refusal).toMatchObject({ status: 409 });
  const links = await stage.api.call("listLinks");
  expect(links.items.map((link) => link.id)).not.toContain(web.linkId);
  await expect(stage.api.call("getLink", { params: { id: web.linkId } })).rejects.toMatchObject({ status: 404 });
});
