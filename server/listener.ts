import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { Config } from "@/lib/config/config";
import { log } from "@/lib/config/log";
import { logPath } from "@/lib/config/log-path";
import { serveDevice } from "./device-lane";
import { StartError } from "./start-error";

export type RequestHandler = (request: http.IncomingMessage, response: http.ServerResponse) => Promise<void>;

export interface Listener {
  port: number;
  /** From now on requests are answered; those that came before were waiting for it. */
  serve(rest: RequestHandler): void;
  /** Takes no new connections and waits 10 s for the requests that run. May be called again. */
  close(): Promise<void>;
}

const GRACE_MS = 10_000;

const OPTIONS: http.ServerOptions = {
  // A client certificate in a proxy's header takes several KiB.
  maxHeaderSize: 64 * 1024,
  // Who trickles its header is cut off soon; 32 MiB of body may come over a line of 0.5 Mbit/s.
  headersTimeout: 30_000,
  requestTimeout: 600_000,
  // Longer than the idle time of usual load balancers (60 s), so that they are the ones to close.
  keepAliveTimeout: 75_000,
};

/** Takes the port of the configuration. Throws StartError when it cannot be had or the TLS files cannot be read. */
export async function listen({ host, port, tls }: Pick<Config, "host" | "port" | "tls">): Promise<Listener> {
  let opened: ((rest: RequestHandler) => void) | undefined;
  const ready = new Promise<RequestHandler>((resolve) => (opened = resolve));
  let rest: RequestHandler | null = null;
  const running = new Set<http.ServerResponse>();

  function take(request: http.IncomingMessage, response: http.ServerResponse): void {
    running.add(response);
    response.once("close", () => running.delete(response));
    if (rest) answer(request, response, rest);
    else void ready.then((handler) => answer(request, response, handler));
  }

  const server = tls ? secureServer(tls, take) : http.createServer(OPTIONS, take);
  await bind(server, host, port);
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    serve(handler) {
      rest = handler;
      opened?.(handler);
    },
    close: () => drain(server, running, rest ? GRACE_MS : 0),
  };
}

function answer(request: http.IncomingMessage, response: http.ServerResponse, rest: RequestHandler): void {
  if (serveDevice(request, response)) return;
  rest(request, response).catch((error: unknown) => {
    log.error("a request failed", { path: logPath(request.url ?? ""), error });
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}

/** Asks for a client certificate but demands none; whose it is, lib/pki decides, not TLS. */
function secureServer({ certFile, keyFile }: NonNullable<Config["tls"]>, take: http.RequestListener): https.Server {
  const handshake = { requestCert: true, rejectUnauthorized: false, minVersion: "TLSv1.2", handshakeTimeout: 30_000 } as const;
  try {
    return https.createServer({ ...OPTIONS, ...handshake, cert: readFileSync(certFile), key: readFileSync(keyFile) }, take);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`TLS_CERT_FILE and TLS_KEY_FILE do not hold a certificate and its key (${reason}).`, { cause });
  }
}

function bind(server: http.Server | https.Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new StartError(sentenceFor(error, host, port), { cause: error })));
    server.listen(port, host, () => {
      server.removeAllListeners("error").on("error", (error) => log.error("the HTTP server failed", { error }));
      resolve();
    });
  });
}

function sentenceFor(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === "EADDRINUSE") return `Port ${port} is in use: stop the other program, or set PORT to another port.`;
  if (error.code === "EACCES") return `Port ${port} needs privileges that this process lacks: set PORT to 1024 or above.`;
  return `HOST ${host} cannot be listened on (${error.message}).`;
}

async function drain(server: http.Server | https.Server, running: ReadonlySet<http.ServerResponse>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  for (const response of running) {
    if (isEventStream(response)) response.destroy(); // it would never end by itself; browsers come back
    else if (!response.headersSent) response.setHeader("connection", "close");
  }
  const giveUp = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(giveUp);
}

function isEventStream(response: http.ServerResponse): boolean {
  return String(response.getHeader("content-type") ?? "").startsWith("text/event-stream");
}
