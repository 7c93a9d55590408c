import { dictionaryField } from "../plist/plist-fields";
import { isDictionary, type PlistDictionary } from "../plist/plist-value";
import { readPlist } from "../plist/read-plist";
import { ProtocolError } from "../protocol-error";

/** The command inside a property list that commandPlist has made. @throws ProtocolError when it is none */
export function readCommandOf(plist: Uint8Array): PlistDictionary {
  const whole = readPlist(plist);
  const command = isDictionary(whole) ? dictionaryField(whole, "Command") : null;
  if (command === null) throw new ProtocolError("message-malformed", "the property list holds no command");
  return command;
}
