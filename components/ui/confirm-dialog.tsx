"use client";

import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { ProblemNote } from "./problem-note";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What it brings about. */
  description: ReactNode;
  /** What is to be seen or typed first. */
  children?: ReactNode;
  /** What kept it from being done; null when nothing did. */
  error: unknown;
  busy: boolean;
  disabled?: boolean;
  /** On the button that does it. */
  words: ReactNode;
  onConfirm: () => void;
}

/** The question before something is taken away. */
export function ConfirmDialog({ open, onOpenChange, title, description, children, error, busy, disabled = false, words, onConfirm }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description}>
      <div className="grid gap-4">
        {children}
        {error !== null && <ProblemNote error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Keep</Button>
          <Button look="danger" busy={busy} disabled={disabled} onClick={onConfirm}>
            {words}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
