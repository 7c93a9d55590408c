/** Where whoever had a session that has ended signs in again, to come back to `here`: a path of the console with its query. */
export function signInAgainPath(here: string): string {
  return `/sign-in?ended=1&callbackUrl=${encodeURIComponent(here)}`;
}
