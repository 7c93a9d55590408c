import type { DeclarationItem, DeviceDeclarations } from "@/lib/contracts/declarations";
import type { Tone } from "@/lib/contracts/words";

interface State {
  label: string;
  tone: Tone;
  meaning: string;
}

/** Has the device read what it was promised? */
export function syncWords({ token, fetchedToken }: Pick<DeviceDeclarations["items"][number], "token" | "fetchedToken">): State {
  if (token === null) return { label: "Not started", tone: "neutral", meaning: "Nothing was ever offered on this channel." };
  if (fetchedToken === token) return { label: "In sync", tone: "good", meaning: "The device has read the newest list." };
  if (fetchedToken === null) return { label: "Not read yet", tone: "info", meaning: "The device has not asked for its list so far." };
  return { label: "Out of date", tone: "warning", meaning: "The device has read an earlier list and was asked to read again." };
}

/** How one declaration stands on the device, by its own report (Apple, "StatusManagementDeclarations"). */
export function itemWords({ active, valid, serverToken, reportedServerToken }: DeclarationItem): State {
  if (reportedServerToken === null && active === null && valid === null) return { label: "Not reported", tone: "neutral", meaning: "The device has not said anything of it yet." };
  if (valid === "invalid") return { label: "Invalid", tone: "bad", meaning: "The device cannot use it; the reason stands beside." };
  if (reportedServerToken !== null && reportedServerToken !== serverToken) return { label: "Earlier version", tone: "warning", meaning: "The device still works by an earlier version." };
  if (active === true) return { label: "Active", tone: "good", meaning: "It is in effect." };
  if (valid === "valid") return { label: "Inactive", tone: "neutral", meaning: "It is fine, but nothing activates it, or its condition is not met." };
  return { label: "Unknown", tone: "info", meaning: "The device has not checked it yet." };
}
