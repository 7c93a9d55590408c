"use client";

import { Unplug } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A page of the console broke; the frame around it stays. */
export default function ConsoleErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <EmptyState
      icon={Unplug}
      title="This page broke"
      action={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      The server keeps running; nothing was changed by this.
      {error.digest !== undefined && (
        <p className="mt-2 text-xs">
          Reference <code>{error.digest}</code>
        </p>
      )}
    </EmptyState>
  );
}
