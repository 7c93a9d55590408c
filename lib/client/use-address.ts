"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";

/** What is looked at stands in the query of the address, so that it can be linked to. `change` sets some of its fields, null takes one away; the page stays where it is. */
export function useAddress(): { search: URLSearchParams; change: (part: Record<string, string | null>) => void } {
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const change = (part: Record<string, string | null>): void => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(part)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    router.replace(next.size === 0 ? pathname : `${pathname}?${next}`, { scroll: false });
  };
  return { search, change };
}
