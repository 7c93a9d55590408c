import { afterAll, beforeAll, expect, test } from "vitest";
import { CookieJar } from "../support/cookie-jar";
import { ADMIN } from "../support/muster-server";
import { OidcStandIn, type OidcPerson } from "../support/oidc-stand-in";
import { Stage } from "../support/stage";

const stage = new Stage();
let provider: OidcStandIn;
beforeAll(async () => {
  provider = await OidcStandIn.start();
  await stage.start(provider.environment);
});
afterAll(async () => {
  await stage.stop();
  await provider.close();
});

/** A browser of its own at the sign-in page: to the provider and back. Answers where it ends and who it is then. */
async function signIn(person: OidcPerson): Promise<{ end: URL; me: Response }> {
  provider.person = person;
  const { url: base } = stage.muster;
  const jar = new CookieJar();
  const { csrfToken } = (await (await jar.ask(new URL("/api/auth/csrf", base))).json()) as { csrfToken: string };
  const begun = await jar.ask(new URL("/api/auth/signin/oidc", base), { method: "POST", body: new URLSearchParams({ csrfToken, callbackUrl: base, json: "true" }) });
  let url = new URL(((await begun.json()) as { url: string }).url);
  for (let hop = 0; hop < 8; hop++) {
    const location = (await jar.ask(url)).headers.get("location");
    if (location === null || new URL(location, url).pathname === "/") break;
    url = new URL(location, url);
  }
  return { end: url, me: await jar.ask(new URL("/api/v1/me", base)) };
}

test("somebody with an account here signs in to the console by the provider's word for the e-mail address", async () => {
  const { me } = await signIn({ sub: "1", email: ADMIN.email.toUpperCase(), email_verified: true });
  expect(me.status).toBe(200);
  expect(await me.json()).toMatchObject({ email: ADMIN.email, role: "owner" });
  const { items } = await stage.api.call("listAuditEvents", { query: { kind: "user.signed-in" } });
  expect(items[0]).toMatchObject({ actor: `user:${ADMIN.email}`, data: { method: "oidc" } });
});

test.each<[string, OidcPerson]>([
  ["somebody without an account here", { sub: "2", email: "kim@example.com", email_verified: true }],
  ["an e-mail address nobody vouches for", { sub: "3", email: ADMIN.email, email_verified: false }],
  ["somebody without an e-mail address", { sub: "4" }],
])("%s gets no session", async (_, person) => {
  const { end, me } = await signIn(person);
  expect([end.pathname, end.searchParams.get("error")]).toEqual(["/sign-in", "account-unknown"]);
  expect(me.status).toBe(401);
});
