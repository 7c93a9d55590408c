import { randomBytes, randomUUID } from "node:crypto";
import http from "node:http";
import { readCertificate } from "@/lib/crypto/certificate";
import { makeEnvelope } from "@/lib/crypto/cms-enveloped-data";
import type { ContentCipher } from "@/lib/crypto/content-cipher";
import { pemToDer } from "@/lib/crypto/pem";
import { AssignmentAccount } from "./assignment-account";
import { oauthProblem, type MintedToken } from "./assignment-oauth";
import { bodyOf, listen, shut } from "./local-server";

interface Answer {
  status: number;
  body: string | object;
  headers?: Record<string, string>;
}
interface Question {
  path: string;
  method: string;
  body: { cursor?: string; limit?: number; devices?: string[]; profile_uuid?: string; profile_name?: string; url?: string };
}

/** Keys that Apple documents for a profile. */
const PROFILE_KEYS = new Set([
  "profile_name", "url", "configuration_web_url", "allow_pairing", "is_supervised", "is_multi_user", "is_mandatory", "is_mdm_removable", "await_device_configured",
  "auto_advance_setup", "is_return_to_service", "do_not_use_profile_from_backup", "skip_setup_items", "anchor_certs", "supervising_host_certs", "department", "org_magic",
  "support_phone_number", "support_email_address", "language", "region", "devices",
]);

/** Apple's device assignment service as far as an MDM server sees it: strict about signatures, nonces, sessions, headers and cursors. */
export class AssignmentStandIn {
  /** For ADE_URL. */
  url = "";
  readonly account = new AssignmentAccount();
  readonly profiles = new Map<string, object>();
  /** "POST /server/devices", in order. */
  readonly requests: string[] = [];
  /** What was wrong with requests; a correct client leaves none. */
  readonly violations: string[] = [];
  /** What the account says of itself. */
  identity = { server_name: "Muster", server_uuid: randomUUID(), org_name: "Example School", org_id: "4711", org_email: "it@example.org", org_type: "edu", admin_id: "it@example.org" };
  /** Apple's word for single devices at the next assignments. */
  readonly results = new Map<string, string>();
  readonly #tokens = new Map<string, MintedToken>();
  readonly #nonces = new Set<string>();
  readonly #server = http.createServer((request, response) => void this.#serve(request, response));
  /** One for each client that opened one: they do not end each other. */
  readonly #sessions = new Set<string>();
  #scripts: { path: RegExp; answer: Answer; times: number; delayMs: number }[] = [];

  static async start(): Promise<AssignmentStandIn> {
    const standIn = new AssignmentStandIn();
    standIn.url = `http://127.0.0.1:${await listen(standIn.#server)}`;
    return standIn;
  }

  close(): Promise<void> {
    return shut(this.#server);
  }

  /** The .p7m of the portal: an S/MIME message encrypted to the certificate that was uploaded there. */
  mintToken(certificatePem: string, { cipher = "aes-256-cbc", days = 365 }: { cipher?: ContentCipher; days?: number } = {}): string {
    const [der] = pemToDer(certificatePem);
    if (der === undefined) throw new Error("no certificate");
    const secret = () => `${randomBytes(12).toString("hex")}+/=~!`;
    const token: MintedToken = {
      consumer_key: `CK_${secret()}`, consumer_secret: `CS_${secret()}`, access_token: `AT_${secret()}`, access_secret: `AS_${secret()}`,
      access_token_expiry: new Date(Date.now() + days * 86_400_000).toISOString(),
    };
    this.#tokens.set(token.access_token, token);
    const message = ["Content-Type: text/plain;charset=UTF-8", "Content-Transfer-Encoding: 7bit", "", "-----BEGIN MESSAGE-----", JSON.stringify(token), "-----END MESSAGE-----", ""].join("\r\n");
    const cms = makeEnvelope({ content: Buffer.from(message), recipient: readCertificate(der), cipher });
    const head = ['Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=enveloped-data', "Content-Transfer-Encoding: base64", 'Content-Disposition: attachment; filename="smime.p7m"'];
    return [...head, "", ...(cms.toString("base64").match(/.{1,76}/g) ?? []), ""].join("\r\n");
  }

  /** Values that must not appear anywhere. */
  get secrets(): string[] {
    return [...this.#tokens.values()].flatMap((token) => [token.consumer_secret, token.access_secret, token.access_token]);
  }

  /** Sessions last for three minutes of silence. */
  expireSession(): void {
    this.#sessions.clear();
  }

  revokeTokens(): void {
    this.#tokens.clear();
    this.#sessions.clear();
  }

  /** The next requests to matching paths are answered so. */
  script(path: RegExp, answer: Answer, { times = 1, delayMs = 0 } = {}): void {
    this.#scripts.push({ path, answer, times, delayMs });
  }

  unscript(): void {
    this.#scripts = [];
  }

  count(request: string): number {
    return this.requests.filter((each) => each === request).length;
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url ?? "/";
    const method = request.method ?? "GET";
    this.requests.push(`${method} ${path}`);
    const { delayMs, ...answer } = await this.#answer(request, { method, path, body: parsed(body) });
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    setTimeout(() => {
      response.writeHead(answer.status, { "content-type": typeof answer.body === "string" ? "text/plain" : "application/json;charset=UTF8", ...answer.headers });
      response.end(text);
    }, delayMs);
  }

  async #answer(request: http.IncomingMessage, question: Question): Promise<Answer & { delayMs: number }> {
    const script = this.#scripts.find((each) => each.times > 0 && each.path.test(question.path));
    const delayMs = script?.delayMs ?? 0;
    if (script !== undefined) {
      script.times -= 1;
      if (script.answer.status > 0) return { ...script.answer, delayMs };
    }
    if (!/^\S+\/\S+/.test(request.headers["user-agent"] ?? "") || /^node/i.test(request.headers["user-agent"] ?? "")) return { ...this.#wrong("USER_AGENT_MISSING"), delayMs };
    if (Number(request.headers["x-server-protocol-version"]) < 8) return { ...this.#wrong("an old protocol version"), delayMs };
    if (question.path === "/session") return { ...this.#open(request), delayMs };
    const session = String(request.headers["x-adm-auth-session"]);
    if (!this.#sessions.has(session)) return { status: 401, body: "", delayMs };
    if (question.method !== "GET" && !request.headers["content-type"]?.startsWith("application/json")) return { ...this.#wrong("not JSON"), delayMs };
    const answer = this.#route(question);
    // Now and then the service hands out a new session.
    if (this.requests.length % 5 !== 0) return { ...answer, delayMs };
    this.#sessions.delete(session);
    return { ...answer, headers: { ...answer.headers, "x-adm-auth-session": this.#newSession() }, delayMs };
  }

  #open(request: http.IncomingMessage): Answer {
    const problem = oauthProblem(request.headers.authorization, { method: "GET", url: `${this.url}/session` }, this.#tokens, this.#nonces);
    if (problem !== null) {
      if (problem !== "token_rejected" && problem !== "token_expired") this.violations.push(problem);
      return { status: 401, body: `oauth_problem=${problem}` };
    }
    return { status: 200, body: { auth_session_token: this.#newSession() } };
  }

  #newSession(): string {
    const session = randomUUID();
    this.#sessions.add(session);
    return session;
  }

  #route({ method, path, body }: Question): Answer {
    switch (`${method} ${path}`) {
      case "GET /account":
        return { status: 200, body: this.identity };
      case "POST /server/devices":
        return this.account.fetch(body.cursor, body.limit);
      case "POST /devices/sync":
        return this.account.sync(body.cursor, body.limit);
      case "POST /profile":
        return this.#define(body);
      case "PUT /profile/devices":
        return this.#assign(body.devices ?? [], body.profile_uuid ?? "");
      case "DELETE /profile/devices":
        return { status: 200, body: { devices: this.#each(body.devices ?? [], { profile_status: "removed", profile_uuid: undefined }) } };
      default:
        return this.#wrong(`${method} ${path}`);
    }
  }

  #define(profile: Question["body"]): Answer {
    const unknown = Object.keys(profile).filter((key) => !PROFILE_KEYS.has(key));
    const empty = Object.entries(profile).filter(([, value]) => (value as unknown) === "").map(([key]) => key);
    if (unknown.length + empty.length > 0) return this.#wrong(`profile keys: ${[...unknown, ...empty].join()}`);
    if (!profile.profile_name) return { status: 400, body: "CONFIG_NAME_REQUIRED" };
    if (!profile.url || !/^https?:/.test(profile.url)) return { status: 400, body: "CONFIG_URL_REQUIRED" };
    const uuid = randomUUID().replaceAll("-", "").toUpperCase();
    this.profiles.set(uuid, profile);
    return { status: 200, body: { profile_uuid: uuid, devices: {} } };
  }

  #assign(serials: string[], uuid: string): Answer {
    if (serials.length > 1_000) return this.#wrong("more than a thousand devices");
    if (!this.profiles.has(uuid)) return { status: 404, body: "NOT_FOUND" };
    const devices = this.#each(serials, { profile_status: "assigned", profile_uuid: uuid, profile_assign_time: new Date().toISOString(), profile_push_time: undefined });
    return { status: 200, body: { profile_uuid: uuid, devices, ...(Object.values(devices).includes("THROTTLED") ? { retry_after_seconds: 1 } : {}) } };
  }

  #each(serials: string[], change: Parameters<AssignmentAccount["change"]>[1]): Record<string, string> {
    return Object.fromEntries(
      serials.map((serial) => {
        const result = this.results.get(serial) ?? (this.account.devices.has(serial) ? "SUCCESS" : "NOT_ACCESSIBLE");
        if (result === "SUCCESS") this.account.change(serial, change);
        return [serial, result];
      }),
    );
  }

  #wrong(words: string): Answer {
    this.violations.push(words);
    return { status: 400, body: words };
  }
}

function parsed(body: Buffer): Question["body"] {
  try {
    return JSON.parse(body.toString("utf8")) as Question["body"];
  } catch {
    return {};
  }
}
