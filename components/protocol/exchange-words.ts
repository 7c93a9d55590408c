import type { ExchangeDto } from "@/lib/contracts/exchanges";
import { ERRORS } from "@/lib/contracts/errors";
import type { Tone } from "@/lib/contracts/words";

/** What each message means (Apple, "Check-in" and "Sending MDM commands to a device"); others speak for themselves. */
const MEANINGS: Record<string, string> = {
  Authenticate: "introduces itself",
  TokenUpdate: "tells its push token",
  CheckOut: "says goodbye",
  UserAuthenticate: "asks whether a user is managed",
  SetBootstrapToken: "hands over its bootstrap token",
  GetBootstrapToken: "asks for its bootstrap token",
  DeclarativeManagement: "asks for or reports declarations",
  GetToken: "asks for a service token",
  ReturnToService: "asks whether to return to service",
  Idle: "asks for work",
  Acknowledged: "has done it",
  Error: "could not do it",
  CommandFormatError: "could not read the command",
  NotNow: "cannot do it now",
  unreadable: "sent what could not be read",
};

/** The message in a few words: what it was about. */
export function exchangeMeaning({ kind, reported, count, idle }: ExchangeDto): string {
  if (idle) return count === 1 ? "asks for work; nothing waits" : `asks for work ${count.toLocaleString()} times; nothing waits`;
  const meaning = MEANINGS[kind] ?? "";
  return reported === null ? meaning : `${reported.requestType ?? "a command that is no longer kept"}: ${meaning || kind}`;
}

/** What was answered, in words. */
export function answerMeaning({ status, refusal, delivered, reported, idle, bytesOut }: ExchangeDto): string {
  if (refusal !== null) return titleOf(refusal);
  if (delivered !== null) return `gets ${delivered.requestType ?? "a command"}`;
  if (status === 401) return "ends its management";
  if (status === 503) return "was asked to come again";
  if (status !== 200 || bytesOut > 0) return "";
  return idle ? "nothing to do" : reported === null ? "taken" : "nothing more to do";
}

export function statusTone(status: number): Tone {
  if (status < 300) return "good";
  return status === 503 ? "warning" : "bad";
}

/** "agrees", "41 s ahead", "2 min behind"; null where the device signs without a time. */
export function skewWords(seconds: number | null): string | null {
  if (seconds === null) return null;
  const away = Math.abs(seconds);
  if (away < 5) return "agrees with the server";
  const size = away < 120 ? `${away} s` : away < 7200 ? `${Math.round(away / 60)} min` : away < 172_800 ? `${Math.round(away / 3600)} h` : `${Math.round(away / 86_400).toLocaleString()} d`;
  return `${size} ${seconds > 0 ? "ahead" : "behind"}`;
}

/** "812 B", "3.2 KB". */
export function byteWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function titleOf(code: string): string {
  const known: Record<string, { title: string }> = ERRORS;
  return known[code]?.title ?? code;
}
