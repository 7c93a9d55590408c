import type { IncomingHttpHeaders } from "node:http2";

export interface ReceivedPush {
  /** Lower-case hex. */
  token: string;
  topic: string;
  magic: string;
  apnsId: string;
  /** Seconds since 1970. */
  expiration: number;
  at: Date;
}

interface Problem {
  status: number;
  reason: string;
  detail: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads an APNs request and says what is wrong with it; `certificateTopic` is the UID of the client certificate. */
export function readApnsRequest(
  headers: IncomingHttpHeaders,
  body: Buffer,
  certificateTopic: string | null,
): { push: ReceivedPush; problem: Problem | null } {
  const text = (name: string) => String(headers[name] ?? "");
  const token = /^\/3\/device\/((?:[0-9a-f]{2})+)$/.exec(text(":path"))?.[1] ?? "";
  const magic = readMagic(body);
  const push: ReceivedPush = {
    token,
    topic: text("apns-topic"),
    magic: magic ?? "",
    apnsId: text("apns-id"),
    expiration: Number(text("apns-expiration")),
    at: new Date(),
  };
  const aheadSeconds = push.expiration - Date.now() / 1000;
  const checks: [boolean, number, string][] = [
    [text(":method") === "POST", 405, "MethodNotAllowed"],
    [token !== "", 404, "BadPath"],
    [push.topic !== "", 400, "MissingTopic"],
    [push.topic === certificateTopic, 400, "BadTopic"],
    [text("apns-push-type") === "mdm", 400, "InvalidPushType"],
    [text("apns-priority") === "10", 400, "BadPriority"],
    [Number.isInteger(push.expiration) && aheadSeconds > 0 && aheadSeconds < 30 * 24 * 3600, 400, "BadExpirationDate"],
    [UUID.test(push.apnsId), 400, "BadMessageId"],
    [body.length > 0 && magic !== null, 400, "PayloadEmpty"],
    [body.length <= 4096, 413, "PayloadTooLarge"],
  ];
  const failed = checks.find(([passed]) => !passed);
  if (!failed) return { push, problem: null };
  return { push, problem: { status: failed[1], reason: failed[2], detail: `${failed[2]}: ${text(":method")} ${text(":path")}` } };
}

/** The push magic of a body that is exactly {"mdm": magic}; null for any other. */
function readMagic(body: Buffer): string | null {
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"));
    if (typeof parsed !== "object" || parsed === null || Object.keys(parsed).join() !== "mdm") return null;
    const magic: unknown = (parsed as Record<string, unknown>).mdm;
    return typeof magic === "string" && body.equals(Buffer.from(JSON.stringify({ mdm: magic }))) ? magic : null;
  } catch {
    return null;
  }
}
