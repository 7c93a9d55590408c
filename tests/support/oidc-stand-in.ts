import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from "node:crypto";
import http from "node:http";
import { bodyOf, listen, shut } from "./local-server";

export interface OidcPerson {
  sub: string;
  email?: string;
  email_verified?: boolean;
}

interface Grant {
  person: OidcPerson;
  redirectUri: string;
  nonce: string | null;
  codeChallenge: string | null;
}

export const OIDC_CLIENT = { id: "muster", secret: "stand-in secret" } as const;

/** An OpenID provider whose people need no password: whoever `person` is signs in at once. Codes, PKCE, client secret and keys are real. */
export class OidcStandIn {
  person: OidcPerson = { sub: "1" };
  issuer = "";
  readonly #server: http.Server;
  readonly #key: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  readonly #grants = new Map<string, Grant>();

  private constructor() {
    this.#server = http.createServer((request, response) => void this.#answer(request, response).catch(() => response.destroy()));
  }

  static async start(): Promise<OidcStandIn> {
    const provider = new OidcStandIn();
    provider.issuer = `http://127.0.0.1:${await listen(provider.#server)}`;
    return provider;
  }

  /** For the server under test. */
  get environment(): Record<string, string> {
    return { OIDC_ISSUER: this.issuer, OIDC_CLIENT_ID: OIDC_CLIENT.id, OIDC_CLIENT_SECRET: OIDC_CLIENT.secret };
  }

  close(): Promise<void> {
    return shut(this.#server);
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.issuer);
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json(response, 200, this.#metadata());
      case "/jwks":
        return json(response, 200, { keys: [{ ...this.#key.publicKey.export({ format: "jwk" }), kid: "1", use: "sig", alg: "RS256" }] });
      case "/authorize":
        return this.#authorize(url.searchParams, response);
      case "/token":
        return this.#token(request, new URLSearchParams((await bodyOf(request)).toString()), response);
      default:
        return json(response, 404, {});
    }
  }

  #metadata(): Record<string, unknown> {
    const { issuer } = this;
    return {
      issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`,
      response_types_supported: ["code"], subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"], token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    };
  }

  #authorize(query: URLSearchParams, response: http.ServerResponse): void {
    const redirectUri = query.get("redirect_uri") ?? "";
    if (query.get("client_id") !== OIDC_CLIENT.id || query.get("response_type") !== "code") return json(response, 400, { error: "invalid_request" });
    const code = randomUUID();
    this.#grants.set(code, { person: this.person, redirectUri, nonce: query.get("nonce"), codeChallenge: query.get("code_challenge") });
    const back = new URL(redirectUri);
    back.searchParams.set("code", code);
    const state = query.get("state");
    if (state !== null) back.searchParams.set("state", state);
    response.writeHead(302, { location: back.href }).end();
  }

  #token(request: http.IncomingMessage, form: URLSearchParams, response: http.ServerResponse): void {
    const grant = this.#grants.get(form.get("code") ?? "");
    this.#grants.delete(form.get("code") ?? "");
    const verifier = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    const fits = grant !== undefined && grant.redirectUri === form.get("redirect_uri") && (grant.codeChallenge === null || grant.codeChallenge === verifier);
    if (!isClient(request, form)) return json(response, 401, { error: "invalid_client" });
    if (!fits) return json(response, 400, { error: "invalid_grant" });
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: this.issuer, aud: OIDC_CLIENT.id, iat: now, exp: now + 300, ...(grant.nonce === null ? {} : { nonce: grant.nonce }), ...grant.person };
    json(response, 200, { access_token: randomUUID(), token_type: "Bearer", expires_in: 300, id_token: this.#jwt(claims) });
  }

  #jwt(claims: Record<string, unknown>): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const content = `${part({ alg: "RS256", kid: "1", typ: "JWT" })}.${part(claims)}`;
    return `${content}.${sign("sha256", Buffer.from(content), this.#key.privateKey).toString("base64url")}`;
  }
}

function isClient(request: http.IncomingMessage, form: URLSearchParams): boolean {
  const basic = Buffer.from((request.headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString();
  const given = basic === "" ? `${form.get("client_id")}:${form.get("client_secret")}` : decodeURIComponent(basic.replaceAll("+", " "));
  return given === `${OIDC_CLIENT.id}:${OIDC_CLIENT.secret}`;
}

function json(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
