import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";

/** A whole page that says one thing. */
export function MessagePage({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-6">
      <div className="max-w-md text-center">
        <Logo className="mx-auto mb-6 size-10" />
        <h1 className="text-lg font-semibold">{title}</h1>
        {children !== undefined && <div className="mt-2 text-ink-soft">{children}</div>}
        {action !== undefined && <div className="mt-6 flex justify-center gap-2">{action}</div>}
      </div>
    </main>
  );
}
