/** How full the device is, in words and as a bar. Gigabytes. */
export function StorageBar({ capacityGb, freeGb }: { capacityGb: number; freeGb: unknown }) {
  const size = (gigabytes: number): string => gigabytes.toLocaleString(undefined, { maximumFractionDigits: gigabytes < 10 ? 1 : 0 });
  if (typeof freeGb !== "number" || capacityGb <= 0) return <>{size(capacityGb)} GB</>;
  const used = Math.min(1, Math.max(0, 1 - freeGb / capacityGb));
  return (
    <span className="grid max-w-64 gap-1">
      <span className="tabular-nums">
        {size(freeGb)} of {size(capacityGb)} GB free
      </span>
      <span aria-hidden className="block h-1.5 overflow-hidden rounded-full bg-sunken">
        <span className={used > 0.9 ? "block h-full rounded-full bg-warning" : "block h-full rounded-full bg-accent"} style={{ width: `${Math.round(used * 100)}%` }} />
      </span>
    </span>
  );
}
