import { arrayField, numberField, textField } from "../plist/plist-fields";
import { isDictionary, type PlistDictionary } from "../plist/plist-value";

/** One error of a report. Texts may be missing: macOS leaves out the English one. */
export interface ErrorChainItem {
  ErrorCode: number | null;
  ErrorDomain: string | null;
  LocalizedDescription: string | null;
  USEnglishDescription: string | null;
}

const LONGEST_CHAIN = 20;

/** The errors of a report, the topmost first and its causes after it; null when it has none. */
export function errorChainOf(report: PlistDictionary): ErrorChainItem[] | null {
  const chain = arrayField(report, "ErrorChain");
  if (chain === null) return null;
  return chain
    .filter((item) => isDictionary(item))
    .slice(0, LONGEST_CHAIN)
    .map((item) => ({
      ErrorCode: numberField(item, "ErrorCode"),
      ErrorDomain: textField(item, "ErrorDomain"),
      LocalizedDescription: textField(item, "LocalizedDescription"),
      USEnglishDescription: textField(item, "USEnglishDescription"),
    }));
}
