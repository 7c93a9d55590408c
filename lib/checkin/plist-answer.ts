import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { writePlist } from "@/lib/protocol/plist/write-plist";

const PLIST = { "content-type": "application/xml; charset=UTF-8" };

/** 200 with a property list. */
export function plistAnswer(body: PlistDictionary | Buffer): DeviceAnswer {
  return { status: 200, headers: PLIST, body: Buffer.isBuffer(body) ? body : writePlist(body) };
}
