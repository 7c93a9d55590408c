"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { accountQueries } from "@/lib/client/queries/accounts";
import { session, signInFromHere } from "@/lib/client/session";

/** Over a page whose session has ended, with all that was typed under it. It goes when the tab is come back to with a new session. */
export function SessionEnded() {
  const client = useQueryClient();
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === "hidden") return;
      client.fetchQuery({ ...accountQueries.me(), staleTime: 0 }).then(() => client.invalidateQueries(), () => undefined);
    };
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [client]);
  return (
    <Dialog open onOpenChange={session.putAside} title="Your session has ended" description="What you typed is still on this page. Sign in again in a new tab and come back here: then it goes on.">
      <div className="flex flex-wrap justify-end gap-2">
        <Button asChild>
          <a href={signInFromHere()} title="Leaves this page with what was typed into it">
            Sign in here
          </a>
        </Button>
        <Button asChild look="primary">
          <a href={signInFromHere()} target="_blank" rel="noopener">
            Sign in in a new tab
          </a>
        </Button>
      </div>
    </Dialog>
  );
}
