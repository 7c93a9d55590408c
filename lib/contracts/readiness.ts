import { z } from "zod";

/** What has to be true before a device can be managed, in the order in which to see to it. */
export const CHECKS = {
  address: "Public address",
  tls: "TLS, as devices see it",
  body: "Bodies pass unchanged",
  headers: "Long headers pass",
  clock: "Clock",
  authority: "Certificate authority",
  push: "Push certificate",
  link: "First enrollment link",
  device: "First device",
} as const;
export type CheckKey = keyof typeof CHECKS;

/** open: nothing is wrong, it is yet to be done. skipped: could not be looked at, because of another one. */
export const CHECK_STATES = ["good", "open", "warning", "failed", "skipped"] as const;

export const check = z.object({
  key: z.enum(Object.keys(CHECKS) as [CheckKey, ...CheckKey[]]),
  title: z.string(),
  state: z.enum(CHECK_STATES),
  /** What was seen. */
  detail: z.string(),
  /** What to do; null when there is nothing to do. */
  advice: z.string().nullable(),
});
export type CheckDto = z.infer<typeof check>;
export const readiness = z.object({ publicUrl: z.string(), items: z.array(check) });
export type Readiness = z.infer<typeof readiness>;
