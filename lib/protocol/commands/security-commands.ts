import type { CommandSpec } from "./command-spec";
import { makeSpec } from "./make-spec";

const NEW_PASSWORD = { min: 0, help: "The new password. Empty text removes the password." } as const;

/** Apple's schema: passcode.*, device.restrictions.clearpassword, rotate.file.vault.key, device.activationlock.*. */
export const SECURITY_COMMANDS: readonly CommandSpec[] = [
  makeSpec("ClearPasscode", {
    title: "Clear passcode",
    words: ["passcode", "forgot", "unlock", "reset passcode", "remove passcode", "pin"],
    summary: "Removes the passcode, so that the device opens without one. A policy may ask the user for a new one.",
    group: "Security",
    rank: 0,
    parameters: {
      UnlockToken: { required: false, escrow: "unlock-token", help: "Left out, the server takes the unlock token that the device has sent." },
    },
  }),
  makeSpec("ClearRestrictionsPassword", {
    title: "Clear Screen Time passcode",
    words: ["screen time", "restrictions", "parental controls", "passcode"],
    summary: "Removes the Screen Time passcode of the device.",
    group: "Security",
  }),
  makeSpec("RotateFileVaultKey", {
    title: "Rotate FileVault key",
    words: ["filevault", "recovery key", "disk encryption", "rotate"],
    summary: "Gives the disk a new recovery key in place of the present one.",
    group: "Security",
    parameters: {
      KeyType: { help: "Which recovery key.", valueHelp: { personal: "The key of this Mac.", institutional: "A key shared by many Macs." } },
      FileVaultUnlock: "What opens the disk now: a password, or an institutional key with its password.",
      "FileVaultUnlock.Password": "The password of a FileVault user, or the present personal recovery key.",
      "FileVaultUnlock.PrivateKeyExport": "The present institutional key as PKCS #12. Not for APFS.",
      "FileVaultUnlock.PrivateKeyExportPassword": "Opens the PKCS #12 file. Not for APFS.",
      NewCertificate: "The certificate (DER) of the new institutional key.",
      ReplyEncryptionCertificate: "A certificate (DER); the new personal key comes back encrypted for it.",
    },
    rules: [
      ({ KeyType, NewCertificate }) => (KeyType === "institutional" && NewCertificate === undefined ? { pointer: "/NewCertificate", detail: "is required for an institutional key" } : null),
      ({ KeyType, FileVaultUnlock }) => {
        const unlock = Object.keys(typeof FileVaultUnlock === "object" ? FileVaultUnlock : {});
        const opens = unlock.includes("Password") || (KeyType === "institutional" && unlock.includes("PrivateKeyExport") && unlock.includes("PrivateKeyExportPassword"));
        return opens ? null : { pointer: "/FileVaultUnlock", detail: "must hold Password, or for an institutional key PrivateKeyExport with PrivateKeyExportPassword" };
      },
    ],
  }),
  makeSpec("SetFirmwarePassword", {
    title: "Set firmware password",
    words: ["firmware", "efi", "boot password", "intel"],
    summary: "Sets, changes or removes the firmware password of a Mac with Intel. It holds after the next restart; one try in 30 seconds.",
    group: "Security",
    parameters: {
      CurrentPassword: "Needed when there is one.",
      NewPassword: NEW_PASSWORD,
      AllowOroms: "Lets firmware of plugged-in cards run.",
    },
  }),
  makeSpec("VerifyFirmwarePassword", {
    title: "Check firmware password",
    words: ["firmware", "efi", "boot password", "verify"],
    summary: "Asks a Mac with Intel whether this is its firmware password. One try in 30 seconds.",
    group: "Security",
    danger: "none",
    parameters: { Password: "The password to check." },
  }),
  makeSpec("SetRecoveryLock", {
    title: "Set recovery lock",
    words: ["recovery lock", "recoveryos", "password", "apple silicon"],
    summary: "Sets, changes or removes the password for recoveryOS on a Mac with Apple silicon. It goes when management ends.",
    group: "Security",
    parameters: { CurrentPassword: "Needed when there is one.", NewPassword: NEW_PASSWORD },
  }),
  makeSpec("VerifyRecoveryLock", {
    title: "Check recovery lock",
    words: ["recovery lock", "recoveryos", "password", "verify"],
    summary: "Asks a Mac with Apple silicon whether this is its recovery lock password.",
    group: "Security",
    danger: "none",
    parameters: { Password: "The password to check." },
  }),
  makeSpec("ActivationLockBypassCode", {
    title: "Fetch bypass code",
    words: ["activation lock", "icloud lock", "bypass", "find my"],
    summary: "Asks for the code that opens Activation Lock, and keeps it. Devices tell it only in the first 15 days of supervision.",
    group: "Activation Lock",
    query: true,
  }),
  makeSpec("ClearActivationLockBypassCode", {
    title: "Discard bypass code",
    words: ["activation lock", "icloud lock", "bypass"],
    summary: "Makes the device forget its Activation Lock bypass code.",
    group: "Activation Lock",
  }),
];
