"use client";

import { MessagePage } from "@/components/shell/message-page";
import { buttonLooks } from "@/components/ui/button-looks";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <MessagePage
      title="This page broke"
      action={
        <button type="button" className={buttonLooks({ look: "primary" })} onClick={reset}>
          Try again
        </button>
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
