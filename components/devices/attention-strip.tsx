"use client";

import Link from "next/link";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { useNow } from "@/lib/client/use-now";
import { counted } from "@/lib/client/text";
import type { DeviceDto } from "@/lib/contracts/devices";
import { mattersOf } from "./attention-matters";

/** More than this would push the page out of sight. */
const IN_SIGHT = 3;

/** What somebody should look at on this device and what to do; nothing when all is well. `children` come first. */
export function AttentionStrip({ device, children }: { device: DeviceDto; children?: ReactNode }) {
  const [all, setAll] = useState(false);
  const matters = mattersOf(device, useNow());
  const shown = all ? matters : matters.slice(0, IN_SIGHT);
  return (
    <div className="mb-5 grid gap-2 empty:hidden">
      {children}
      {shown.map(({ key, tone, title, words, tab }) => (
        <Note
          key={key}
          tone={tone}
          title={title}
          action={
            tab === undefined ? undefined : (
              <Button asChild size="small">
                <Link href={`/devices/${device.id}?tab=${tab.value}`} replace scroll={false}>
                  {tab.words}
                </Link>
              </Button>
            )
          }
        >
          {words}
        </Note>
      ))}
      {matters.length > shown.length && (
        <Button look="quiet" size="small" className="justify-self-start" onClick={() => setAll(true)}>
          {counted(matters.length - shown.length, "more matter", "more matters")}
        </Button>
      )}
    </div>
  );
}
