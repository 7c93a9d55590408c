"use client";

import { Check, CircleDashed, Hourglass, LoaderCircle, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import type { VisitStatus } from "@/lib/contracts/enrollment-links";

type Step = VisitStatus["step"];

const POLL_MS = 2_500;
/** Whoever takes longer opens the page again. */
const GIVE_UP_MS = 60 * 60_000;

const WORDS: Record<Step, { icon: LucideIcon; tone: string; title: string; words: (device: string) => string }> = {
  opened: { icon: CircleDashed, tone: "text-ink-faint", title: "Not downloaded yet", words: () => "This line follows along while you go through the steps." },
  downloaded: { icon: LoaderCircle, tone: "text-accent", title: "Profile downloaded", words: () => "Go on with step 2: it still has to be installed." },
  certified: { icon: LoaderCircle, tone: "text-accent", title: "Installing", words: (device) => `This ${device} has got its certificate.` },
  introduced: { icon: LoaderCircle, tone: "text-accent", title: "Almost there", words: (device) => `This ${device} has introduced itself to the server.` },
  enrolled: { icon: Check, tone: "text-good", title: "Enrolled", words: (device) => `This ${device} is managed now. You can close this page.` },
  waiting: { icon: Hourglass, tone: "text-warning", title: "Waiting for your administrator", words: (device) => `This ${device} has checked in and gets its settings once it is let in. You can close this page.` },
};

/** Tells live how far the device has come whose profile was downloaded from this page. Without script it shows nothing. */
export function EnrollProgress({ statusUrl, device }: { statusUrl: string; device: string }) {
  const step = useStep(statusUrl);
  const { icon: Icon, tone, title, words } = WORDS[step ?? "opened"];
  if (step === null) return null;
  return (
    <div role="status" className="mt-6 flex items-start gap-3 border-t border-line pt-5" data-step={step}>
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${tone} ${Icon === LoaderCircle ? "motion-safe:animate-spin" : ""}`} />
      <div>
        <p className="font-semibold">{title}</p>
        <p className="text-ink-soft">{words(device)}</p>
      </div>
    </div>
  );
}

/** Null before the page runs. */
function useStep(statusUrl: string): Step | null {
  const [step, setStep] = useState<Step | null>(null);
  useEffect(() => {
    const until = Date.now() + GIVE_UP_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const next = document.hidden ? null : await askStep(statusUrl);
      setStep((known) => next ?? known ?? "opened");
      if (next !== "enrolled" && Date.now() < until) timer = setTimeout(() => void ask(), POLL_MS);
    };
    // People come back from Settings: then the answer should be there at once.
    const onShown = (): void => {
      if (document.hidden) return;
      clearTimeout(timer);
      void ask();
    };
    void ask();
    document.addEventListener("visibilitychange", onShown);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onShown);
    };
  }, [statusUrl]);
  return step;
}

/** Null when it could not be learned this time. */
async function askStep(statusUrl: string): Promise<Step | null> {
  try {
    const response = await fetch(statusUrl, { cache: "no-store" });
    return response.ok ? ((await response.json()) as VisitStatus).step : null;
  } catch {
    return null;
  }
}
