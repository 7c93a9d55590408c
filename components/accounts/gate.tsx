import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";

/** The page before the console: the mark, a title and one card. */
export function Gate({ title, intro, children }: { title: string; intro: ReactNode; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="w-full max-w-sm">
        <Logo className="mx-auto size-12" />
        <h1 className="mt-5 text-center text-xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-1.5 text-center text-ink-soft">{intro}</p>
        <div className="mt-8 rounded-2xl border border-line bg-surface p-6 shadow-[0_1px_3px_var(--shadow)]">{children}</div>
      </div>
    </main>
  );
}
