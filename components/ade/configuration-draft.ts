import { ADE_DEFAULTS, type AdeConfigurationDto, type AdeConfigurationKeys, type ChangeAdeConfigurationBody, type CreateAdeConfigurationBody } from "@/lib/contracts/ade";

export const MINIMUM_PLATFORMS = ["iOS", "iPadOS", "macOS"] as const;
export type MinimumPlatform = (typeof MINIMUM_PLATFORMS)[number];

/** A configuration as its form holds it: lists as text, one a line. */
export interface ConfigurationDraft extends Pick<AdeConfigurationKeys, "name" | "admission" | "webPage" | "department" | "supportPhoneNumber" | "supportEmailAddress" | "language" | "region" | Toggle> {
  serials: string;
  skipSetupItems: readonly string[];
  minimumOs: Record<MinimumPlatform, string>;
  groupId: string;
}

export const TOGGLES = [
  { key: "awaitConfiguration", label: "Wait for configuration", help: "Setup Assistant waits until the first commands are done, so that nobody reaches the home screen before." },
  { key: "isMdmRemovable", label: "Management may be removed", help: "The person may remove the enrollment profile in Settings." },
  { key: "doNotUseProfileFromBackup", label: "Ask for this configuration after a restore", help: "From iOS 26 on a restored backup brings no old management back." },
  { key: "isMultiUser", label: "Shared iPad", help: "Several people sign in to one iPad." },
  { key: "autoAdvanceSetup", label: "Advance by itself", help: "Mac and Apple TV: Setup Assistant needs nobody. Language and region have to be given." },
  { key: "isReturnToService", label: "Return to Service keeps apps", help: "From iOS 26 on apps stay on the device when it is erased for the next person." },
  { key: "allowPairing", label: "May pair with computers", help: "Up to iOS 12; later systems go by restrictions." },
] as const satisfies readonly { key: keyof AdeConfigurationKeys; label: string; help: string }[];
export type Toggle = (typeof TOGGLES)[number]["key"];

/** Of a configuration that is there, or of a new one. */
export function draftOf(configuration: AdeConfigurationDto | null): ConfigurationDraft {
  const keys: AdeConfigurationKeys = configuration === null ? { ...ADE_DEFAULTS, name: "" } : { ...configuration, groupId: configuration.group?.id ?? null };
  const minimum = (platform: MinimumPlatform): string => keys.minimumOs[platform]?.osVersion ?? "";
  const { name, admission, webPage, department, supportPhoneNumber, supportEmailAddress, language, region, skipSetupItems } = keys;
  const { awaitConfiguration, isMdmRemovable, doNotUseProfileFromBackup, isMultiUser, autoAdvanceSetup, isReturnToService, allowPairing } = keys;
  return {
    name, admission, webPage, department, supportPhoneNumber, supportEmailAddress, language, region, skipSetupItems,
    awaitConfiguration, isMdmRemovable, doNotUseProfileFromBackup, isMultiUser, autoAdvanceSetup, isReturnToService, allowPairing,
    serials: keys.serials.join("\n"), groupId: keys.groupId ?? "", minimumOs: { iOS: minimum("iOS"), iPadOS: minimum("iPadOS"), macOS: minimum("macOS") },
  };
}

/** What is sent. A build or a beta program that was set by the API stays while its version does. */
export function bodyOf(draft: ConfigurationDraft, before: AdeConfigurationDto | null): CreateAdeConfigurationBody & ChangeAdeConfigurationBody {
  const { serials, groupId, minimumOs, skipSetupItems, ...rest } = draft;
  const minimum = MINIMUM_PLATFORMS.flatMap((platform) => {
    const osVersion = minimumOs[platform].trim();
    if (osVersion === "") return [];
    const kept = before?.minimumOs[platform];
    return [[platform, kept?.osVersion === osVersion ? kept : osVersion] as const];
  });
  return { ...rest, serials: linesOf(serials), groupId: groupId === "" ? null : groupId, minimumOs: Object.fromEntries(minimum), skipSetupItems: [...skipSetupItems] };
}

function linesOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== "");
}
