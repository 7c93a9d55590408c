import { z } from "zod";

// What Apple's device assignment service answers (Apple, "Device assignment"). What is not known is left out; what is
// missing or of another type is null, for a new value of one key must not stop the reading of a whole fleet.

const text = z.string().min(1).max(2_000).nullable().catch(null).default(null);
const time = z
  .string()
  .transform((value) => new Date(value))
  .refine((value) => !Number.isNaN(value.getTime()))
  .nullable()
  .catch(null)
  .default(null);

export const session = z.object({ auth_session_token: z.string().min(1) });

export const account = z.object({
  server_name: text, server_uuid: text, admin_id: text, facilitator_id: text, org_name: text, org_email: text, org_phone: text, org_address: text,
  org_id: text, org_id_hash: text, org_type: text, org_version: text,
});
export type AccountAnswer = z.infer<typeof account>;

const serviceDevice = z.object({
  serial_number: z.string().min(1).max(100),
  model: text, description: text, color: text, asset_tag: text, device_family: text, os: text,
  profile_status: z.enum(["empty", "assigned", "pushed", "removed"]).catch("empty").default("empty"),
  profile_uuid: text, profile_assign_time: time, profile_push_time: time,
  device_assigned_by: text, device_assigned_date: time,
  op_type: text, op_date: time,
  mdm_migration_deadline: time,
});
export type ServiceDevice = z.infer<typeof serviceDevice>;

export const devicePage = z.object({ cursor: z.string().min(1), more_to_follow: z.boolean().default(false), devices: z.array(serviceDevice).default([]) });
export type DevicePage = z.infer<typeof devicePage>;

/** SUCCESS, NOT_ACCESSIBLE, FAILED, THROTTLED, or a word that Apple adds later, by serial number. */
const results = z.record(z.string(), z.string()).default({});
export const profileDefined = z.object({ profile_uuid: z.string().min(1), devices: results });
export const profileAssigned = z.object({ devices: results, retry_after_seconds: z.number().positive().optional().catch(undefined) });
export type ProfileAssigned = z.infer<typeof profileAssigned>;
