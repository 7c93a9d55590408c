/** The value of a cookie in a Cookie header; null when it is not there. */
export function cookieNamed(name: string, header: string | null): string | null {
  const pair = (header ?? "").split(";").find((part) => part.trimStart().startsWith(`${name}=`));
  return pair === undefined ? null : pair.trim().slice(name.length + 1);
}
