import type { Platform } from "../platform";
import { isDictionary, type PlistDictionary } from "../plist/plist-value";
import type { CommandSpec, ParameterSpec } from "./command-spec";
import type { SystemFacts, SystemName } from "./schema-facts";
import { compareVersions } from "./versions";

/** What is known of the enrollment a command is meant for. Null: not known, and then it is not held against it. */
export interface EligibilityFacts {
  platform: Platform;
  osVersion: string | null;
  supervised: boolean | null;
  ade: boolean | null;
  userEnrollment: boolean;
  sharedIpad: boolean | null;
  channel: "device" | "user";
  accessRights: number;
  /** Kinds of the escrowed secrets that this enrollment has. */
  secrets: readonly string[];
}

export interface EligibilityReason {
  /** Why not, for people. */
  sentence: string;
  /** What we know may be out of date, so an operator may send it all the same; the device has the last word. */
  overridable: boolean;
}

export interface Eligibility {
  eligible: boolean;
  reasons: EligibilityReason[];
}

const SYSTEM_OF: Readonly<Record<Platform, SystemName | null>> = {
  ios: "iOS", ipados: "iOS", macos: "macOS", tvos: "tvOS", watchos: "watchOS", visionos: "visionOS", unknown: null,
};

const RIGHT_NAMES: readonly (readonly [number, string])[] = [
  [1, "inspect profiles"], [2, "install and remove profiles"], [4, "lock the device and clear its passcode"], [8, "erase the device"],
  [16, "ask for device information"], [32, "ask for network information"], [64, "inspect provisioning profiles"],
  [128, "install and remove provisioning profiles"], [256, "inspect apps"], [512, "ask for restrictions"], [1024, "ask for security information"],
  [2048, "change settings"], [4096, "manage apps"],
];

/**
 * Whether Apple's schema lets a command go to an enrollment, and why not. With the command itself, as encoded, its
 * settings are judged one by one and a secret it brings along is not missed.
 */
export function eligibility(spec: CommandSpec, facts: EligibilityFacts, command: PlistDictionary | null = null): Eligibility {
  const system = SYSTEM_OF[facts.platform];
  if (system !== null && (spec.systems[system] ?? null) === null) {
    return { eligible: false, reasons: [never(`${systemName(facts)} does not have this command.`)] };
  }
  const reasons = system === null ? [] : reasonsOn(system, spec, facts, command);
  for (const parameter of spec.parameters) {
    if (parameter.escrow === undefined || facts.secrets.includes(parameter.escrow) || command?.[parameter.name] !== undefined) continue;
    reasons.push({ sentence: `It needs the ${parameter.escrow.replace("-", " ")} of the device, and none is held.`, overridable: false });
  }
  return { eligible: reasons.length === 0, reasons };
}

function reasonsOn(system: SystemName, spec: CommandSpec, facts: EligibilityFacts, command: PlistDictionary | null): EligibilityReason[] {
  const own = spec.systems[system] ?? {};
  const reasons = judge("this command", own, system, facts);
  return reasons.length > 0 ? reasons : settingsOf(spec, command).flatMap(({ systems, name }) => {
    const item = systems?.[system];
    if (item === null) return [never(`${systemName(facts)} does not have the setting ${name}.`)];
    return item === undefined ? [] : judge(`the setting ${name}`, { ...own, ...item }, system, facts);
  });
}

/** The variants that a command holds (Settings): each has an availability of its own. */
function settingsOf(spec: CommandSpec, command: PlistDictionary | null): ParameterSpec[] {
  if (command === null) return [];
  return spec.parameters.flatMap((parameter) => {
    const items = command[parameter.name];
    const variants = parameter.items?.variants;
    if (variants === undefined || !Array.isArray(items)) return [];
    return variants.filter(({ name }) => items.some((item) => isDictionary(item) && item["Item"] === name));
  });
}

function judge(what: string, rule: SystemFacts, system: SystemName, facts: EligibilityFacts): EligibilityReason[] {
  return [
    ...versionReasons(what, rule, system, facts),
    ...enrollmentReasons(what, rule, facts),
    ...channelReasons(what, rule, facts),
    ...rightsReasons(what, rule, facts),
  ];
}

function versionReasons(what: string, rule: SystemFacts, system: SystemName, { osVersion, platform }: EligibilityFacts): EligibilityReason[] {
  if (osVersion === null) return [];
  const name = platform === "ipados" ? "iPadOS" : system;
  if (rule.introduced !== undefined && compareVersions(osVersion, rule.introduced) < 0) {
    return [unless(`${capital(what)} needs ${name} ${rule.introduced}; this device has ${osVersion}.`)];
  }
  if (rule.removed !== undefined && compareVersions(osVersion, rule.removed) >= 0) {
    return [unless(`${capital(what)} ended with ${name} ${rule.removed}; this device has ${osVersion}.`)];
  }
  return [];
}

function enrollmentReasons(what: string, rule: SystemFacts, facts: EligibilityFacts): EligibilityReason[] {
  const reasons: EligibilityReason[] = [];
  if (rule.supervised === true && facts.supervised === false) reasons.push(unless(`${capital(what)} needs a supervised device.`));
  if (rule.ade === true && facts.ade === false) reasons.push(unless(`${capital(what)} needs a device that came by Automated Device Enrollment.`));
  if (rule.userEnrollment === "forbidden" && facts.userEnrollment) reasons.push(never(`${capital(what)} is not for User Enrollments.`));
  if (rule.userEnrollment === "required" && !facts.userEnrollment) reasons.push(never(`${capital(what)} is for User Enrollments only.`));
  if (rule.sharedIpad === "forbidden" && facts.sharedIpad === true) reasons.push(unless(`${capital(what)} is not for Shared iPad.`));
  if (rule.sharedIpad === "required" && facts.sharedIpad === false) reasons.push(unless(`${capital(what)} is for Shared iPad only.`));
  return reasons;
}

function channelReasons(what: string, rule: SystemFacts, facts: EligibilityFacts): EligibilityReason[] {
  const shared = facts.sharedIpad === true;
  const device = (shared ? rule.sharedIpadDeviceChannel : rule.deviceChannel) ?? true;
  const user = (shared ? rule.sharedIpadUserChannel : rule.userChannel) ?? false;
  if (facts.channel === "device" ? device : user) return [];
  return [never(facts.channel === "device" ? `${capital(what)} goes to a user of the device, not to the device.` : `${capital(what)} goes to the device, not to a user of it.`)];
}

function rightsReasons(what: string, rule: SystemFacts, { accessRights }: EligibilityFacts): EligibilityReason[] {
  const missing = RIGHT_NAMES.filter(([bit]) => ((rule.rights ?? 0) & bit) !== 0 && (accessRights & bit) === 0).map(([, name]) => name);
  return missing.length === 0 ? [] : [never(`${capital(what)} needs the right to ${missing.join(" and ")}, which the enrollment profile did not ask for.`)];
}

function systemName({ platform }: EligibilityFacts): string {
  return platform === "ipados" ? "iPadOS" : (SYSTEM_OF[platform] ?? "This device");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function never(sentence: string): EligibilityReason {
  return { sentence, overridable: false };
}

function unless(sentence: string): EligibilityReason {
  return { sentence, overridable: true };
}
