import { ChevronLeft } from "lucide-react";
import Link from "next/link";

/** From the page of one thing back to the list of all. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="-mt-1 mb-2 inline-flex min-h-6 items-center gap-1 rounded text-xs font-medium text-ink-soft hover:text-ink">
      <ChevronLeft aria-hidden className="size-3.5" />
      {children}
    </Link>
  );
}
