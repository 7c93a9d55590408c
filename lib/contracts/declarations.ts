import { z } from "zod";
import { instant, listOf, listQuery } from "./common";

export const declaration = z.object({
  id: z.uuid(),
  identifier: z.string(),
  /** com.apple.configuration.…, com.apple.activation.…, com.apple.asset.…, com.apple.management.… */
  type: z.string(),
  serverToken: z.string(),
  payload: z.record(z.string(), z.unknown()),
  /** Groups whose devices get it on the device channel. */
  groupIds: z.array(z.uuid()),
  /** Groups whose devices get it on the channels of their users. */
  userGroupIds: z.array(z.uuid()),
  createdAt: instant,
  updatedAt: instant,
  createdBy: z.string(),
});
export type DeclarationDto = z.infer<typeof declaration>;
export const declarationList = listOf(declaration);
export type DeclarationList = z.infer<typeof declarationList>;
/** `groupId`: only those that are assigned to the group, on either channel. */
export const declarationListQuery = listQuery.extend({ query: z.string().max(200).optional(), groupId: z.uuid().optional() });

export const createDeclarationBody = z.object({
  /** Made up when left out. A slash would break the path by which devices ask for it. */
  identifier: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, "1 to 64 letters, digits, dots, underscores or hyphens").optional(),
  type: z.string().min(1).max(200),
  payload: z.record(z.string(), z.unknown()),
});
export type CreateDeclarationBody = z.input<typeof createDeclarationBody>;

export const updateDeclarationBody = z.object({ payload: z.record(z.string(), z.unknown()) });
export type UpdateDeclarationBody = z.input<typeof updateDeclarationBody>;

/** The groups take the place of those assigned before on this channel. */
export const assignDeclarationBody = z.object({ groupIds: z.array(z.uuid()).max(1000), channel: z.enum(["device", "user"]).default("device") });
export type AssignDeclarationBody = z.input<typeof assignDeclarationBody>;

/** One declaration as the device was promised it and as it reports it. */
export const declarationItem = z.object({
  identifier: z.string(),
  type: z.string(),
  serverToken: z.string(),
  declarationId: z.uuid().nullable(),
  active: z.boolean().nullable(),
  valid: z.string().nullable(),
  reportedServerToken: z.string().nullable(),
  reasons: z.array(z.unknown()),
});
export type DeclarationItem = z.infer<typeof declarationItem>;

/** Where declarative management of one enrollment stands. */
export const deviceDeclarations = z.object({
  items: z.array(
    z.object({
      enrollmentId: z.uuid(),
      channel: z.enum(["device", "user"]),
      token: z.string().nullable(),
      tokenAt: instant.nullable(),
      fetchedToken: z.string().nullable(),
      declarations: z.array(declarationItem),
      /** Status items by their path, merged over all reports. */
      status: z.record(z.string(), z.unknown()),
      statusAt: instant.nullable(),
      errors: z.array(z.unknown()),
    }),
  ),
});
export type DeviceDeclarations = z.infer<typeof deviceDeclarations>;
