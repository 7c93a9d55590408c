import { DEVICE_CSV_COLUMNS, type DeviceCsvColumn, type DeviceCsvQuery } from "@/lib/contracts/devices";
import { log } from "@/lib/config/log";
import { wordsOf } from "@/lib/contracts/words";
import { csvHead, csvRow } from "@/lib/devices/device-csv";
import { exportDevices } from "@/lib/devices/device-export";
import { toDeviceSummary } from "./device-dto";

/** The devices that match as a CSV file, written as it is read. An error on the way breaks the download off: half a file must not look whole. */
export function deviceCsvResponse(query: DeviceCsvQuery): Response {
  const columns = query.columns === undefined ? wordsOf(DEVICE_CSV_COLUMNS) : (query.columns.split(",") as DeviceCsvColumn[]);
  const pages = exportDevices(query);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csvHead(columns))),
    async pull(controller) {
      try {
        const { value, done } = await pages.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value.map((row) => csvRow(toDeviceSummary(row), columns)).join("")));
      } catch (error) {
        log.warn("a list of devices was not written to its end", { error });
        controller.error(error);
      }
    },
    cancel: () => void pages.return(undefined),
  });
  const headers = { "content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="devices.csv"', "cache-control": "no-store", "x-content-type-options": "nosniff" };
  return new Response(body, { headers });
}
