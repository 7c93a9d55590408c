import { STATUS_ITEMS } from "../generated/status-items";
import { ProtocolError } from "../protocol-error";

type JsonObject = Record<string, unknown>;
/** Status items by their dotted name. */
export type StatusItems = Record<string, unknown>;

export interface StatusReport {
  items: StatusItems;
  errors: unknown[];
  /** All there is, not only what changed. */
  full: boolean;
}

/** Apple's items are far flatter; deeper ones could exhaust the stack of whoever writes them. */
const DEEPEST = 40;

/**
 * Reads a status report (Apple, "StatusReport"). Its items are nested by the dots of their names, and come apart here;
 * names that Apple's schema does not have are kept.
 * @throws ProtocolError message-malformed
 */
export function readStatusReport(bytes: Uint8Array): StatusReport {
  const report = parsed(bytes);
  if (!isObject(report) || !isObject(report.StatusItems)) throw new ProtocolError("message-malformed", "the status report has no StatusItems");
  if (isDeeperThan(report, DEEPEST)) throw new ProtocolError("message-malformed", "the status report is nested too deep");
  const items = emptyItems();
  flatten(report.StatusItems, "", items);
  return { items, errors: Array.isArray(report.Errors) ? report.Errors : [], full: report.FullReport === true };
}

/**
 * Lays a report over what is known: a full one takes its place, an item in a partial one replaces that item, and of a
 * list of changes each element replaces or, with `_removed`, removes the one of its identifier.
 */
export function mergeStatus(known: StatusItems, report: StatusReport): StatusItems {
  const merged = emptyItems();
  if (!report.full) for (const [name, value] of Object.entries(known)) merged[name] = value;
  for (const [name, value] of Object.entries(report.items)) merged[name] = isChanges(name, value) ? applied(report.full ? [] : merged[name], value) : value;
  return merged;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ProtocolError("message-malformed", "the status report is not JSON", { cause: error });
  }
}

function flatten(value: JsonObject, path: string, items: StatusItems): void {
  for (const [key, part] of Object.entries(value)) {
    const name = path === "" ? key : `${path}.${key}`;
    if (isObject(part) && !Object.hasOwn(STATUS_ITEMS, name) && Object.keys(part).length > 0) flatten(part, name, items);
    else items[name] = part;
  }
}

/** A list that the schema does not have is taken for one of changes when all its elements carry identifiers. */
function isChanges(name: string, value: unknown): value is unknown[] {
  if (!Array.isArray(value)) return false;
  if (Object.hasOwn(STATUS_ITEMS, name)) return STATUS_ITEMS[name] === "changes";
  return value.length > 0 && value.every((element) => identifierOf(element) !== null);
}

function applied(known: unknown, changes: unknown[]): unknown[] {
  const elements = new Map<unknown, unknown>();
  for (const element of Array.isArray(known) ? (known as unknown[]) : []) elements.set(identifierOf(element) ?? element, element);
  for (const element of changes) {
    const identifier = identifierOf(element);
    if (isObject(element) && element._removed === true) elements.delete(identifier);
    else elements.set(identifier ?? element, element);
  }
  return [...elements.values()];
}

function identifierOf(element: unknown): string | null {
  return isObject(element) && typeof element.identifier === "string" ? element.identifier : null;
}

/** Without a prototype: a device may name an item `__proto__`. */
function emptyItems(): StatusItems {
  return Object.create(null) as StatusItems;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((part) => isDeeperThan(part, depth - 1));
}
