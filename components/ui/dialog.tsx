"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useRef, type ReactNode } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";

const WIDTHS = { narrow: "sm:max-w-lg", wide: "sm:max-w-2xl", roomy: "sm:max-w-2xl lg:max-w-5xl" } as const;

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Read out with the title; shown under it. */
  description?: ReactNode;
  children: ReactNode;
  width?: keyof typeof WIDTHS;
}

/** A modal dialog; on a phone it rises from below and takes the whole width. What had the focus gets it back. Once something was typed, a click beside it does not close it. */
export function Dialog({ open, onOpenChange, title, description, children, width = "narrow" }: Props) {
  const typed = useRef(false);
  const before = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          onOpenAutoFocus={() => {
            typed.current = false;
            before.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            // Radix knows only triggers of its own, and ours are none.
            if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return;
            event.preventDefault();
            before.current.focus({ preventScroll: true });
          }}
          onChange={() => {
            typed.current = true;
          }}
          onPointerDownOutside={(event) => {
            if (typed.current) event.preventDefault();
          }}
          className={classNames(
            "appear fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[92dvh] w-full flex-col overflow-hidden rounded-t-2xl border border-line bg-raised shadow-pop outline-none",
            "sm:top-[8vh] sm:bottom-auto sm:max-h-[84dvh] sm:rounded-2xl",
            WIDTHS[width],
          )}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
        >
          <div className="min-w-0 px-5 pt-5 pr-14 pb-2">
            <Radix.Title className="text-base font-semibold break-words">{title}</Radix.Title>
            {description !== undefined && <Radix.Description className="mt-1 text-ink-soft">{description}</Radix.Description>}
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-2 pb-5">{children}</div>
          {/* Last, so that the focus begins in the content. */}
          <Radix.Close asChild>
            <Button look="quiet" size="small-icon" aria-label="Close" className="absolute top-4 right-4">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
