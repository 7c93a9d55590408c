import { APP_COMMANDS, BOOK_COMMANDS } from "./app-commands";
import { COMMAND_GROUPS, type CommandSpec } from "./command-spec";
import { DEVICE_COMMANDS, LOST_MODE_COMMANDS } from "./device-commands";
import { INVENTORY_COMMANDS } from "./inventory-commands";
import { OTHER_COMMANDS } from "./other-commands";
import { PROFILE_COMMANDS } from "./profile-commands";
import { SECURITY_COMMANDS } from "./security-commands";
import { SETTINGS_COMMANDS } from "./settings-command";
import { UPDATE_COMMANDS, USER_COMMANDS } from "./user-commands";

const ALL: readonly CommandSpec[] = [
  ...INVENTORY_COMMANDS, ...APP_COMMANDS, ...PROFILE_COMMANDS, ...SETTINGS_COMMANDS, ...DEVICE_COMMANDS, ...LOST_MODE_COMMANDS,
  ...SECURITY_COMMANDS, ...USER_COMMANDS, ...UPDATE_COMMANDS, ...BOOK_COMMANDS, ...OTHER_COMMANDS,
];

/** Every command of Apple's with a form, by request type and in the order of the groups. No prototype. */
export const COMMANDS: Readonly<Record<string, CommandSpec>> = Object.assign(
  Object.create(null) as Record<string, CommandSpec>,
  Object.fromEntries(COMMAND_GROUPS.flatMap((group) => ALL.filter((spec) => spec.group === group)).map((spec) => [spec.requestType, spec])),
);
