import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";

/** The page that people see on their device: one column, readable without style and script. */
export function EnrollFrame({ organization, title, children }: { organization: string | null; title: string; children: ReactNode }) {
  return (
    <main className="mx-auto w-full max-w-lg px-5 pt-10 pb-16 text-[15px]">
      <div className="mb-8">
        <Logo className="size-11" />
        {organization !== null && <p className="mt-5 -mb-4 font-medium text-ink-soft">{organization}</p>}
        <h1 className="mt-5 text-2xl font-semibold tracking-tight">{title}</h1>
      </div>
      {children}
    </main>
  );
}
