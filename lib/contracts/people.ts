import { z } from "zod";
import { role } from "./accounts";
import { instant } from "./common";

const name = z.string().trim().min(1).max(100);
const password = z.string().min(12, "at least 12 characters").max(500);

/** invited: has not chosen a password yet. */
export const PERSON_STATES = ["active", "invited", "disabled"] as const;

export const person = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role,
  state: z.enum(PERSON_STATES),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
});
export type PersonDto = z.infer<typeof person>;
export const personList = z.object({ items: z.array(person) });

export const createPersonBody = z.object({ email: z.email().max(200), name, role });
export type CreatePersonBody = z.input<typeof createPersonBody>;

export const changePersonBody = z.object({ name: name.optional(), role: role.optional(), disabled: z.boolean().optional() });
export type ChangePersonBody = z.input<typeof changePersonBody>;

/** `url` is shown this once; whoever has it may choose the password of that person. */
export const passwordLink = z.object({ person, url: z.string(), expiresAt: instant });
export type PasswordLinkDto = z.infer<typeof passwordLink>;

export const choosePasswordBody = z.object({ token: z.string().min(1).max(200), password });
export type ChoosePasswordBody = z.input<typeof choosePasswordBody>;
export const passwordChosen = z.object({ email: z.string() });

export const changePasswordBody = z.object({ current: z.string().min(1).max(500), password });
export type ChangePasswordBody = z.input<typeof changePasswordBody>;
