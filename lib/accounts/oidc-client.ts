import { generators, Issuer, type Client } from "openid-client";
import { config } from "@/lib/config/config";
import { processWide } from "@/lib/config/process-wide";
import { MusterError } from "@/lib/contracts/errors";
import { verifiedEmail } from "./oidc-provider";

/** What has to be known again when the provider sends the person back. */
export interface OidcChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

const DISCOVERY_MS = 10 * 60_000;
const discovered = processWide("oidc-client", () => ({ client: null as Promise<Client> | null, until: 0 }));

/** Where the person signs in, for a page that is no sign-in to the console. @throws MusterError conflict without OIDC_ISSUER */
export async function oidcSignInUrl(redirectUri: string, loginHint: string | null): Promise<{ url: string; checks: OidcChecks }> {
  const client = await clientFor();
  const checks = { state: generators.state(), nonce: generators.nonce(), codeVerifier: generators.codeVerifier() };
  const url = client.authorizationUrl({
    redirect_uri: redirectUri, scope: "openid email profile", state: checks.state, nonce: checks.nonce,
    code_challenge: generators.codeChallenge(checks.codeVerifier), code_challenge_method: "S256", ...(loginHint === null ? {} : { login_hint: loginHint }),
  });
  return { url, checks };
}

/**
 * The verified e-mail address of the person whom the provider sent back with these parameters.
 * @throws MusterError sign-in-refused
 */
export async function oidcEmail(redirectUri: string, parameters: URLSearchParams, checks: OidcChecks): Promise<string> {
  const client = await clientFor();
  const answer = client.callbackParams(`/?${parameters.toString()}`);
  let email: string | null;
  try {
    const { state, nonce, codeVerifier } = checks;
    const tokens = await client.callback(redirectUri, answer, { state, nonce, code_verifier: codeVerifier, response_type: "code" });
    email = verifiedEmail(tokens.claims()) ?? (tokens.access_token === undefined ? null : verifiedEmail(await client.userinfo(tokens)));
  } catch (cause) {
    throw new MusterError("sign-in-refused", "The sign-in at your organization did not succeed", { cause });
  }
  if (email === null) throw new MusterError("sign-in-refused", "Your organization's sign-in vouches for no e-mail address");
  return email;
}

/** Read again now and then: providers change their keys' address rarely, and never their name. */
async function clientFor(): Promise<Client> {
  const { oidc } = config();
  if (oidc === null) throw new MusterError("conflict", "OIDC_ISSUER is not set");
  if (discovered.client === null || discovered.until < Date.now()) {
    discovered.until = Date.now() + DISCOVERY_MS;
    discovered.client = Issuer.discover(oidc.issuer).then((issuer) => new issuer.Client({ client_id: oidc.clientId, client_secret: oidc.clientSecret }));
    discovered.client.catch(() => (discovered.client = null));
  }
  return discovered.client;
}
