import { createHash, randomBytes } from "node:crypto";
import { config } from "@/lib/config/config";
import type { CheckKey } from "@/lib/contracts/readiness";
import { CallFailed, callEcho, type Called } from "./call-echo";
import type { Finding } from "./finding";

/** A full report of a large Mac; proxies often stop at one megabyte. */
const BODY_BYTES = 2 * 1024 * 1024;
/** Signatures take four kilobytes, with long chains far more; proxies often stop at eight. */
const HEADER_LENGTH = 48_000;
const SOON_DAYS = 21;
const DAY_MS = 86_400_000;
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export interface PathFindings {
  findings: Record<Extract<CheckKey, "address" | "tls" | "body" | "headers">, Finding>;
  /** What the other end's clock says; null when it could not be asked. */
  date: Date | null;
}

/** Whether what a device sends to PUBLIC_URL arrives here as it was sent. */
export async function checkPath(): Promise<PathFindings> {
  const small = await attempt(Buffer.from("ping"), "short");
  if (small instanceof CallFailed) return { findings: unreachable(small), date: null };
  if (small.echo === null) return { findings: elsewhere(small), date: small.date };
  const body = randomBytes(BODY_BYTES);
  const [large, long] = [await attempt(body, "short"), await attempt(Buffer.from("ping"), "s".repeat(HEADER_LENGTH))];
  return { findings: { address: addressOf(), tls: tlsOf(small), body: bodyOf(large, body), headers: headersOf(long) }, date: small.date };
}

async function attempt(body: Buffer, header: string): Promise<Called | CallFailed> {
  try {
    return await callEcho(body, header);
  } catch (error) {
    if (error instanceof CallFailed) return error;
    throw error;
  }
}

const SKIPPED: Finding = { state: "skipped", detail: "Not looked at while the public address does not answer.", advice: null };

function isTlsProblem(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|SSL/.test(code);
}

function unreachable({ code, message }: CallFailed): PathFindings["findings"] {
  const { publicUrl } = config();
  if (isTlsProblem(code)) {
    const tls: Finding = {
      state: "failed", detail: `A device would not trust this server: ${message} (${code}).`,
      advice: "Serve a certificate of a public authority with its whole chain, or name the private one in TLS_ANCHORS_FILE.",
    };
    return { address: { state: "good", detail: `${publicUrl} is reached.`, advice: null }, tls, body: SKIPPED, headers: SKIPPED };
  }
  const address: Finding = {
    state: "failed", detail: `${publicUrl} does not answer from this server: ${message} (${code}).`,
    advice: "Check the name, the firewall and the proxy. If only this server cannot reach its own public address, devices may still do so.",
  };
  return { address, tls: SKIPPED, body: SKIPPED, headers: SKIPPED };
}

function elsewhere({ status }: Called): PathFindings["findings"] {
  const address: Finding = {
    state: "failed", detail: `${config().publicUrl}/mdm/ is answered ${status}, and not by Muster.`,
    advice: "Let the proxy pass /mdm/, /scep, /acme/, /ade/, /ota/, /account/, /.well-known/ and /enroll/ to Muster, without a sign-in of its own.",
  };
  return { address, tls: SKIPPED, body: SKIPPED, headers: SKIPPED };
}

function addressOf(): Finding {
  const { publicUrl } = config();
  const url = new URL(publicUrl);
  if (LOCAL.test(url.hostname)) {
    return { state: "warning", detail: `${publicUrl} is reached, by this machine only.`, advice: "Set PUBLIC_URL to a name that devices can reach before the first real one enrolls: it is frozen in its profile." };
  }
  return { state: "good", detail: `${publicUrl} is reached and leads here.`, advice: null };
}

function tlsOf({ certificateEnds }: Called): Finding {
  if (certificateEnds === null) {
    return { state: "warning", detail: "The public address has no TLS.", advice: "Real devices enroll over HTTPS only: put a proxy in front, or set TLS_CERT_FILE and TLS_KEY_FILE." };
  }
  const days = Math.floor((certificateEnds.getTime() - Date.now()) / DAY_MS);
  if (days < SOON_DAYS) return { state: "warning", detail: `The certificate is trusted and ends in ${days} days.`, advice: "Renew it: devices do not speak to a server whose certificate has ended." };
  return { state: "good", detail: `The certificate is trusted and holds for ${days} days more.`, advice: null };
}

function bodyOf(called: Called | CallFailed, sent: Buffer): Finding {
  const advice = "Let the proxy pass bodies of 32 MiB unchanged (nginx: client_max_body_size 32m): signatures cover their exact bytes.";
  if (called instanceof CallFailed) return { state: "failed", detail: `A body of 2 MiB does not arrive: ${called.message} (${called.code}).`, advice };
  if (called.echo === null) return { state: "failed", detail: `A body of 2 MiB is answered ${called.status} before it arrives here.`, advice };
  const isSame = called.echo.bytes === sent.length && called.echo.sha256 === createHash("sha256").update(sent).digest("hex");
  return isSame
    ? { state: "good", detail: "2 MiB of random bytes arrived as they were sent.", advice: null }
    : { state: "failed", detail: `Of ${sent.length} bytes ${called.echo.bytes} arrived, and they differ.`, advice };
}

function headersOf(called: Called | CallFailed): Finding {
  const advice = "Let the proxy pass headers of 64 KiB (nginx: large_client_header_buffers 4 64k): a device's signature travels in one.";
  if (called instanceof CallFailed) return { state: "failed", detail: `A header of 48 KB does not arrive: ${called.message} (${called.code}).`, advice };
  if (called.echo === null) return { state: "failed", detail: `A header of 48 KB is answered ${called.status} before it arrives here.`, advice };
  return called.echo.headerLength === HEADER_LENGTH
    ? { state: "good", detail: "A header of 48 KB arrived whole.", advice: null }
    : { state: "failed", detail: `Of a header of ${HEADER_LENGTH} characters ${called.echo.headerLength} arrived.`, advice };
}
