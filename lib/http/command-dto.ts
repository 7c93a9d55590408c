import type { CommandDto, CommandSummary, ErrorChainItem } from "@/lib/contracts/commands";
import type { CommandRow } from "@/lib/commands/command-store";
import { openRequest, openResponse } from "@/lib/commands/queue-command";
import type { EventRow } from "@/lib/events/event-log";
import { maskSecrets } from "@/lib/protocol/results/mask-secrets";
import { plistToJson } from "@/lib/protocol/results/plist-to-json";
import { readPlist } from "@/lib/protocol/plist/read-plist";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { isoOrNull } from "./iso-or-null";

export function toCommandSummary(row: CommandRow): CommandSummary {
  return {
    id: row.id,
    commandUuid: row.id,
    deviceId: row.deviceId,
    enrollmentId: row.enrollmentId,
    requestType: row.requestType,
    state: row.state,
    createdBy: row.createdBy,
    notBefore: isoOrNull(row.notBefore),
    expiresAt: isoOrNull(row.expiresAt),
    queuedAt: row.queuedAt.toISOString(),
    deliveredAt: isoOrNull(row.deliveredAt),
    deliveries: row.deliveries,
    deferrals: row.deferrals,
    deferredAt: isoOrNull(row.deferredAt),
    endedAt: isoOrNull(row.endedAt),
    errorChain: row.errorChain as ErrorChainItem[] | null,
    cause: row.cause,
  };
}

/** With request and answer, their secrets masked. */
export function toCommandDto(row: CommandRow, steps: readonly EventRow[]): CommandDto {
  const request = shown(openRequest(row.id, row.requestSealed));
  const response = row.responseSealed === null ? null : shown(openResponse(row.id, row.responseSealed));
  return {
    ...toCommandSummary(row),
    request: request.json,
    requestXml: request.xml,
    response: response?.json ?? null,
    responseXml: response?.xml ?? null,
    steps: steps.map((event) => ({ at: event.at.toISOString(), kind: event.kind, actor: event.actor, data: event.data })),
  };
}

/** An answer that cannot be read could not be masked either, so nothing of it is shown. */
function shown(plist: Buffer): { json: unknown; xml: string } {
  try {
    const masked = maskSecrets(readPlist(plist));
    return { json: plistToJson(masked), xml: writePlist(masked) };
  } catch {
    return { json: null, xml: `<!-- These ${plist.length} bytes are no property list that could be read. They are kept as they came. -->` };
  }
}
