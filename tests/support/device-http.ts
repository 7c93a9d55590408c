import http from "node:http";
import https from "node:https";
import type { DeviceIdentity } from "./device-identity";

export interface HttpQuestion {
  method: "GET" | "PUT" | "POST";
  url: string;
  headers?: Record<string, string>;
  body?: Buffer;
}
export interface HttpAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

const MAX_REDIRECTS = 5;
const ANSWER_TIMEOUT_MS = 30_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The HTTP side of one device: connections of its own, kept alive within a session and dropped after it. */
export class DeviceHttp {
  readonly #trustedCa: string | null;
  #identity: DeviceIdentity | null = null;
  #agents: { plain: http.Agent; tls: https.Agent } | null = null;

  /** `trustedCa` is PEM: what a root certificate of the profile would make the device trust. */
  constructor(trustedCa: string | null = null) {
    this.#trustedCa = trustedCa;
  }

  /** From now on TLS handshakes offer this identity; null takes it back. */
  presentIdentity(identity: DeviceIdentity | null): void {
    this.#identity = identity;
    this.hangUp();
  }

  /** Closes every connection; the next request opens a new one. */
  hangUp(): void {
    this.#agents?.plain.destroy();
    this.#agents?.tls.destroy();
    this.#agents = null;
  }

  /** Follows redirects with the same method and body, as a device does, and remembers none of them. */
  async ask(question: HttpQuestion): Promise<HttpAnswer> {
    let url = new URL(question.url);
    for (let redirects = 0; ; redirects++) {
      const answer = await this.#exchange(url, question);
      const location = answer.headers.location;
      if (!REDIRECTS.has(answer.status) || location === undefined) return answer;
      if (redirects === MAX_REDIRECTS) throw new Error(`more than ${MAX_REDIRECTS} redirects from ${question.url}`);
      url = new URL(location, url);
    }
  }

  #exchange(url: URL, question: HttpQuestion): Promise<HttpAnswer> {
    const agents = (this.#agents ??= this.#makeAgents());
    const secure = url.protocol === "https:";
    const headers: Record<string, string> = { accept: "*/*", ...question.headers };
    if (question.body !== undefined) headers["content-length"] = String(question.body.length);
    return new Promise<HttpAnswer>((resolve, reject) => {
      const request = (secure ? https : http).request(
        url,
        { method: question.method, headers, agent: secure ? agents.tls : agents.plain, timeout: ANSWER_TIMEOUT_MS },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
          );
        },
      );
      request.on("error", reject);
      request.on("timeout", () => request.destroy(new Error(`no answer from ${url.origin} in ${ANSWER_TIMEOUT_MS} ms`)));
      request.end(question.body);
    });
  }

  #makeAgents(): { plain: http.Agent; tls: https.Agent } {
    const common = { keepAlive: true, maxSockets: 2 };
    const tls: https.AgentOptions = { ...common };
    if (this.#trustedCa !== null) tls.ca = this.#trustedCa;
    if (this.#identity !== null) {
      tls.cert = this.#identity.certificatePem;
      tls.key = this.#identity.privateKeyPem;
    }
    return { plain: new http.Agent(common), tls: new https.Agent(tls) };
  }
}
