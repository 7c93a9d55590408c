import { z } from "zod";
import { RESTORE_POLICIES, wordsOf } from "./words";

/** How network users of a Mac are answered when they sign in (Apple, "User Authenticate"). */
export const USER_AUTHENTICATE = {
  refuse: { label: "Leave them unmanaged", meaning: "Answered 410: the user works on without management until the next login." },
  "empty-challenge": { label: "Manage them", meaning: "Answered with an empty challenge: the user gets a channel of its own, without a password of ours." },
} as const;

/** What everybody is answered who comes back from a backup by a link that does not say. */
export const RESTORE_SETTINGS = {
  standard: { label: "By what was seen", meaning: "Accept while management goes on; quarantine when it had ended, or the device was erased." },
  ...RESTORE_POLICIES,
} as const;

const restorePolicy = z.enum(wordsOf(RESTORE_SETTINGS));
const terminationsPerHour = z.number().int().min(1).max(10_000);
const userAuthenticate = z.enum(["refuse", "empty-challenge"]);
const retentionDays = z.number().int().min(1).max(36_500);
const exchangeDays = z.number().int().min(1).max(365);

/** What an owner can set for the whole server. */
export const settings = z.object({
  userAuthenticate,
  /** Whether a device that asks may erase itself and come back (Apple, "Return to Service"). */
  returnToService: z.boolean(),
  /** Finished commands are removed after so many days; security actions stay. */
  retentionDays,
  /** What devices said is kept for the inspector for so many days, and of each device no more than its newest few hundred. */
  exchangeDays,
  restorePolicy,
  /** So many devices an hour may hear 401 or 403 without a second person. */
  terminationsPerHour,
});
export type Settings = z.infer<typeof settings>;

/** What is left out stays as it is. */
export const changeSettingsBody = z.object({ userAuthenticate, returnToService: z.boolean(), retentionDays, exchangeDays, restorePolicy, terminationsPerHour }).partial();
export type ChangeSettingsBody = z.input<typeof changeSettingsBody>;
