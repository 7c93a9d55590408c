import { Note } from "@/components/ui/note";
import { QrCode } from "@/components/ui/qr-code";
import { EnrollFrame } from "./enroll-frame";
import { EnrollProgress } from "./enroll-progress";
import { EnrollSteps } from "./enroll-steps";
import { VISITORS, type Visitor } from "./visitor";

interface Props {
  organization: string;
  name: string;
  url: string;
  profileUrl: string;
  simulated: boolean;
  statusUrl: string;
  visitor: Visitor;
  safariNeeded: boolean;
}

/** How to enroll this very device. */
export function EnrollPage({ organization, name, url, profileUrl, simulated, statusUrl, visitor, safariNeeded }: Props) {
  const what = visitor === "other" ? "an Apple device" : `this ${VISITORS[visitor]}`;
  return (
    <EnrollFrame organization={organization} title={`Enroll ${what}`}>
      <div className="grid gap-6">
        {simulated && (
          <Note tone="warning" title="For simulated devices only">
            This link is meant for trying the server out. A real device enrolled through it cannot be woken.
          </Note>
        )}
        {safariNeeded && (
          <Note tone="warning" title="Open this page in Safari">
            Other browsers and apps often cannot hand a profile to Settings. Copy the address of this page, open Safari and paste it there.
          </Note>
        )}
        {visitor !== "other" && (
          <section className="rounded-2xl border border-line bg-surface p-5 sm:p-6">
            <EnrollSteps visitor={visitor} profileUrl={profileUrl} />
            <EnrollProgress statusUrl={statusUrl} device={VISITORS[visitor]} />
          </section>
        )}
        {(visitor === "other" || visitor === "mac") && <OnAnotherDevice url={url} alone={visitor === "other"} />}
        <OtherDevices visitor={visitor} />
        <WhatItMeans organization={organization} name={name} />
      </div>
    </EnrollFrame>
  );
}

function OnAnotherDevice({ url, alone }: { url: string; alone: boolean }) {
  return (
    <section className="flex flex-col items-center gap-5 rounded-2xl border border-line bg-surface p-5 sm:flex-row sm:items-start sm:p-6">
      <QrCode text={url} label="QR code of this page" className="size-36 shrink-0 rounded-lg border border-line" />
      <div className="min-w-0">
        <h2 className="text-base font-semibold">{alone ? "Open this page on the device" : "Enroll an iPhone or iPad instead"}</h2>
        <p className="mt-1 text-ink-soft">Scan the code with its camera, or open this address in Safari:</p>
        <p className="mt-2 font-mono text-xs break-all">{url}</p>
      </div>
    </section>
  );
}

/** Plain links, for whoever was taken for something else. */
function OtherDevices({ visitor }: { visitor: Visitor }) {
  const others = (["iphone", "ipad", "mac"] as const).filter((each) => each !== visitor);
  return (
    <p className="text-ink-soft">
      Not the right steps? Show them for{" "}
      {others.map((each, index) => (
        <span key={each}>
          {index > 0 && (index === others.length - 1 ? " or " : ", ")}
          <a href={`?device=${each}`} className="font-medium text-accent underline underline-offset-2">
            {VISITORS[each]}
          </a>
        </span>
      ))}
      .
    </p>
  );
}

function WhatItMeans({ organization, name }: { organization: string; name: string }) {
  return (
    <details className="rounded-2xl border border-line p-5">
      <summary className="roomy font-medium">What enrolling means</summary>
      <div className="mt-3 grid gap-2 text-ink-soft">
        <p>
          The profile lets {organization} manage this device: install settings and apps, ask for its details such as model, system and installed apps, lock it, and erase it.
        </p>
        <p>It does not let anybody read messages, mail, photos or browsing history. You can remove the profile in Settings where you installed it; its settings and apps go with it.</p>
        <p className="text-xs text-ink-faint">Link: {name}</p>
      </div>
    </details>
  );
}
