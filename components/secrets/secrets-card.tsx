"use client";

import Link from "next/link";
import { Tag } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { usePermission } from "@/lib/client/use-permission";
import type { DeviceDto } from "@/lib/contracts/devices";
import { secretKindOf } from "@/lib/contracts/secret-kinds";
import { RevealSecret } from "./reveal-secret";

/** What is held in escrow for this device: listed by name, shown only with a reason. */
export function SecretsCard({ device }: { device: DeviceDto }) {
  const allowed = usePermission("secret:reveal");
  return (
    <Card flush title="Secrets in escrow" aside={!allowed && <span>Revealing needs the role Operator</span>}>
      {device.secrets.length === 0 && <p className="p-6 text-center text-ink-faint">None is held. Unlock and bootstrap tokens come from the device by itself, PINs and passwords with the commands that set them.</p>}
      <ul className="divide-y divide-line">
        {device.secrets.map((secret) => {
          const { label, meaning } = secretKindOf(secret.kind);
          return (
            <li key={secret.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
              <div className="min-w-0 flex-1 basis-64">
                <p className="flex items-center gap-2 font-medium">
                  {label}
                  {!secret.current && <Tag title="It came from an earlier enrollment or a user's, and may not hold any more.">earlier enrollment</Tag>}
                </p>
                <p className="text-xs text-ink-soft">{meaning}</p>
                <p className="text-xs text-ink-faint">
                  {secret.commandId === null ? "Told by the device " : "Set by "}
                  {secret.commandId !== null && (
                    <Link href={`/devices/${device.id}?tab=commands&command=${secret.commandId}`} className="rounded text-accent underline underline-offset-2">
                      a command
                    </Link>
                  )}{" "}
                  <RelativeTime at={secret.learnedAt} />
                </p>
              </div>
              {allowed && <RevealSecret deviceId={device.id} secret={secret} />}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
