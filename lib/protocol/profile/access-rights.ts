/** AccessRights of the MDM payload (Apple's schema, com.apple.mdm): a sum of bits, each a right that the person at the device grants. */
interface AccessRight {
  bit: number;
  label: string;
  meaning: string;
  /** The bit it means nothing without; null where it stands alone. */
  needs: number | null;
}

export const ACCESS_RIGHTS: readonly AccessRight[] = [
  { bit: 1, label: "See configuration profiles", meaning: "Which profiles and certificates are installed.", needs: null },
  { bit: 2, label: "Install and remove configuration profiles", meaning: "Wi-Fi, mail, restrictions and other settings. Renewing the device identity needs it.", needs: 1 },
  { bit: 4, label: "Lock the device and clear its passcode", meaning: "DeviceLock, ClearPasscode.", needs: null },
  { bit: 8, label: "Erase the device", meaning: "EraseDevice.", needs: null },
  { bit: 16, label: "Ask for device details", meaning: "Name, model, system, storage and serial number.", needs: null },
  { bit: 32, label: "Ask for network details", meaning: "Addresses, phone number, SIM.", needs: null },
  { bit: 64, label: "See provisioning profiles", meaning: "Which of them are installed.", needs: null },
  { bit: 128, label: "Install and remove provisioning profiles", meaning: "For apps built by your organization.", needs: 64 },
  { bit: 256, label: "See installed apps", meaning: "The list of apps.", needs: null },
  { bit: 512, label: "Ask for restrictions", meaning: "Which restrictions are in force.", needs: null },
  { bit: 1024, label: "Ask for security details", meaning: "Passcode, encryption, firewall.", needs: null },
  { bit: 2048, label: "Change settings", meaning: "Device name, wallpaper, roaming, and more.", needs: null },
  { bit: 4096, label: "Manage apps", meaning: "Install, update and remove apps.", needs: null },
];

/** Every right. */
export const ALL_ACCESS_RIGHTS = 8191;

/** What a device would refuse the whole profile for, in words; null when it would take it. */
export function accessRightsProblem(rights: number): string | null {
  if (!Number.isInteger(rights) || rights < 1 || rights > ALL_ACCESS_RIGHTS) return "must hold at least one right and none but Apple's";
  const lacking = ACCESS_RIGHTS.find((right) => right.needs !== null && (rights & right.bit) !== 0 && (rights & right.needs) === 0);
  if (lacking === undefined) return null;
  const needed = ACCESS_RIGHTS.find((right) => right.bit === lacking.needs);
  return `"${lacking.label}" needs "${needed?.label}"`;
}
