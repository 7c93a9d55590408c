import http from "node:http";
import https from "node:https";
import { rootCertificates, TLSSocket } from "node:tls";
import { config } from "@/lib/config/config";
import { derToPem } from "@/lib/crypto/pem";
import { tlsAnchors } from "@/lib/enrollment/tls-anchors";
import { echoTicket, SIGNATURE_HEADER, TICKET_HEADER, type Echo } from "./echo";

const TIMEOUT_MS = 10_000;
const LONGEST_ANSWER = 10_000;

export interface Called {
  status: number;
  /** Null when the answer did not come from us. */
  echo: Echo | null;
  /** Of whoever answered, a proxy perhaps. Null when it does not say. */
  date: Date | null;
  /** Null without TLS. */
  certificateEnds: Date | null;
}

/** The code of a call that brought no answer: a code of Node (ENOTFOUND, CERT_HAS_EXPIRED, …), or "TIMEOUT". */
export class CallFailed extends Error {
  override readonly name = "CallFailed";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Calls the echo at the public address, trusting whom a device would trust: the authorities of the web and the anchors
 * in our profiles. @throws CallFailed
 */
export async function callEcho(body: Buffer, signatureHeader: string): Promise<Called> {
  const url = new URL(`${config().publicUrl}/mdm/echo`);
  const ca = url.protocol === "https:" ? { ca: [...rootCertificates, ...(await tlsAnchors()).map((der) => derToPem(der))] } : {};
  const headers = { [TICKET_HEADER]: echoTicket(), [SIGNATURE_HEADER]: signatureHeader, "content-type": "application/x-apple-aspen-mdm", "content-length": body.length };
  return new Promise((resolve, reject) => {
    const options = { method: "PUT", headers, timeout: TIMEOUT_MS, agent: false, ...ca };
    const request = (url.protocol === "https:" ? https : http).request(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text = (text + chunk).slice(0, LONGEST_ANSWER)));
      response.on("error", (error) => reject(failure(error)));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, echo: readEcho(text), date: dateOf(response.headers.date), certificateEnds: endOf(response.socket) }));
    });
    request.on("timeout", () => request.destroy(new CallFailed("TIMEOUT", "no answer within ten seconds")));
    request.on("error", (error) => reject(failure(error)));
    request.end(body);
  });
}

function failure(error: Error): CallFailed {
  return error instanceof CallFailed ? error : new CallFailed((error as NodeJS.ErrnoException).code ?? "UNKNOWN", error.message);
}

function readEcho(text: string): Echo | null {
  try {
    const value = JSON.parse(text) as Partial<Echo> | null;
    return typeof value?.bytes === "number" && typeof value.sha256 === "string" && typeof value.headerLength === "number" ? (value as Echo) : null;
  } catch {
    return null;
  }
}

function dateOf(header: string | undefined): Date | null {
  const time = Date.parse(header ?? "");
  return Number.isNaN(time) ? null : new Date(time);
}

function endOf(socket: unknown): Date | null {
  return socket instanceof TLSSocket ? dateOf(socket.getPeerCertificate().valid_to) : null;
}
