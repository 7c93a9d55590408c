import type { CommandSpec } from "./command-spec";
import { DEVICE_COMMANDS } from "./device-commands";
import { INVENTORY_COMMANDS } from "./inventory-commands";
import { PROFILE_COMMANDS } from "./profile-commands";

/** Every command with a form, by request type. Others can still be sent as raw property lists. No prototype. */
export const COMMANDS: Readonly<Record<string, CommandSpec>> = Object.assign(
  Object.create(null) as Record<string, CommandSpec>,
  Object.fromEntries([...INVENTORY_COMMANDS, ...PROFILE_COMMANDS, ...DEVICE_COMMANDS].map((spec) => [spec.requestType, spec])),
);
