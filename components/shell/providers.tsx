"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState, useSyncExternalStore, type ReactNode } from "react";
import { toasting } from "@/components/ui/toast";
import { makeQueryClient } from "@/lib/client/query-client";
import { session } from "@/lib/client/session";

const Toaster = dynamic(() => import("@/components/ui/toaster").then((module) => module.Toaster), { ssr: false });
const SessionEnded = dynamic(() => import("@/components/accounts/session-ended").then((module) => module.SessionEnded), { ssr: false });

/** What every page of the console needs around it. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  const toasts = useSyncExternalStore(toasting.watch, toasting.isWanted, () => false);
  const ended = useSyncExternalStore(session.watch, session.isToBeSaid, () => false);
  return (
    <QueryClientProvider client={client}>
      {children}
      {toasts && <Toaster />}
      {ended && <SessionEnded />}
    </QueryClientProvider>
  );
}
