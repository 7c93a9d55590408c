"use client";

import type { FormEvent, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { useHydrated } from "@/lib/client/use-hydrated";

interface Props {
  /** What the button says. */
  action: string;
  busy: boolean;
  onSubmit: (form: FormData) => void;
  children: ReactNode;
  /** Below the button. */
  otherwise?: ReactNode;
}

/** A form with a password that scripts send. A browser that sent it before they run would put the password into the address, and so into logs: until then its button waits. */
export function GateForm({ action, busy, onSubmit, children, otherwise }: Props) {
  const ready = useHydrated();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      {children}
      <Button type="submit" look="primary" busy={busy} disabled={!ready} className="mt-1">
        {action}
      </Button>
      {otherwise}
    </form>
  );
}
