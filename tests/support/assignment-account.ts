import { randomUUID } from "node:crypto";

export interface AccountDevice {
  serial_number: string;
  model: string;
  description: string;
  color: string;
  asset_tag: string;
  device_family: string;
  os: string;
  profile_status: "empty" | "assigned" | "pushed" | "removed";
  profile_uuid?: string | undefined;
  profile_assign_time?: string | undefined;
  profile_push_time?: string | undefined;
  device_assigned_date: string;
  device_assigned_by: string;
}
type Change = AccountDevice & { op_type: "added" | "modified" | "deleted"; op_date: string };
interface Place {
  /** Devices already given in a full read; null when only changes follow. */
  index: number | null;
  /** Changes already given. */
  change: number;
}
type Page = { status: 200; body: object } | { status: 400; body: string };

const MOST = 1_000;

/** The devices of one account and how they changed, with cursors as Apple's service has them. */
export class AssignmentAccount {
  readonly devices = new Map<string, AccountDevice>();
  readonly #changes: Change[] = [];
  readonly #cursors = new Map<string, Place>();
  #time = Date.now();

  add(serial: string, facts: Partial<AccountDevice> = {}): void {
    const device: AccountDevice = {
      serial_number: serial, model: "iPhone 15 Pro", description: "IPHONE 15 PRO BLUE 256GB", color: "BLUE", asset_tag: "", device_family: "iPhone", os: "iOS",
      profile_status: "empty", device_assigned_date: new Date().toISOString(), device_assigned_by: "reseller@example.com", ...facts,
    };
    this.devices.set(serial, device);
    this.#note("added", device);
  }

  change(serial: string, facts: Partial<AccountDevice>): void {
    const device = { ...this.device(serial), ...facts };
    this.devices.set(serial, device);
    this.#note("modified", device);
  }

  remove(serial: string): void {
    this.#note("deleted", this.device(serial));
    this.devices.delete(serial);
  }

  device(serial: string): AccountDevice {
    const device = this.devices.get(serial);
    if (device === undefined) throw new Error(`the account has no ${serial}`);
    return device;
  }

  /** From now on every cursor given so far is older than seven days. */
  expireCursors(): void {
    this.#expired = new Set(this.#cursors.keys());
  }
  #expired = new Set<string>();

  fetch(cursor: string | undefined, limit = 100): Page {
    const place = cursor === undefined ? { index: 0, change: this.#changes.length } : this.#cursors.get(cursor);
    if (place === undefined) return { status: 400, body: "INVALID_CURSOR" };
    if (cursor !== undefined && this.#expired.has(cursor)) return { status: 400, body: '"EXPIRED_CURSOR"' };
    const all = [...this.devices.values()];
    if (place.index === null || (place.index >= all.length && cursor !== undefined)) return { status: 400, body: "EXHAUSTED_CURSOR" };
    const devices = all.slice(place.index, place.index + Math.min(limit, MOST));
    const index = place.index + devices.length;
    return this.#page(devices, { index, change: place.change }, index < all.length);
  }

  sync(cursor: string | undefined, limit = 100): Page {
    if (cursor === undefined) return { status: 400, body: "CURSOR_REQUIRED" };
    if (this.#expired.has(cursor)) return { status: 400, body: "EXPIRED_CURSOR" };
    const place = this.#cursors.get(cursor);
    if (place === undefined) return { status: 400, body: '"INVALID_CURSOR"' };
    const devices = this.#changes.slice(place.change, place.change + Math.min(limit, MOST));
    const change = place.change + devices.length;
    return this.#page(devices, { index: null, change }, change < this.#changes.length);
  }

  #page(devices: readonly object[], place: Place, more: boolean): Page {
    const cursor = randomUUID();
    this.#cursors.set(cursor, place);
    return { status: 200, body: { cursor, more_to_follow: more, fetched_until: new Date().toISOString(), devices } };
  }

  #note(op_type: Change["op_type"], device: AccountDevice): void {
    this.#time += 1_000;
    this.#changes.push({ ...device, op_type, op_date: new Date(this.#time).toISOString() });
  }
}
