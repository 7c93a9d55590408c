import { MusterError } from "@/lib/contracts/errors";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import { deviceExists } from "@/lib/devices/device-store";
import { flushExchanges } from "./exchange-log";
import { countExchangeRows, listExchangeRows, openText, readExchangeRow, type ExchangeRow, type ExchangeSelection } from "./exchange-store";

/** What a device said lately and was answered, newest first; up to the second on the node that is asked. @throws MusterError not-found */
export async function listExchanges(deviceId: string, query: { show: ExchangeSelection; cursor?: string | undefined; limit: number }): Promise<Page<ExchangeRow>> {
  if (!(await deviceExists(deviceId))) throw new MusterError("not-found", `no device ${deviceId}`);
  await flushExchanges();
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listExchangeRows(deviceId, query.show, before, query.limit + 1), countExchangeRows(deviceId, query.show)]);
  return pageOf(rows, query.limit, total, (last) => [last.at.toISOString(), last.id]);
}

/** One exchange with both bodies as masked text; null where none was kept. @throws MusterError not-found */
export async function readExchange(deviceId: string, id: string): Promise<{ row: ExchangeRow; request: string | null; answer: string | null }> {
  const row = await readExchangeRow(deviceId, id);
  if (row === null) throw new MusterError("not-found", `no exchange ${id} of this device`);
  return { row, request: openText(row.requestSealed, id, "requestSealed"), answer: openText(row.answerSealed, id, "answerSealed") };
}
