import { EventEmitter, once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { constants, createSecureServer, type Http2SecureServer, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { TLSSocket } from "node:tls";
import { testAuthority, toPkcs12, type PemPair, type PushCertificateWish, type TestAuthority } from "./apns-certificates";
import { readApnsRequest, type ReceivedPush } from "./apns-request";

/** How the stand-in answers; without a script it accepts. */
export interface ScriptedAnswer {
  status?: number;
  reason?: string;
  /** Milliseconds since 1970, as APNs sends it with 410. */
  timestamp?: number;
  retryAfter?: string;
  delayMs?: number;
  /** The body of a refusal comes that much later than its status. */
  bodyDelayMs?: number;
  /** `reset`: the stream is reset; `silence`: nothing is ever answered; `drop`: the connection is cut. */
  instead?: "reset" | "silence" | "drop";
  /** Answer so only that many times; for ever when absent. */
  times?: number;
}

export interface ApnsStandInOptions {
  maxConcurrentStreams?: number;
  /** False counts accepted pushes without keeping them. */
  keepPushes?: boolean;
}

/** One for all stand-ins of a process: making an RSA key takes long. */
let shared: Promise<TestAuthority> | null = null;

/** APNs as far as MDM sees it: HTTP/2 over TLS with client certificates, strict about every header and byte. */
export class ApnsStandIn extends EventEmitter<{ push: [ReceivedPush]; request: [ReceivedPush] }> {
  /** For APNS_URL and APNS_CA_FILE. */
  url = "";
  caFile = "";
  readonly caPem: string;
  /** Pushes that were accepted, in order. */
  readonly pushes: ReceivedPush[] = [];
  /** What was wrong with requests, in words; a test that expects a correct client expects none. */
  readonly violations: string[] = [];
  requests = 0;
  accepted = 0;
  connections = 0;
  refusedHandshakes = 0;

  readonly #authority: TestAuthority;
  readonly #server: Http2SecureServer;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #scripts = new Map<string, ScriptedAnswer>();
  #forAll: ScriptedAnswer | null = null;
  #goaway: { after: number; debugData: string | null; code: number } | null = null;
  #folder = "";
  readonly #keepPushes: boolean;

  private constructor(authority: TestAuthority, server: PemPair, options: ApnsStandInOptions) {
    super();
    this.#authority = authority;
    this.#keepPushes = options.keepPushes ?? true;
    this.caPem = authority.certificatePem;
    this.#server = createSecureServer({
      cert: server.certificatePem,
      key: server.privateKeyPem,
      ca: authority.certificatePem,
      requestCert: true,
      rejectUnauthorized: true,
      settings: { maxConcurrentStreams: options.maxConcurrentStreams ?? 1000 },
    });
    this.#server.on("session", (session) => this.#welcome(session));
    this.#server.on("tlsClientError", () => (this.refusedHandshakes += 1));
  }

  static async start(options: ApnsStandInOptions = {}): Promise<ApnsStandIn> {
    const authority = await (shared ??= testAuthority());
    const standIn = new ApnsStandIn(authority, await authority.issueServer(), options);
    await standIn.#listen();
    return standIn;
  }

  /** A push certificate that this stand-in accepts and that our upload accepts through APNS_CA_FILE. */
  async mintPushCertificate(wish: PushCertificateWish): Promise<PemPair> {
    return this.#authority.issuePush(wish);
  }

  /** The authority in APNS_CA_FILE, which stands in for Apple's root too. */
  get authority(): TestAuthority {
    return this.#authority;
  }

  /** The same as PKCS #12 (RSA keys only). */
  async mintPkcs12(wish: PushCertificateWish, password: string): Promise<Buffer> {
    return toPkcs12(await this.#authority.issuePush({ ...wish, key: "rsa" }), password);
  }

  /** Sets the answer for one token; null accepts again. */
  script(tokenHex: string, answer: ScriptedAnswer | null): void {
    if (answer === null) this.#scripts.delete(tokenHex);
    else this.#scripts.set(tokenHex, { ...answer });
  }

  /** Sets the answer for tokens without a script of their own. */
  scriptAll(answer: ScriptedAnswer | null): void {
    this.#forAll = answer === null ? null : { ...answer };
  }

  /** Sends a GOAWAY once, after that many further requests on one connection; later streams are not looked at. */
  goawayAfter(requests: number, debugData: string | null = null, code: number = constants.NGHTTP2_NO_ERROR): void {
    this.#goaway = { after: requests, debugData, code };
  }

  /** Allows another number of streams at once on the connections that are open. */
  allowStreams(maxConcurrentStreams: number): void {
    for (const session of this.#sessions) session.settings({ maxConcurrentStreams });
  }

  /** Cuts every connection without a word. */
  dropConnections(): void {
    for (const session of this.#sessions) session.destroy();
  }

  /** Resolves with the first accepted push for the token, also one that came before the call. */
  async waitForPush(tokenHex: string, timeoutMs = 60_000): Promise<ReceivedPush> {
    const signal = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const found = this.pushes.find((push) => push.token === tokenHex);
      if (found) return found;
      await once(this, "push", { signal });
    }
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.dropConnections();
    await closed;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #listen(): Promise<void> {
    this.#folder = await mkdtemp(path.join(os.tmpdir(), "apns-stand-in-"));
    this.caFile = path.join(this.#folder, "ca.pem");
    await writeFile(this.caFile, this.caPem);
    this.#server.listen(0, "localhost");
    await once(this.#server, "listening");
    this.url = `https://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  #welcome(session: ServerHttp2Session): void {
    this.connections += 1;
    this.#sessions.add(session);
    session.on("close", () => this.#sessions.delete(session));
    session.on("error", () => undefined);
    let leaving = false;
    if (this.#goaway?.after === 0) this.#leave(session, 0);
    session.on("stream", (stream, headers) => {
      stream.on("error", () => undefined);
      if (leaving) return; // above the last stream id of the GOAWAY: not looked at
      if (this.#goaway && --this.#goaway.after < 0) {
        leaving = true;
        return this.#leave(session, (stream.id ?? 0) - 2); // the stream before this one is the last that is looked at
      }
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const userId = userIdOf(session.socket as TLSSocket);
        const request = readApnsRequest(headers, Buffer.concat(chunks), userId);
        this.requests += 1;
        if (request.problem !== null) this.violations.push(request.problem.detail);
        if (request.problem === null) this.emit("request", request.push);
        this.#answer(stream, request.push, request.problem ?? this.#scriptFor(request.push.token));
      });
    });
  }

  #leave(session: ServerHttp2Session, lastStreamId: number): void {
    const { debugData, code } = this.#goaway ?? { debugData: null, code: constants.NGHTTP2_NO_ERROR };
    this.#goaway = null;
    session.goaway(code, lastStreamId, debugData === null ? undefined : Buffer.from(debugData));
  }

  #scriptFor(token: string): ScriptedAnswer | null {
    const script = this.#scripts.get(token) ?? this.#forAll;
    if (script === null || script.times === undefined) return script;
    return script.times-- > 0 ? script : null;
  }

  #answer(stream: ServerHttp2Stream, push: ReceivedPush, script: ScriptedAnswer | null): void {
    if (script?.delayMs !== undefined) {
      setTimeout(() => this.#answer(stream, push, { ...script, delayMs: undefined }), script.delayMs).unref();
      return;
    }
    if (stream.destroyed || script?.instead === "silence") return;
    if (script?.instead === "reset") return stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    if (script?.instead === "drop") return stream.session?.destroy();
    const status = script?.status ?? 200;
    const headers = { ":status": status, "apns-id": push.apnsId, ...(script?.retryAfter && { "retry-after": script.retryAfter }) };
    if (status === 200) {
      this.accepted += 1;
      if (this.#keepPushes) this.pushes.push(push);
      stream.respond(headers, { endStream: true });
      this.emit("push", push);
      return;
    }
    stream.respond({ ...headers, "content-type": "application/json" });
    const body = JSON.stringify({ reason: script?.reason, timestamp: script?.timestamp });
    if (script?.bodyDelayMs === undefined) stream.end(body);
    else setTimeout(() => stream.end(body), script.bodyDelayMs).unref();
  }
}

const userIds = new WeakMap<TLSSocket, string | null>();

/** The subject UID of the client certificate, which is the topic. */
function userIdOf(socket: TLSSocket): string | null {
  const known = userIds.get(socket);
  if (known !== undefined) return known;
  const subject = socket.getPeerCertificate().subject as unknown as Record<string, string | undefined> | undefined;
  const userId = subject?.UID ?? null;
  userIds.set(socket, userId);
  return userId;
}
