/** One parameter of a raw query, percent-decoded; "+" stays what it is. Null when it is absent. */
export function queryParameter(rawQuery: string, name: string): string | null {
  for (const pair of rawQuery.split("&")) {
    const equals = pair.indexOf("=");
    if ((equals < 0 ? pair : pair.slice(0, equals)) === name) return percentDecode(equals < 0 ? "" : pair.slice(equals + 1));
  }
  return null;
}

/**
 * The message of a GET PKIOperation (RFC 8894 section 4.1): base64, standard or URL-safe.
 * Quirk: macOS escapes "=" but leaves "+" and "/", so a query parser would turn "+" into a blank.
 * Null when it is absent or not base64.
 */
export function messageOfQuery(rawQuery: string): Buffer | null {
  const text = queryParameter(rawQuery, "message")?.replace(/\s/g, "");
  return text && /^[\w+/-]+={0,2}$/.test(text) ? Buffer.from(text, "base64") : null;
}

function percentDecode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
