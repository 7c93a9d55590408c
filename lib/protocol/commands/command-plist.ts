import type { PlistDictionary } from "../plist/plist-value";
import { writePlist } from "../plist/write-plist";

/** The answer that makes a device execute a command (Apple, "Sending MDM commands to a device"). */
export function commandPlist(uuid: string, command: PlistDictionary): string {
  return writePlist({ Command: command, CommandUUID: uuid });
}
