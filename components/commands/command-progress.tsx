"use client";

import { useQuery } from "@tanstack/react-query";
import { RelativeTime } from "@/components/ui/relative-time";
import { Steps } from "@/components/ui/steps";
import { deviceQueries } from "@/lib/client/queries/devices";
import { useNow } from "@/lib/client/use-now";
import type { CommandDto } from "@/lib/contracts/commands";
import { COMMAND_STATES } from "@/lib/contracts/words";
import { commandSteps } from "./command-steps";

/** How far a command has come, kept true by live events. */
export function CommandProgress({ command }: { command: CommandDto }) {
  const now = useNow();
  const { data: device } = useQuery(deviceQueries.detail(command.deviceId));
  const enrollment = device?.enrollments.find((each) => each.id === command.enrollmentId);
  const steps = commandSteps(command, enrollment ?? null, now);
  return (
    <>
      <Steps
        steps={steps.map(({ key, title, state, detail, at }) => ({
          key,
          title,
          state,
          detail,
          ...(at === null ? {} : { aside: <RelativeTime at={at} /> }),
        }))}
      />
      {command.expiresAt !== null && !COMMAND_STATES[command.state].ended && (
        <p className="text-ink-soft">
          Expires <RelativeTime at={command.expiresAt} /> unless it is answered before.
        </p>
      )}
    </>
  );
}
