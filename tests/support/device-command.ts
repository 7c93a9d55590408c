import { isDictionary, type PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { readPlist } from "@/lib/protocol/plist/read-plist";
import { asDictionary, readProfile, textAt, type ConfigurationProfile } from "./configuration-profile";
import type { HttpAnswer } from "./device-http";

/** A command as it arrived. */
export interface DeviceCommand {
  uuid: string;
  requestType: string;
  /** The Command dictionary, RequestType included. */
  parameters: PlistDictionary;
}

/** The server's answer to a report: a command, or null for exactly zero bytes. @throws when it is anything else */
export function readCommand(answer: HttpAnswer): DeviceCommand | null {
  if (answer.body.length === 0) return null;
  const content = asDictionary(readPlist(answer.body), "the answer");
  const parameters = asDictionary(content["Command"], "Command");
  return { uuid: textAt(content, "CommandUUID"), requestType: textAt(parameters, "RequestType"), parameters };
}

/** The server did not take a message: any status that is neither success nor the end of management. */
export class ServerRefused extends Error {
  override readonly name = "ServerRefused";
  readonly status: number;

  constructor(what: string, answer: HttpAnswer) {
    super(`${what} was answered ${answer.status}`);
    this.status = answer.status;
  }
}

export function isSuccess(answer: HttpAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** The profile that was answered. @throws ServerRefused on any status but 200 */
export function profileIn(answer: HttpAnswer): ConfigurationProfile {
  if (answer.status !== 200) throw new ServerRefused("the profile", answer);
  const type = answer.headers["content-type"];
  if (type !== "application/x-apple-aspen-config") throw new Error(`the profile came as ${type}`);
  return readProfile(answer.body);
}

/** Does this answer make a device remove its enrollment profile? 401 always, 403 with Apple's code for it. */
export function endsManagement(answer: HttpAnswer): boolean {
  if (answer.status === 401) return true;
  return answer.status === 403 && errorCode(answer) === "com.apple.unrecognized.device";
}

/** The `code` of an Apple error body, JSON or property list as its Content-Type says; null without one. */
export function errorCode(answer: HttpAnswer): string | null {
  try {
    const isJson = (answer.headers["content-type"] ?? "").startsWith("application/json");
    const body: unknown = isJson ? JSON.parse(answer.body.toString()) : readPlist(answer.body);
    const code = isDictionary(body as PlistDictionary) ? (body as PlistDictionary)["code"] : null;
    return typeof code === "string" ? code : null;
  } catch {
    return null;
  }
}
