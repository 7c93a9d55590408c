"use client";

import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** A button that opens a list of actions. */
export function Menu({ trigger, children, align = "end" }: { trigger: ReactNode; children: ReactNode; align?: "start" | "end" }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={6} className="appear z-50 min-w-44 rounded-xl border border-line bg-raised p-1 shadow-pop">
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const ITEM =
  "flex h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 text-sm outline-none select-none data-[disabled]:cursor-not-allowed data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0";

interface ItemProps {
  onSelect: () => void;
  children: ReactNode;
  /** Why it cannot be chosen now; null when it can. */
  disabled?: string | null;
  danger?: boolean;
}

export function MenuItem({ onSelect, children, disabled = null, danger = false }: ItemProps) {
  return (
    <DropdownMenu.Item onSelect={onSelect} disabled={disabled !== null} className={classNames(ITEM, danger ? "text-bad" : "[&_svg]:text-ink-faint")}>
      {children}
      {disabled !== null && <span className="ml-auto pl-3 text-xs text-ink-soft">{disabled}</span>}
    </DropdownMenu.Item>
  );
}

interface ChoiceProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode }[];
}

/** One of several, marked. */
export function MenuChoice<T extends string>({ value, onChange, options }: ChoiceProps<T>) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={classNames(ITEM, "justify-between [&_svg]:text-ink-faint")}>
          <span className="flex items-center gap-2.5">{option.label}</span>
          <DropdownMenu.ItemIndicator>
            <span aria-hidden>✓</span>
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 py-1.5 text-xs text-ink-faint">{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
