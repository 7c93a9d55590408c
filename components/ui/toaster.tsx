"use client";

import { useEffect } from "react";
import { toast, Toaster as Sonner } from "sonner";
import { toasting } from "./toast";

const LOOK = { toast: "!rounded-xl !border-line !bg-raised !font-sans !text-ink !shadow-pop", description: "!text-ink-soft" };

/** Shows toasts; those that came before it stood as well. */
export function Toaster() {
  useEffect(() => toasting.stands(toast), []);
  return <Sonner position="top-center" toastOptions={{ classNames: LOOK }} />;
}
