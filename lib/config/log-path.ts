/** The path of an address as a log may hold it: behind these, the secret of a link or of a visit stands. */
export function logPath(path: string): string {
  return path.split("?", 1)[0]?.replace(/^\/(enroll|ota)\/.+/, "/$1/…") ?? "";
}
