import type { ExchangeDetail, ExchangeDto } from "@/lib/contracts/exchanges";
import type { ExchangeRow } from "@/lib/checkin/exchange-store";
import { isoOrNull } from "./iso-or-null";

export function toExchangeDto(row: ExchangeRow): ExchangeDto {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    idle: row.idle,
    count: row.count,
    userName: row.userName,
    status: row.status,
    refusal: row.refusal,
    bytesIn: row.bytesIn,
    bytesOut: row.bytesOut,
    durationMs: row.durationMs,
    certificate: { fingerprint: row.fingerprint, subject: row.subject, notAfter: isoOrNull(row.notAfter) },
    clockSkewSeconds: row.clockSkewSeconds,
    remoteAddress: row.remoteAddress,
    reported: row.reportedId === null ? null : { commandId: row.reportedId, requestType: row.reportedType },
    delivered: row.deliveredId === null ? null : { commandId: row.deliveredId, requestType: row.deliveredType },
  };
}

/** The bodies were masked before they were kept. */
export function toExchangeDetail(read: { row: ExchangeRow; request: string | null; answer: string | null }): ExchangeDetail {
  return { ...toExchangeDto(read.row), request: read.request, answer: read.answer };
}
