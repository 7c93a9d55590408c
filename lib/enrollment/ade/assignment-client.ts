import { randomBytes } from "node:crypto";
import { config } from "@/lib/config/config";
import { processWide } from "@/lib/config/process-wide";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { session } from "@/lib/protocol/ade/assignment-answers";
import type { ServerToken } from "@/lib/protocol/ade/server-token";
import { AssignmentError, assignmentError } from "./assignment-error";
import { oauthHeader } from "./oauth-signature";

const TIMEOUT_MS = 30_000;
/** Apple answers as of this version: results per device, throttling by device, migration. */
const PROTOCOL_VERSION = "10";
const HEADERS = { "user-agent": "Muster/1.0", "x-server-protocol-version": PROTOCOL_VERSION, accept: "application/json" };
const SESSION_HEADER = "x-adm-auth-session";

/** Sessions by token. They last for minutes and are made anew when lost. */
const sessions = processWide("ade-sessions", () => new Map<string, string>());

export interface AssignmentRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  body?: unknown;
}

/**
 * One request to Apple's device assignment service, under a session that is made when there is none and renewed once when
 * Apple does not know it any more (Apple, "Authenticating with a server").
 * @throws AssignmentError
 */
export async function askAssignmentService(token: ServerToken, request: AssignmentRequest): Promise<unknown> {
  const key = sha256Hex(`${token.consumerKey}\n${token.accessToken}`);
  const known = sessions.get(key);
  const first = await send(request, known ?? (await openSession(token, key)));
  if (!isStale(first) || known === undefined) return readAnswer(first, key);
  return readAnswer(await send(request, await openSession(token, key)), key);
}

/** Forgets the sessions of this process, for a token that was replaced. */
export function forgetSessions(): void {
  sessions.clear();
}

interface Answer {
  status: number;
  body: string;
  retryAfter: string | null;
  session: string | null;
}

/** 401; and 403 with nothing but "forbidden", which is how the service speaks of a session that has ended. */
function isStale({ status, body }: Answer): boolean {
  return status === 401 || (status === 403 && /^"?FORBIDDEN"?$/i.test(body.trim()));
}

async function openSession(token: ServerToken, key: string): Promise<string> {
  const url = `${config().adeUrl}/session`;
  const signed = { method: "GET", url, nonce: randomBytes(16).toString("hex"), seconds: Math.floor(Date.now() / 1000) };
  const answer = await exchange(url, { method: "GET", headers: { ...HEADERS, authorization: oauthHeader(token, signed) } });
  if (answer.status !== 200) throw assignmentError(answer, { opening: true });
  const parsed = session.safeParse(jsonOf(answer));
  if (!parsed.success) throw new AssignmentError("service-error", "the answer to /session holds no session");
  sessions.set(key, parsed.data.auth_session_token);
  return parsed.data.auth_session_token;
}

function send(request: AssignmentRequest, session: string): Promise<Answer> {
  const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
  const headers = { ...HEADERS, [SESSION_HEADER]: session, "content-type": "application/json;charset=UTF8" };
  return exchange(`${config().adeUrl}${request.path}`, { method: request.method, headers, ...body });
}

function readAnswer(answer: Answer, key: string): unknown {
  // Any answer may hand out a new session in place of the old one.
  if (answer.session !== null) sessions.set(key, answer.session);
  if (isStale(answer)) sessions.delete(key);
  if (answer.status < 200 || answer.status > 299) throw assignmentError(answer, { opening: false });
  return jsonOf(answer);
}

function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AssignmentError("service-error", "the answer is not JSON", { cause });
  }
}

async function exchange(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { status, headers } = response;
    return { status, body: await response.text(), retryAfter: headers.get("retry-after"), session: headers.get(SESSION_HEADER) };
  } catch (cause) {
    throw new AssignmentError("unreachable", `no answer: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.name;
}
