import { DEVICE_CSV_COLUMNS, type DeviceCsvColumn, type DeviceSummary } from "@/lib/contracts/devices";

/** Spreadsheets run what begins with one of these as a formula, and a device chooses its own name (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

/** One cell after RFC 4180; what looks like a formula becomes text by an apostrophe. */
export function csvCell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

export function csvHead(columns: readonly DeviceCsvColumn[]): string {
  // Without the mark Excel takes UTF-8 for the code page of the machine.
  return `\uFEFF${csvLine(columns.map((column) => DEVICE_CSV_COLUMNS[column]))}`;
}

export function csvRow(device: DeviceSummary, columns: readonly DeviceCsvColumn[]): string {
  return csvLine(columns.map((column) => textOf(device[column])));
}

function textOf(value: DeviceSummary[DeviceCsvColumn]): string {
  if (value === null) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}
