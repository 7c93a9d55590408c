"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Toaster } from "sonner";
import { TooltipProvider } from "@/components/ui/tooltip";
import { makeQueryClient } from "@/lib/client/query-client";

/** What every page of the console needs around it. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <TooltipProvider delayDuration={250}>
        {children}
        <Toaster position="top-center" toastOptions={{ classNames: { toast: "!rounded-xl !border-line !bg-raised !font-sans !text-ink !shadow-pop", description: "!text-ink-soft" } }} />
      </TooltipProvider>
    </QueryClientProvider>
  );
}
