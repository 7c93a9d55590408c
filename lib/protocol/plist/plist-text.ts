const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;
const EACH_NOT_XML = new RegExp(NOT_XML.source, "gu");

/** Does it hold a character that XML 1.0 (section 2.2) has no way to write: a control character or half a pair? */
export function holdsIllegalCharacter(text: string): boolean {
  return NOT_XML.test(text);
}

/** With U+FFFD in the place of such characters. */
export function withLegalCharacters(text: string): string {
  return NOT_XML.test(text) ? text.replace(EACH_NOT_XML, "\ufffd") : text;
}
