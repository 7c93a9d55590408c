import { Tag } from "@/components/ui/badge";
import type { DeclarationKey } from "@/lib/protocol/declarations/declaration-spec";
import { declarationSpec } from "@/lib/protocol/declarations/validate-declaration";

/** The keys that a payload of this type may have. */
export function KeyReference({ type }: { type: string }) {
  const spec = declarationSpec(type);
  if (spec === null) return null;
  const systems = Object.entries(spec.os).filter(([, os]) => typeof os.introduced === "string");
  return (
    <details className="rounded-lg border border-line">
      <summary className="rounded-lg px-3 py-2.5">
        <span className="font-medium">Keys of this type</span> <span className="text-ink-soft">{systems.map(([name, os]) => `${name} ${os.introduced}`).join(", ")}</span>
      </summary>
      <div tabIndex={0} role="region" aria-label="Keys of this type" className="max-h-80 overflow-auto px-3 pb-3">
        {spec.keys.length === 0 ? <p className="text-ink-faint">It has none.</p> : <KeyList keys={spec.keys} />}
      </div>
    </details>
  );
}

function KeyList({ keys }: { keys: readonly DeclarationKey[] }) {
  return (
    <ul className="grid gap-1.5">
      {keys.map((key) => {
        const below = key.keys ?? key.items?.keys;
        return (
          <li key={key.key} className="text-xs">
            <span className="flex flex-wrap items-center gap-x-2">
              <code className="text-[13px] font-medium">{key.key === "ANY" ? "any name" : key.key}</code>
              <span className="text-ink-faint">{key.type === "array" ? `list of ${key.items?.type ?? "anything"}` : key.type}</span>
              {key.required === true && <Tag>required</Tag>}
              <span className="text-ink-soft">{limitWords(key)}</span>
            </span>
            {below !== undefined && below.length > 0 && (
              <div className="mt-1.5 ml-1 border-l border-line pl-3">
                <KeyList keys={below} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function limitWords({ values, min, max, default: usual }: DeclarationKey): string {
  const parts = [
    values === undefined ? null : `one of ${values.join(", ")}`,
    min === undefined ? null : `from ${min}`,
    max === undefined ? null : `up to ${max}`,
    usual === undefined ? null : `usually ${String(usual)}`,
  ];
  return parts.filter((part) => part !== null).join("; ");
}
