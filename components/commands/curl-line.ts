import { shellWord } from "@/lib/client/shell-word";
import type { CommandDto } from "@/lib/contracts/commands";
import { COMMANDS } from "@/lib/protocol/commands/catalog";

/** The same command as a shell line for scripts. Masked secrets stay masked: they are to be filled in. */
export function curlLine(command: Pick<CommandDto, "deviceId" | "requestType" | "request" | "requestXml">, origin: string): string {
  const known = COMMANDS[command.requestType] !== undefined;
  const parameters = parametersOf(command.request);
  const body = {
    requestType: command.requestType,
    ...(known && Object.keys(parameters).length > 0 ? { parameters } : {}),
    ...(known ? {} : { rawPlist: command.requestXml }),
  };
  return [
    `curl -X POST ${shellWord(`${origin}/api/v1/devices/${command.deviceId}/commands`)} \\`,
    `  -H "Authorization: Bearer $MUSTER_TOKEN" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d ${shellWord(JSON.stringify(body))}`,
  ].join("\n");
}

function parametersOf(request: unknown): Record<string, unknown> {
  const whole = asObject(request);
  const { RequestType: _, ...parameters } = asObject(whole.Command ?? whole);
  return asObject(plainData(parameters));
}

/** Binary data is {"$data": base64} where it is shown and bare base64 where it is sent. */
function plainData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainData);
  if (typeof value !== "object" || value === null) return value;
  if ("$data" in value) return value.$data;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plainData(part)]));
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
