"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ALL_COLUMNS, COLUMNS, DEFAULT_COLUMNS, type ColumnId } from "./device-columns";

interface Props {
  columns: readonly ColumnId[];
  onChange: (columns: readonly ColumnId[]) => void;
  onClose: () => void;
}

/** Which columns the table has, and in which order; kept in this browser. */
export function ColumnsDialog({ columns, onChange, onClose }: Props) {
  const rows = [...columns, ...ALL_COLUMNS.filter((id) => !columns.includes(id))];
  const toggle = (id: ColumnId): void => onChange(columns.includes(id) ? columns.filter((each) => each !== id) : [...columns, id]);
  const move = (id: ColumnId, by: -1 | 1): void => {
    const place = columns.indexOf(id);
    const other = columns[place + by];
    if (other === undefined) return;
    onChange(columns.map((each) => (each === id ? other : each === other ? id : each)));
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Columns" description="Kept in this browser.">
      <ul className="grid gap-0.5">
        {rows.map((id) => {
          const place = columns.indexOf(id);
          const { label } = COLUMNS[id];
          return (
            <li key={id} className="flex min-h-9 items-center gap-2 rounded-lg px-2 hover:bg-hover">
              <label className="flex flex-1 items-center gap-2.5">
                <input type="checkbox" className="size-4 accent-(--accent)" checked={place >= 0} disabled={id === "device"} onChange={() => toggle(id)} />
                {label}
              </label>
              {place >= 0 && (
                <>
                  <Button look="quiet" size="small-icon" aria-label={`Move ${label} forward`} disabled={place === 0} onClick={() => move(id, -1)}>
                    <ArrowUp aria-hidden />
                  </Button>
                  <Button look="quiet" size="small-icon" aria-label={`Move ${label} back`} disabled={place === columns.length - 1} onClick={() => move(id, 1)}>
                    <ArrowDown aria-hidden />
                  </Button>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <div className="mt-4 flex justify-between gap-2">
        <Button look="quiet" onClick={() => onChange(DEFAULT_COLUMNS)}>
          Usual columns
        </Button>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
