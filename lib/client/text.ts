/** "1 device", "3 devices", with the viewer's thousands separator. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

/** Names whose capitals are not where a word begins. */
const BRANDS = /WiFi|iOS|iTunes|iCloud|FileVault/g;
const KEPT = /^([A-Z0-9]{2,}s?|Wi-Fi|iOS|iTunes|iCloud|FileVault)$/;

/** A key of Apple's in words: "IsMDMLostModeEnabled" becomes "Is MDM lost mode enabled". */
export function wordsFromKey(key: string): string {
  const parts = key
    .split(/[\s_]+/)
    .flatMap((part) => part.replace(BRANDS, (brand) => ` ${brand === "WiFi" ? "Wi-Fi" : brand} `).trim().split(/\s+/))
    .flatMap((part) => (KEPT.test(part) ? [part] : part.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2").split(" ")));
  return parts.map((part, index) => (index === 0 ? capital(part) : KEPT.test(part) ? part : part.toLowerCase())).join(" ");
}

function capital(word: string): string {
  return KEPT.test(word) ? word : word.charAt(0).toUpperCase() + word.slice(1);
}
