import { isDictionary } from "../plist/plist-value";
import { appAttributes, BUNDLE_IDENTIFIER } from "./app-words";
import type { CommandRule, CommandSpec } from "./command-spec";
import type { ParameterWords } from "./make-spec";
import { makeSpec } from "./make-spec";

const ITEM = "Names the setting.";
const GRACE_PERIOD = "Seconds for which a locked screen still opens without the passcode.";

const WORDS: Record<string, ParameterWords> = {
  "Settings[Wallpaper]": "The picture behind the screen.",
  "Settings[Wallpaper].Image": "A PNG or JPEG file.",
  "Settings[Wallpaper].Where": { help: "On which screen.", valueHelp: { 1: "Lock screen", 2: "Home screen", 3: "Both" } },
  "Settings[DataRoaming]": "Data abroad. Turning it on turns voice roaming on too.",
  "Settings[VoiceRoaming]": "Calls abroad. Turning it off turns data roaming off too; some carriers only.",
  "Settings[PersonalHotspot]": "Sharing the cellular connection.",
  "Settings[Bluetooth]": "Bluetooth on or off.",
  "Settings[ApplicationConfiguration]": "Managed app configuration. Fails for apps that came by declarations.",
  "Settings[ApplicationConfiguration].Identifier": BUNDLE_IDENTIFIER,
  "Settings[ApplicationConfiguration].Configuration": "Keys and values as the app's maker describes them. Left out, the present ones are removed.",
  "Settings[ApplicationAttributes]": "How a managed app behaves. Fails for apps that came by declarations.",
  "Settings[ApplicationAttributes].Identifier": BUNDLE_IDENTIFIER,
  "Settings[ApplicationAttributes].Attributes": "Left out, the present ones are removed.",
  ...appAttributes("Settings[ApplicationAttributes].Attributes"),
  "Settings[DeviceName]": "What the device is called.",
  "Settings[DeviceName].DeviceName": "The new name.",
  "Settings[HostName]": "The name of a Mac in the network.",
  "Settings[HostName].HostName": "The new name.",
  "Settings[OrganizationInfo]": "Who manages the device, as users are told.",
  "Settings[OrganizationInfo].OrganizationInfo": "Left out, the present information is removed.",
  "Settings[OrganizationInfo].OrganizationInfo.OrganizationName": "The name shown to users.",
  "Settings[OrganizationInfo].OrganizationInfo.OrganizationShortName": "A short form of it.",
  "Settings[OrganizationInfo].OrganizationInfo.OrganizationAddress": "The postal address; lines are parted by line feeds.",
  "Settings[OrganizationInfo].OrganizationInfo.OrganizationPhone": "The telephone number.",
  "Settings[OrganizationInfo].OrganizationInfo.OrganizationEmail": "Where users get help.",
  "Settings[OrganizationInfo].OrganizationInfo.OrganizationMagic": "Ties the services of one organization together.",
  "Settings[MDMOptions]": "What management allows.",
  "Settings[MDMOptions].MDMOptions": "The options.",
  "Settings[MDMOptions].MDMOptions.ActivationLockAllowedWhileSupervised": "A supervised device gets Activation Lock when its user turns on Find My.",
  "Settings[MDMOptions].MDMOptions.BootstrapTokenAllowed": "This server keeps bootstrap tokens.",
  "Settings[MDMOptions].MDMOptions.PromptUserToAllowBootstrapTokenForAuthentication": "Warns the user that the bootstrap token has yet to be allowed in recoveryOS.",
  "Settings[MDMOptions].MDMOptions.IdleRebootAllowed": "The device may restart after days in which nobody unlocked it.",
  "Settings[MaximumResidentUsers]": "How many users a Shared iPad holds. Only while it waits for its configuration.",
  "Settings[MaximumResidentUsers].MaximumResidentUsers": { min: 1, help: "The most users; the device may allow fewer." },
  "Settings[SharedDeviceConfiguration]": "How a Shared iPad treats its users.",
  "Settings[SharedDeviceConfiguration].QuotaSize": { min: 0, help: "Megabytes for each user; too small a number becomes the least possible." },
  "Settings[SharedDeviceConfiguration].ResidentUsers": { min: 1, help: "How many users to expect." },
  "Settings[SharedDeviceConfiguration].UserSessionTimeout": { min: 0, help: "Seconds without use after which a user is logged out: 30 or more, 0 for never." },
  "Settings[SharedDeviceConfiguration].TemporarySessionTimeout": { min: 0, help: "The same for guests." },
  "Settings[SharedDeviceConfiguration].TemporarySessionOnly": "Guests only.",
  "Settings[SharedDeviceConfiguration].ManagedAppleIDDefaultDomains": "Domains offered at the login screen; up to three are shown.",
  "Settings[SharedDeviceConfiguration].ManagedAppleIDDefaultDomains[]": "A domain.",
  "Settings[SharedDeviceConfiguration].OnlineAuthenticationGracePeriod": { min: 0, help: "Days for which a known user may log in without asking Apple; 0 asks each time." },
  "Settings[SharedDeviceConfiguration].SkipLanguageAndLocaleSetupForNewUsers": "New users get the language of the device.",
  "Settings[SharedDeviceConfiguration].AwaitUserConfiguration": "Users wait after login until they are configured.",
  "Settings[SharedDeviceConfiguration].AwaitUserConfiguration.Enabled": "Wait for the command that finishes user setup.",
  "Settings[SharedDeviceConfiguration].PasscodePolicy": "When a screen locks.",
  "Settings[SharedDeviceConfiguration].PasscodePolicy.PasscodeLockGracePeriod": GRACE_PERIOD,
  "Settings[SharedDeviceConfiguration].PasscodePolicy.AutoLockTime": { min: 120, help: "Seconds without use until it sleeps, 120 or more." },
  "Settings[DiagnosticSubmission]": "Sending diagnostics to Apple.",
  "Settings[AppAnalytics]": "Sharing analytics with app makers.",
  "Settings[PasscodeLockGracePeriod]": "When a locked Shared iPad asks for the passcode.",
  "Settings[PasscodeLockGracePeriod].PasscodeLockGracePeriod": GRACE_PERIOD,
  "Settings[TimeZone]": "The time zone. Ends setting it automatically.",
  "Settings[TimeZone].TimeZone": "A name of the IANA database, such as Europe/Zurich.",
  "Settings[SoftwareUpdateSettings]": "Which updates users are offered. Not on iOS 27.",
  "Settings[SoftwareUpdateSettings].RecommendationCadence": {
    help: "When there are two updates to choose from.",
    valueHelp: { 0: "Both are shown.", 1: "Only the older one.", 2: "Only the newest one." },
  },
  "Settings[AccessibilitySettings]": "Help with seeing, hearing and touching. Only what is given is changed.",
  "Settings[AccessibilitySettings].BoldTextEnabled": "Bold text.",
  "Settings[AccessibilitySettings].IncreaseContrastEnabled": "More contrast.",
  "Settings[AccessibilitySettings].ReduceMotionEnabled": "Less motion.",
  "Settings[AccessibilitySettings].ReduceTransparencyEnabled": "Less transparency.",
  "Settings[AccessibilitySettings].TextSize": "From 0, smallest, to 11.",
  "Settings[AccessibilitySettings].TouchAccommodationsEnabled": "Touch accommodations.",
  "Settings[AccessibilitySettings].VoiceOverEnabled": "VoiceOver reads the screen out.",
  "Settings[AccessibilitySettings].ZoomEnabled": "Zoom.",
  "Settings[AccessibilitySettings].GrayscaleEnabled": "No colors.",
  "Settings[DefaultApplications]": "Which apps open links, calls and messages. On a Shared iPad for the user only.",
  "Settings[DefaultApplications].WebBrowser": "The bundle identifier of the browser.",
  "Settings[DefaultApplications].Calling": "The bundle identifier of the app for calls.",
  "Settings[DefaultApplications].Messaging": "The bundle identifier of the app for messages.",
};

const SWITCHES = ["DataRoaming", "VoiceRoaming", "PersonalHotspot", "Bluetooth", "DiagnosticSubmission", "AppAnalytics"];
const ITEMS = [
  "Wallpaper", "DataRoaming", "VoiceRoaming", "PersonalHotspot", "Bluetooth", "ApplicationConfiguration", "ApplicationAttributes", "DeviceName",
  "HostName", "OrganizationInfo", "MDMOptions", "MaximumResidentUsers", "SharedDeviceConfiguration", "DiagnosticSubmission", "AppAnalytics",
  "PasscodeLockGracePeriod", "TimeZone", "SoftwareUpdateSettings", "AccessibilitySettings", "DefaultApplications",
];

/** 0 switches a time-out off; other times are 30 seconds or more. */
const timeouts: CommandRule = ({ Settings }) => {
  const items = Array.isArray(Settings) ? Settings : [];
  for (const [index, item] of items.entries()) {
    for (const key of ["UserSessionTimeout", "TemporarySessionTimeout"]) {
      const seconds = isDictionary(item) ? item[key] : undefined;
      if (typeof seconds === "number" && seconds > 0 && seconds < 30) return { pointer: `/Settings/${index}/${key}`, detail: "must be 0 or at least 30" };
    }
  }
  return null;
};

/** Apple's schema: settings. The answer holds one result for each item, in order. */
export const SETTINGS_COMMANDS: readonly CommandSpec[] = [
  makeSpec("Settings", {
    title: "Change settings",
    words: ["settings", "rename", "device name", "wallpaper", "bluetooth", "roaming", "time zone", "hotspot", "configure", "app configuration"],
    summary: "Changes settings of the device once; most of them the user may change back. Each setting succeeds or fails by itself.",
    group: "Settings",
    parameters: {
      Settings: "The settings to change.",
      ...WORDS,
      ...Object.fromEntries(SWITCHES.map((item) => [`Settings[${item}].Enabled`, "On or off."])),
      ...Object.fromEntries(ITEMS.map((item) => [`Settings[${item}].Item`, ITEM])),
    },
    rules: [timeouts],
  }),
];
