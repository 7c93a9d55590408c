import { hasOidc } from "@/lib/accounts/oidc-provider";
import { oidcEmail, oidcSignInUrl, type OidcChecks } from "@/lib/accounts/oidc-client";
import { hasSecureCookies } from "@/lib/accounts/session-cookie";
import { config } from "@/lib/config/config";
import { log } from "@/lib/config/log";
import { MusterError } from "@/lib/contracts/errors";
import { seal, unseal } from "@/lib/db/sealed";
import { readConfiguration } from "@/lib/enrollment/account-configuration-service";
import { admitAccount, OAUTH_RESULT, signInByPassword, signInResult } from "@/lib/enrollment/account-sign-in";
import { peerAddress } from "./connection";
import { cookieNamed } from "./cookie-named";
import { readBody } from "./read-body";
import { requireSameOrigin } from "./same-origin";

/** The pages of a sign-in on a device. Wherever they lead is ours or Apple's own; nothing of a request chooses it. */

const MAX_FORM_BYTES = 8 * 1024;
const MAX_STATE_LENGTH = 1_000;
const COOKIE = "muster-account-sign-in";
const COOKIE_PLACE = { table: "cookie", row: "account", column: "sign-in" };
const COOKIE_SECONDS = 600;

interface Running {
  id: string;
  /** What the device gave us to hand back. */
  state: string | null;
  checks: OidcChecks;
  until: number;
}

export interface AccountSignInPage {
  organization: string;
  domain: string;
  oidc: boolean;
}

/** What the sign-in page shows; null when there is no such configuration, or another client or address is meant. */
export async function accountSignInPage(id: string, query: Record<string, string | string[] | undefined>): Promise<AccountSignInPage | null> {
  const found = await readConfiguration(id).catch((error: unknown) => {
    if (error instanceof MusterError && error.code === "not-found") return null;
    throw error;
  });
  if (found === null || (query["client_id"] ?? id) !== id || (query["redirect_uri"] ?? OAUTH_RESULT) !== OAUTH_RESULT) return null;
  return { organization: config().organization, domain: found.domain, oidc: hasOidc() };
}

/** POST of the form: e-mail and password. */
export async function accountSessionRoute(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await context.params;
  const body = await readBody(request, MAX_FORM_BYTES).catch(() => null);
  const form = new URLSearchParams(body?.toString("utf8") ?? "");
  const person = form.get("email") ?? "";
  const state = stateIn(form);
  return leading(id, { person, state }, async () => {
    requireSameOrigin(request);
    const configuration = await readConfiguration(id);
    const account = await signInByPassword(configuration, { email: person, password: form.get("password") ?? "" }, peerAddress());
    return { location: await signInResult(configuration, account, state) };
  });
}

/** GET: on to the OpenID provider. */
export async function accountOidcRoute(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await context.params;
  const query = new URL(request.url).searchParams;
  const person = query.get("user-identifier") ?? "";
  const state = stateIn(query);
  return leading(id, { person, state }, async () => {
    await readConfiguration(id);
    const { url, checks } = await oidcSignInUrl(callbackUrl(), person === "" ? null : person.slice(0, 300));
    return { location: url, status: 302, cookie: cookieOf({ id, state, checks, until: Date.now() + COOKIE_SECONDS * 1_000 }) };
  });
}

/** GET: back from the OpenID provider, with the cookie of who set out. */
export async function accountCallbackRoute(request: Request): Promise<Response> {
  const running = runningIn(request.headers.get("cookie"));
  if (running === null) return new Response("This sign-in has taken too long, or was begun elsewhere. Please start again in Settings.", { status: 400, headers: { "content-type": "text/plain; charset=utf-8" } });
  const { id, state, checks } = running;
  return leading(id, { person: "", state }, async () => {
    const configuration = await readConfiguration(id);
    const email = await oidcEmail(callbackUrl(), new URL(request.url).searchParams, checks);
    const account = await admitAccount(configuration, email, peerAddress());
    return { location: await signInResult(configuration, account, state), cookie: setCookie("", 0) };
  });
}

interface Lead {
  location: string;
  /** 308 is how Apple wants the end of it. */
  status?: 302 | 308;
  cookie?: string;
}

/** Leads on, or back to the form with the reason. */
async function leading(id: string, form: { person: string; state: string | null }, lead: () => Promise<Lead>): Promise<Response> {
  try {
    const { location, status = 308, cookie } = await lead();
    return redirect(status, location, cookie);
  } catch (error) {
    if (!(error instanceof MusterError)) log.error("a sign-in on a device failed", { error });
    const query = new URLSearchParams({ error: error instanceof MusterError ? error.code : "internal", "user-identifier": form.person.slice(0, 300) });
    if (form.state !== null) query.set("state", form.state);
    return redirect(303, `${config().publicUrl}/account/${encodeURIComponent(id)}/sign-in?${query.toString()}`);
  }
}

function redirect(status: number, location: string, cookie?: string): Response {
  const headers = new Headers({ location, "cache-control": "no-store", "referrer-policy": "no-referrer" });
  if (cookie !== undefined) headers.set("set-cookie", cookie);
  return new Response(null, { status, headers });
}

function stateIn(query: URLSearchParams): string | null {
  const state = query.get("state");
  return state === null || state === "" || state.length > MAX_STATE_LENGTH ? null : state;
}

const callbackUrl = () => `${config().publicUrl}/account/callback`;

function cookieOf(running: Running): string {
  return setCookie(seal(Buffer.from(JSON.stringify(running)), COOKIE_PLACE).toString("base64url"), COOKIE_SECONDS);
}

function setCookie(value: string, seconds: number): string {
  return `${COOKIE}=${value}; Path=/account; Max-Age=${seconds}; HttpOnly; SameSite=Lax${hasSecureCookies() ? "; Secure" : ""}`;
}

function runningIn(header: string | null): Running | null {
  const cookie = cookieNamed(COOKIE, header);
  if (cookie === null) return null;
  try {
    const running = JSON.parse(unseal(Buffer.from(cookie, "base64url"), COOKIE_PLACE).toString()) as Running;
    return running.until > Date.now() ? running : null;
  } catch {
    return null;
  }
}
