/** "1 device", "3 devices", with the viewer's thousands separator. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

/** A key of Apple's in words: "IsMDMLostModeEnabled" becomes "Is MDM lost mode enabled". */
export function wordsFromKey(key: string): string {
  const parts = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2").split(/[\s_]+/);
  return parts.map((part, index) => (index === 0 || /^[A-Z0-9]{2,}s?$/.test(part) ? part : part.toLowerCase())).join(" ");
}
