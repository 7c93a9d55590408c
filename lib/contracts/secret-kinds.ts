/** What can lie in escrow, and what it is for. `forPeople`: short enough to be read out and typed. */
export const SECRET_KINDS = {
  "lock-pin": { label: "Lock PIN", meaning: "Unlocks a Mac that was locked with it.", forPeople: true },
  "erase-pin": { label: "Erase PIN", meaning: "Unlocks a Mac that was erased with it.", forPeople: true },
  "firmware-password": { label: "Firmware password", meaning: "Opens the startup options of an Intel Mac.", forPeople: true },
  "recovery-lock-password": { label: "Recovery Lock password", meaning: "Opens recoveryOS of a Mac with Apple silicon.", forPeople: true },
  "recovery-key": { label: "FileVault recovery key", meaning: "Opens an encrypted disk. It is encrypted for the holder of the escrow certificate, who decrypts it elsewhere.", forPeople: false },
  "bypass-code": { label: "Activation Lock bypass code", meaning: "Removes Activation Lock: typed as the password of an empty Apple Account.", forPeople: true },
  "unlock-token": { label: "Unlock token", meaning: "Clears the passcode. Muster adds it to ClearPasscode by itself.", forPeople: false },
  "bootstrap-token": { label: "Bootstrap token", meaning: "Lets a Mac authorize updates, extensions and an erase. The Mac fetches it by itself.", forPeople: false },
} as const;

export function secretKindOf(kind: string): { label: string; meaning: string; forPeople: boolean } {
  const known: Record<string, { label: string; meaning: string; forPeople: boolean }> = SECRET_KINDS;
  return known[kind] ?? { label: kind, meaning: "", forPeople: false };
}
