const ANYWHERE = "http://local.invalid";

/** The path and query of an address of this very site; "/" for any other, so that a sign-in never leads elsewhere. */
export function localPath(address: string | string[] | undefined): string {
  if (typeof address !== "string" || !address.startsWith("/")) return "/";
  const url = URL.canParse(address, ANYWHERE) ? new URL(address, ANYWHERE) : null;
  return url?.origin === ANYWHERE ? `${url.pathname}${url.search}` : "/";
}
