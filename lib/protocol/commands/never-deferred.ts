/**
 * What no device of a platform answers NotNow to (Apple, "Handling NotNow status responses"): only these may follow
 * a NotNow in the same session. For macOS it is what a Mac on battery in Power Nap still does.
 */
const IOS = [
  "ClearPasscode", "DeviceInformation", "DeviceLock", "EraseDevice", "InstalledApplicationList", "ProfileList", "ProvisioningProfileList", "Restrictions",
];
const MACOS = [
  "ActivationLockBypassCode", "ClearActivationLockBypassCode", "DeleteUser", "DeviceLock", "EraseDevice", "RestartDevice", "ShutDownDevice",
  "UnlockUserAccount", "UserList",
];

/** By the platform of the device. Apple says nothing of the others: they get what both lists hold. */
export const NEVER_DEFERRED: Readonly<Record<"ios" | "macos" | "other", readonly string[]>> = {
  ios: IOS,
  macos: MACOS,
  other: IOS.filter((requestType) => MACOS.includes(requestType)),
};
