import type { MinimumOs, RequiredOs } from "@/lib/contracts/ade";
import { compareVersions } from "@/lib/protocol/commands/versions";
import type { DeviceError } from "@/lib/protocol/errors/device-error";
import type { MachineInfo } from "@/lib/protocol/machine-info";
import { platformOf } from "@/lib/protocol/platform";

const KEYS = { ios: "iOS", ipados: "iPadOS", macos: "macOS" } as const;

/**
 * The system a device has to have and has not; null where it has it, where none is set for its platform, or where it
 * does not say which it has. Older systems than iOS 17 and macOS 14 do not.
 */
export function missingOs(minimumOs: MinimumOs, info: MachineInfo): RequiredOs | null {
  const platform = platformOf(info.productName);
  const required = platform in KEYS ? minimumOs[KEYS[platform as keyof typeof KEYS]] : undefined;
  if (required === undefined || info.osVersion === null) return null;
  return compareVersions(info.osVersion, required.osVersion) < 0 ? required : null;
}

/** What sends a device to update (Apple's schema, mdm/errors, com.apple.softwareupdate.required). */
export function updateRequired({ osVersion, buildVersion, betaProgram }: RequiredOs): DeviceError {
  return {
    code: "com.apple.softwareupdate.required",
    description: `The minimum system for enrollment is ${osVersion}.`,
    message: `This device has to be updated to version ${osVersion} before it can be set up.`,
    details: {
      OSVersion: osVersion,
      ...(buildVersion === undefined ? {} : { BuildVersion: buildVersion }),
      ...(betaProgram === undefined ? {} : { RequireBetaProgram: { Description: betaProgram.description, Token: betaProgram.token } }),
    },
  };
}
