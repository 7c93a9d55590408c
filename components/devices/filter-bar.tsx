"use client";

import { useQuery } from "@tanstack/react-query";
import { ListFilter, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { groupQueries } from "@/lib/client/queries/groups";
import { linkQueries } from "@/lib/client/queries/enrollment-links";
import type { DeviceFilter } from "@/lib/contracts/device-filter";
import type { FilterField } from "@/lib/contracts/device-conditions";
import { conditionWords, type NameOf } from "@/lib/contracts/device-filter-words";
import { FILTER_KINDS, kindOf, type FilterKind } from "./filter-fields";

const FilterDialog = dynamic(() => import("./filter-dialog").then((module) => module.FilterDialog), { ssr: false });

interface Props {
  filter: DeviceFilter;
  onChange: (part: DeviceFilter) => void;
  onClear: () => void;
}

/** The conditions of the list as chips, each to be changed or taken away, and a menu for more. */
export function FilterBar({ filter, onChange, onClear }: Props) {
  const [editing, setEditing] = useState<FilterKind | null>(null);
  const nameOf = useNames(filter);
  const fields = (Object.keys(filter) as FilterField[]).filter((field) => field !== "query");
  return (
    <>
      <Menu
        align="start"
        trigger={
          <Button>
            <ListFilter aria-hidden />
            Filter
          </Button>
        }
      >
        {(Object.keys(FILTER_KINDS) as FilterKind[]).map((kind) => (
          <MenuItem key={kind} onSelect={() => setEditing(kind)}>
            {FILTER_KINDS[kind].label}
          </MenuItem>
        ))}
      </Menu>
      {fields.length > 0 && (
        <ul aria-label="Filters" className="flex flex-wrap items-center gap-2 max-sm:w-full">
          {fields.map((field) => (
            <Chip key={field} filter={filter} field={field} nameOf={nameOf} onEdit={() => setEditing(kindOf(field))} onRemove={() => onChange({ [field]: undefined })} />
          ))}
          <li>
            <Button look="quiet" size="small" onClick={onClear}>
              Clear all
            </Button>
          </li>
        </ul>
      )}
      {editing !== null && (
        <FilterDialog
          kind={editing}
          filter={filter}
          onClose={() => setEditing(null)}
          onApply={(part) => {
            onChange(part);
            setEditing(null);
          }}
        />
      )}
    </>
  );
}

interface ChipProps {
  filter: DeviceFilter;
  field: FilterField;
  nameOf: NameOf;
  onEdit: () => void;
  onRemove: () => void;
}

function Chip({ filter, field, nameOf, onEdit, onRemove }: ChipProps) {
  const words = conditionWords(filter, field, nameOf);
  if (words === null) return null;
  return (
    <li className="inline-flex h-9 max-w-full items-center rounded-lg border border-line-strong bg-surface text-sm">
      <button type="button" className="flex h-full min-w-0 items-center gap-1.5 rounded-l-lg pr-1 pl-3 hover:bg-hover" onClick={onEdit}>
        <span className="shrink-0 text-ink-soft">{words.field}</span>
        <span className="shrink-0 text-ink-faint">{words.operator}</span>
        <span className="truncate font-medium">{words.value}</span>
      </button>
      <button type="button" aria-label={`Remove the filter ${words.field} ${words.operator} ${words.value}`} className="grid h-full w-8 shrink-0 place-items-center rounded-r-lg text-ink-faint hover:bg-hover hover:text-ink" onClick={onRemove}>
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}

/** Groups and links stand in filters by their ids. */
function useNames(filter: DeviceFilter): NameOf {
  const groups = useQuery({ ...groupQueries.choices(), enabled: filter.groupId !== undefined });
  const link = useQuery({ ...linkQueries.detail(filter.linkId?.replace("!", "") ?? ""), enabled: filter.linkId !== undefined });
  return (kind, id) => {
    if (kind === "link") return link.data?.name ?? (link.isError ? "a link that is gone" : "…");
    return groups.data?.items.find((group) => group.id === id)?.name ?? (groups.data === undefined ? "…" : "a group that is gone");
  };
}
