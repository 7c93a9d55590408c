import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { Visitor } from "./visitor";

interface Step {
  title: string;
  words: ReactNode;
}

const IOS_STEPS: readonly Step[] = [
  { title: "Download the profile", words: "Tap the button, then tap Allow. The page stays as it is; nothing is installed yet." },
  {
    title: "Open Settings",
    words: (
      <>
        Tap <b>Profile Downloaded</b> near the top. Is it not there? <b>General</b> ▸ <b>VPN &amp; Device Management</b>.
      </>
    ),
  },
  {
    title: "Install",
    words: (
      <>
        Tap <b>Install</b> at the top right, enter the passcode, and confirm until it says <b>Done</b>. Within 8 minutes, or the download has to be repeated.
      </>
    ),
  },
];

const MAC_STEPS: readonly Step[] = [
  { title: "Download the profile", words: "The Mac says that a profile was downloaded. Should it not, open the file in Downloads." },
  {
    title: "Open System Settings",
    words: (
      <>
        Click <b>Profile Downloaded</b> at the left. Is it not there? <b>General</b> ▸ <b>Device Management</b>, or <b>Privacy &amp; Security</b> ▸ <b>Profiles</b> before macOS 15.
      </>
    ),
  },
  {
    title: "Install",
    words: (
      <>
        Double-click the profile, then <b>Install…</b>, and enter the password of an administrator of this Mac.
      </>
    ),
  },
];

/** The three steps for one kind of device. The download is a plain link: it needs no script. */
export function EnrollSteps({ visitor, profileUrl }: { visitor: Exclude<Visitor, "other">; profileUrl: string }) {
  const steps = visitor === "mac" ? MAC_STEPS : IOS_STEPS;
  return (
    <ol className="grid gap-6">
      {steps.map((step, index) => (
        <li key={step.title} className="flex gap-4">
          <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full border border-line-strong text-sm font-semibold">
            {index + 1}
          </span>
          <div className="min-w-0 flex-1">
            <h2 className="pt-1 text-base font-semibold">{step.title}</h2>
            <p className="mt-1 text-ink-soft">{step.words}</p>
            {index === 0 && (
              <Button asChild look="primary" className="mt-3 !h-11 w-full !text-base sm:w-auto sm:!px-6">
                <a href={profileUrl}>
                  <Download aria-hidden />
                  Download profile
                </a>
              </Button>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
