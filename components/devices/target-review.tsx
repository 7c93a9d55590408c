"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { deviceQueries } from "@/lib/client/queries/devices";
import { counted } from "@/lib/client/text";
import type { Review, ReviewBody } from "@/lib/contracts/device-actions";

/** Who of a target can take something and who cannot, with the reasons; undefined until the server has answered. */
export function useReview(body: ReviewBody): Review | undefined {
  return useQuery(deviceQueries.review(body)).data;
}

/** The same for people. `what` ends the sentence "398 of 412 devices can …". */
export function TargetReview({ body, what }: { body: ReviewBody; what: string }) {
  const { data, error } = useQuery(deviceQueries.review(body));
  if (error !== null && data === undefined) return <ProblemNote error={error} />;
  if (data === undefined) return <Skeleton className="h-12" />;
  return (
    <section aria-label="Review" className="grid gap-2 rounded-lg border border-line p-3">
      <p className="font-medium" role="status">
        {data.eligible === data.total ? `${counted(data.total, "device")} can ${what}` : `${data.eligible.toLocaleString()} of ${counted(data.total, "device")} can ${what}`}
      </p>
      {data.left.length > 0 && (
        <ul className="grid max-h-48 gap-2 overflow-y-auto" tabIndex={0} aria-label="Left out">
          {data.left.map(({ reason, count, devices }) => (
            <li key={reason} className="text-ink-soft">
              <span className="font-medium text-ink tabular-nums">{count.toLocaleString()}</span> left out: {reason}
              <span className="block text-xs text-ink-faint">
                {devices.map(({ id, name }, index) => (
                  <span key={id}>
                    {index > 0 && ", "}
                    <Link href={`/devices/${id}`} className="underline underline-offset-2">
                      {name ?? "unnamed"}
                    </Link>
                  </span>
                ))}
                {count > devices.length && ` and ${(count - devices.length).toLocaleString()} more`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
