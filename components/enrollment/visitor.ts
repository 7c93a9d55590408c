/** What somebody opens the enrollment page with. */
export type Visitor = "iphone" | "ipad" | "mac" | "other";

export const VISITORS: Record<Visitor, string> = { iphone: "iPhone", ipad: "iPad", mac: "Mac", other: "Another computer" };

/** Reads the user agent. An iPad that asks for desktop pages calls itself a Mac; the page offers the other ways too. */
export function visitorOf(userAgent: string): Visitor {
  if (/iPhone|iPod/.test(userAgent)) return "iphone";
  if (userAgent.includes("iPad")) return "ipad";
  return userAgent.includes("Macintosh") ? "mac" : "other";
}

/** A choice made by hand stands before what the user agent says. */
export function chosenVisitor(choice: string | string[] | undefined, userAgent: string): Visitor {
  return typeof choice === "string" && Object.hasOwn(VISITORS, choice) ? (choice as Visitor) : visitorOf(userAgent);
}

/** On iOS only Safari hands a profile to Settings for certain; the views inside other apps do not. */
export function needsSafari(visitor: Visitor, userAgent: string): boolean {
  if (visitor !== "iphone" && visitor !== "ipad") return false;
  if (!/AppleWebKit/.test(userAgent) || !/Mobile/.test(userAgent)) return false;
  return /CriOS|FxiOS|EdgiOS|OPiOS|OPT\/|DuckDuckGo|GSA\/|FBAN|FBAV|Instagram|Line\//.test(userAgent) || !/Safari\//.test(userAgent);
}
