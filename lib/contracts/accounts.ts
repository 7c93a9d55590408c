import { z } from "zod";
import { instant } from "./common";
import { ROLES, wordsOf } from "./words";

export const role = z.enum(wordsOf(ROLES));

export const me = z.object({
  kind: z.enum(["user", "token"]),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role,
  permissions: z.array(z.string()),
});
export type Me = z.infer<typeof me>;

export const setupBody = z.object({
  token: z.string().min(1).max(200),
  email: z.email().max(200),
  name: z.string().trim().min(1).max(100),
  password: z.string().min(12, "at least 12 characters").max(500),
});
export type SetupBody = z.input<typeof setupBody>;

export const createApiTokenBody = z.object({
  name: z.string().trim().min(1).max(100),
  role,
  expiresAt: instant.optional(),
});
export type CreateApiTokenBody = z.input<typeof createApiTokenBody>;

export const apiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  role,
  prefix: z.string(),
  createdAt: instant,
  createdBy: z.string().nullable(),
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});
export type ApiTokenDto = z.infer<typeof apiToken>;
export const apiTokenList = z.object({ items: z.array(apiToken) });
export type ApiTokenList = z.infer<typeof apiTokenList>;

/** `token` is shown this once. */
export const apiTokenCreated = apiToken.extend({ token: z.string() });
export type ApiTokenCreated = z.infer<typeof apiTokenCreated>;
