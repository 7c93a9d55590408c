import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { deriveKey } from "@/lib/config/master-key";
import { emptyAnswer, type DeviceAnswer, type DeviceExchange } from "@/lib/protocol/device-exchange";

/** A check takes seconds; nobody else gets an answer here. */
const TICKET_LIFE_MS = 60_000;
export const TICKET_HEADER = "x-muster-check";
/** The header that is long when devices speak. */
export const SIGNATURE_HEADER = "mdm-signature";

export interface Echo {
  bytes: number;
  sha256: string;
  headerLength: number;
}

/** Lets one check call the echo; any node of the installation knows it. */
export function echoTicket(now = Date.now()): string {
  return `${now}.${macOf(String(now))}`;
}

/**
 * Tells the checks what arrived of a request that went out to the public address: behind a proxy that is not always
 * what was sent. Answers nobody but them.
 */
export function answerEcho(exchange: DeviceExchange): Promise<DeviceAnswer> {
  if (!isTicket(exchange.headers[TICKET_HEADER])) return Promise.resolve(emptyAnswer(400));
  const echo: Echo = {
    bytes: exchange.body.length,
    sha256: createHash("sha256").update(exchange.body).digest("hex"),
    headerLength: exchange.headers[SIGNATURE_HEADER]?.length ?? 0,
  };
  return Promise.resolve({ status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(echo) });
}

function isTicket(text: string | undefined): boolean {
  const [time = "", mac = ""] = (text ?? "").split(".");
  const age = Date.now() - Number(time);
  const expected = Buffer.from(macOf(time));
  const given = Buffer.from(mac);
  return Math.abs(age) < TICKET_LIFE_MS && given.length === expected.length && timingSafeEqual(given, expected);
}

function macOf(time: string): string {
  return createHmac("sha256", deriveKey("readiness echo")).update(time).digest("base64url");
}
