"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState, useSyncExternalStore, type ReactNode } from "react";
import { toasting } from "@/components/ui/toast";
import { makeQueryClient } from "@/lib/client/query-client";

const Toaster = dynamic(() => import("@/components/ui/toaster").then((module) => module.Toaster), { ssr: false });

/** What every page of the console needs around it. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  const toasts = useSyncExternalStore(toasting.watch, toasting.isWanted, () => false);
  return (
    <QueryClientProvider client={client}>
      {children}
      {toasts && <Toaster />}
    </QueryClientProvider>
  );
}
