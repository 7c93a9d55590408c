import { z } from "zod";

/** How network users of a Mac are answered when they sign in (Apple, "User Authenticate"). */
export const USER_AUTHENTICATE = {
  refuse: { label: "Leave them unmanaged", meaning: "Answered 410: the user works on without management until the next login." },
  "empty-challenge": { label: "Manage them", meaning: "Answered with an empty challenge: the user gets a channel of its own, without a password of ours." },
} as const;

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
});
export type Settings = z.infer<typeof settings>;

/** What is left out stays as it is. */
export const changeSettingsBody = z.object({ userAuthenticate, returnToService: z.boolean(), retentionDays, exchangeDays }).partial();
export type ChangeSettingsBody = z.input<typeof changeSettingsBody>;
