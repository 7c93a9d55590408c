import { z } from "zod";
import { instant } from "./common";

/** What Apple vouches for of the hardware that holds the key; null where Apple does not say. */
export const attestedHardware = z.object({
  serialNumber: z.string().nullable(),
  /** On a Mac the provisioning UDID, which is not the one of management. */
  udid: z.string().nullable(),
  osVersion: z.string().nullable(),
  sepOsVersion: z.string().nullable(),
  llbVersion: z.string().nullable(),
  /** Names the model: J413AP. */
  softwareUpdateDeviceId: z.string().nullable(),
  /** Of a Mac only. */
  systemIntegrityProtection: z.boolean().nullable(),
  secureBoot: z.string().nullable(),
  thirdPartyKernelExtensions: z.boolean().nullable(),
  /** Subject of the root that vouches. */
  authority: z.string(),
  attestedAt: instant,
});
export type AttestedHardware = z.infer<typeof attestedHardware>;
