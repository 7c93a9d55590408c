"use client";

import type { ReactNode } from "react";
import { Select } from "@/components/ui/select";
import { useAddress } from "@/lib/client/use-address";

/** What of a log can be looked at alone, by the kinds of events it holds. */
const SUBJECTS = [
  { value: "", label: "Everything", kind: undefined },
  { value: "commands", label: "Commands", kind: "command." },
  { value: "pushes", label: "Pushes", kind: "push." },
  { value: "pushes-accepted", label: "Pushes accepted", kind: "push.sent" },
  { value: "pushes-failed", label: "Pushes refused or failed", kind: "push.failed" },
  { value: "enrollment", label: "Enrollment", kind: "device.,enrollment.,termination.,identity.,user-channel.,configuration.,profile.,admission.,restore." },
  { value: "profiles", label: "Profiles", kind: "configuration-profile." },
  { value: "declarations", label: "Declarations", kind: "declarations." },
  { value: "secrets", label: "Secrets", kind: "secret.,token." },
] as const;
export type EventSubject = (typeof SUBJECTS)[number];

/** What is looked at, kept in the address as `about`. */
export function useEventSubject(): { subject: EventSubject; choice: ReactNode } {
  const { search, change } = useAddress();
  const subject = SUBJECTS.find(({ value }) => value === search.get("about")) ?? SUBJECTS[0];
  return { subject, choice: <Select label="What to show" className="w-52 max-sm:w-36" value={subject.value} options={SUBJECTS} onChange={(value) => change({ about: value === "" ? null : value })} /> };
}
