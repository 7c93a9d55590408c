import { timeAfter } from "@/lib/client/future-time";
import type { CreateEnrollmentLinkBody } from "@/lib/contracts/enrollment-links";
import { ADMISSION_RULES, IDENTITY_KINDS, RESTORE_POLICIES } from "@/lib/contracts/words";
import { ALL_ACCESS_RIGHTS } from "@/lib/protocol/profile/access-rights";
import { chosen } from "./link-choices";

const HOUR_MS = 60 * 60 * 1000;
export const EXPIRIES = [
  { value: "1", label: "1 hour", ms: HOUR_MS },
  { value: "24", label: "1 day", ms: 24 * HOUR_MS },
  { value: "168", label: "7 days", ms: 7 * 24 * HOUR_MS },
  { value: "720", label: "30 days", ms: 30 * 24 * HOUR_MS },
  { value: "", label: "Never", ms: null },
] as const;

/** What is typed and chosen in the dialog, as the controls hold it. */
export interface LinkDraft {
  name: string;
  expiry: string;
  maxUses: string;
  groupId: string;
  owner: string;
  kind: "profile" | "ota";
  identity: string;
  /** One a line, or apart by commas or spaces. */
  serials: string;
  admission: string;
  restorePolicy: string;
  accessRights: number;
  reusable: boolean;
  simulated: boolean;
}

export const NEW_LINK: LinkDraft = {
  name: "", expiry: "168", maxUses: "", groupId: "", owner: "", kind: "profile", identity: "scep", serials: "", admission: "open", restorePolicy: "",
  accessRights: ALL_ACCESS_RIGHTS, reusable: false, simulated: false,
};

export function serialsIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== "");
}

export function bodyOfDraft(draft: LinkDraft): CreateEnrollmentLinkBody {
  const lifetime = EXPIRIES.find((each) => each.value === draft.expiry)?.ms ?? null;
  const uses = draft.maxUses.trim();
  return {
    name: draft.name,
    kind: draft.kind,
    identity: chosen(IDENTITY_KINDS, draft.identity, "scep"),
    serials: serialsIn(draft.serials),
    admission: chosen(ADMISSION_RULES, draft.admission, "open"),
    restorePolicy: draft.restorePolicy === "" ? null : chosen(RESTORE_POLICIES, draft.restorePolicy, "quarantine"),
    groupId: draft.groupId === "" ? null : draft.groupId,
    owner: draft.owner.trim() === "" ? null : draft.owner,
    accessRights: draft.accessRights,
    reusableProfile: draft.reusable,
    simulated: draft.simulated,
    ...(uses === "" ? {} : { maxUses: Number(uses) }),
    ...(lifetime === null ? {} : { expiresAt: timeAfter(lifetime) }),
  };
}
