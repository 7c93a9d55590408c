import type { DeviceOrder } from "@/lib/contracts/device-conditions";
import { MusterError } from "@/lib/contracts/errors";
import { decodeTextCursor } from "@/lib/db/cursor";

type Key = "added" | "lastSeen" | "name" | "serial" | "os";

/** How a list of devices `d` with their lives `e` is ordered; indexes stand for the very expressions (migration "speed of lists"). */
export interface Ordering {
  order: DeviceOrder;
  key: Key;
  by: string;
  /** The same for devices that are alike. */
  id: string;
  direction: "ASC" | "DESC";
  /** A value of `by` as it stands in a cursor. */
  text: (by: string) => string;
  cast: string;
  /** True when devices may have no value; they come last, and `by` then holds only of the others. */
  partial: boolean;
}

const TIME_TEXT = (time: string): string => `(extract(epoch FROM ${time}) * 1000)::bigint::text`;
const KEYS: Record<Key, Omit<Ordering, "order" | "key" | "direction">> = {
  added: { by: `d."createdAt"`, id: `d."id"`, text: TIME_TEXT, cast: "timestamptz", partial: false },
  lastSeen: { by: `e."lastSeenAt"`, id: `e."deviceId"`, text: TIME_TEXT, cast: "timestamptz", partial: true },
  name: { by: `lower(COALESCE(d."name", d."serialNumber", ''))`, id: `d."id"`, text: (by) => by, cast: "text", partial: false },
  serial: { by: `COALESCE(d."serialNumber", '')`, id: `d."id"`, text: (by) => by, cast: "text", partial: false },
  os: { by: `"osVersionKey"(d."osVersion")`, id: `d."id"`, text: (by) => `${by}::text`, cast: "int[]", partial: false },
};

export function orderingOf(order: DeviceOrder): Ordering {
  const key = order.replace("-", "") as Key;
  return { ...KEYS[key], order, key, direction: order.startsWith("-") ? "DESC" : "ASC" };
}

/** Where a page ends. `value` is null among the devices that have none. */
export interface ListPlace {
  value: string | Date | null;
  id: string;
}

/** The cursor after a device; only its own order reads it. */
export function cursorAfter({ order }: Ordering, last: { place: string | null; id: string }): readonly [string, string] {
  return [`${order} ${last.place === null ? "-" : `=${last.place}`}`, last.id];
}

/** @throws MusterError invalid-input for a cursor of another list or order */
export function placeOf(ordering: Ordering, cursor: string): ListPlace {
  const { value, id } = decodeTextCursor(cursor);
  const rest = value.startsWith(`${ordering.order} `) ? value.slice(ordering.order.length + 1) : null;
  if (rest === "-" && ordering.partial) return { value: null, id };
  if (rest?.startsWith("=") !== true) throw strange();
  return { value: valueOf(ordering.cast, rest.slice(1)), id };
}

function valueOf(cast: string, text: string): string | Date {
  if (cast === "timestamptz" && /^-?\d{1,14}$/.test(text)) return new Date(Number(text));
  if (cast === "text" && !text.includes("\u0000")) return text;
  if (cast === "int[]" && /^\{(\d{1,6}(,\d{1,6}){0,4})?\}$/.test(text)) return text;
  throw strange();
}

function strange(): MusterError {
  return new MusterError("invalid-input", "the cursor is not one of this list", { errors: [{ pointer: "/cursor", detail: "not a cursor of this list in this order" }] });
}

