"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import { classNames } from "./class-names";

export interface SelectOption {
  value: string;
  label: string;
}

interface Props {
  value: string;
  onChange: (value: string) => void;
  options: readonly SelectOption[];
  /** Named by a <label htmlFor> or by this. */
  label?: string;
  id?: string;
  describedBy?: string | undefined;
  invalid?: boolean;
  disabled?: boolean;
  className?: string;
}

/** One value out of a short list. Radix keeps "" for itself, so it travels as a marker. */
export function Select({ value, onChange, options, label, id, describedBy, invalid = false, disabled = false, className }: Props) {
  return (
    <Radix.Root value={value === "" ? NONE : value} onValueChange={(next) => onChange(next === NONE ? "" : next)} disabled={disabled}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        className={classNames(
          "inline-flex h-9 items-center justify-between gap-2 rounded-lg border bg-surface px-3 text-sm text-ink hover:bg-hover disabled:cursor-not-allowed disabled:opacity-50",
          invalid ? "border-bad" : "border-line-strong",
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value />
        </span>
        <Radix.Icon>
          <ChevronDown aria-hidden className="size-4 text-ink-faint" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={6}
          collisionPadding={8}
          className="appear z-[60] max-h-[min(24rem,var(--radix-select-content-available-height))] min-w-(--radix-select-trigger-width) overflow-hidden rounded-xl border border-line bg-raised shadow-pop"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value === "" ? NONE : option.value}
                className="flex h-8 cursor-pointer items-center justify-between gap-4 rounded-lg px-2.5 text-sm outline-none select-none data-[highlighted]:bg-hover"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator>
                  <Check aria-hidden className="size-4" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const NONE = "\u0000none";
