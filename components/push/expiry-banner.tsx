"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, TriangleAlert, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { dismiss, isDismissed } from "@/lib/client/dismissed";
import { pushCertificateQueries } from "@/lib/client/queries/push-certificates";
import { counted } from "@/lib/client/text";
import { useNow } from "@/lib/client/use-now";
import { expiryWarning } from "@/lib/contracts/expiry-warning";
import type { PushCertificateDto } from "@/lib/contracts/push-certificates";

/** In its last week a warning cannot be put away. */
const URGENT_DAYS = 7;
const LOOKS = {
  info: "border-info/25 bg-info-soft [&>svg]:text-info",
  warning: "border-warning/30 bg-warning-soft [&>svg]:text-warning",
  bad: "border-bad/30 bg-bad-soft [&>svg]:text-bad",
};

/** Over every page: a push certificate that devices need is about to expire, or has. */
export function ExpiryBanner() {
  const { data } = useQuery({ ...pushCertificateQueries.list(), refetchInterval: 10 * 60_000 });
  const now = useNow();
  const [, setPutAway] = useState(0);
  const needed = (data?.items ?? []).filter(({ state }) => state === "current" || state === "needed");
  return needed.map((certificate) => (
    <CertificateBanner key={certificate.id} certificate={certificate} now={now} onDismiss={() => setPutAway((count) => count + 1)} />
  ));
}

function CertificateBanner({ certificate, now, onDismiss }: { certificate: PushCertificateDto; now: number; onDismiss: () => void }) {
  const warning = now === 0 ? null : expiryWarning(Date.parse(certificate.notAfter), now);
  if (warning === null) return null;
  const { threshold, daysLeft } = warning;
  const key = `push-certificate:${certificate.id}:${threshold}`;
  const urgent = threshold <= URGENT_DAYS;
  if (!urgent && isDismissed(key)) return null;
  const Icon = urgent ? CircleAlert : TriangleAlert;
  const { enrollments, appleAccount } = certificate;
  return (
    <div role="region" aria-label="Push certificate" className={classNames("flex items-start gap-3 border-b px-4 py-2.5 sm:px-6 lg:px-8", LOOKS[urgent ? "bad" : threshold <= 30 ? "warning" : "info"])}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">{threshold === 0 ? "The push certificate has expired." : `The push certificate expires in ${counted(daysLeft, "day")}.`}</span>{" "}
        <span className="text-ink-soft">
          {enrollments === 0 ? "No device depends on it yet." : `${counted(enrollments, "device")} ${threshold === 0 ? "cannot be woken until it is renewed" : "could not be woken then"}.`}
          {appleAccount !== null && ` Apple Account: ${appleAccount}.`}
        </span>{" "}
        <Link href="/push-certificate" className="rounded font-medium text-accent underline-offset-2 hover:underline">
          Renew
        </Link>
      </p>
      {!urgent && (
        <Button
          look="quiet"
          size="small-icon"
          aria-label="Put this warning away until the next one"
          title="Put away until the next warning"
          onClick={() => {
            dismiss(key);
            onDismiss();
          }}
        >
          <X aria-hidden />
        </Button>
      )}
    </div>
  );
}
