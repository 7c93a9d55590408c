import { RelativeTime } from "./relative-time";

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** Any JSON value as people read it: yes and no, dates by age, nested records as small lists. */
export function JsonValue({ value }: { value: unknown }) {
  if (value === null || value === undefined || value === "") return <span className="text-ink-faint">–</span>;
  if (typeof value === "boolean") return <>{value ? "Yes" : "No"}</>;
  if (typeof value === "number") return <span className="tabular-nums">{value.toLocaleString(undefined, { maximumFractionDigits: 3 })}</span>;
  if (typeof value === "string") return INSTANT.test(value) ? <RelativeTime at={value} /> : <>{value}</>;
  if (Array.isArray(value)) return <JsonList items={value} />;
  const data = dataOf(value);
  return data === null ? <JsonRecord record={value} /> : <BinaryData base64={data} />;
}

function JsonList({ items }: { items: unknown[] }) {
  if (items.length === 0) return <span className="text-ink-faint">none</span>;
  if (items.every((item) => typeof item === "string" || typeof item === "number")) return <>{items.join(", ")}</>;
  return (
    <ul className="grid gap-2">
      {items.map((item, index) => (
        <li key={index} className="rounded-md border border-line p-2">
          <JsonValue value={item} />
        </li>
      ))}
    </ul>
  );
}

function JsonRecord({ record }: { record: object }) {
  return (
    <dl className="grid gap-1">
      {Object.entries(record).map(([key, value]) => (
        <div key={key} className="flex flex-wrap gap-x-2">
          <dt className="text-ink-faint">{key}</dt>
          <dd className="min-w-0 break-words">
            <JsonValue value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function BinaryData({ base64 }: { base64: string }) {
  const bytes = Math.floor((base64.length * 3) / 4);
  return (
    <span className="text-ink-soft" title={base64.length > 600 ? `${base64.slice(0, 600)}…` : base64}>
      {bytes.toLocaleString()} bytes
    </span>
  );
}

/** Binary data travels as {"$data": base64}. */
function dataOf(value: object): string | null {
  const data: unknown = "$data" in value ? value.$data : null;
  return typeof data === "string" ? data : null;
}
