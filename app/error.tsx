"use client";

import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <MessagePage
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
    </MessagePage>
  );
}
