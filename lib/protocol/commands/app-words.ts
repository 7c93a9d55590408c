import type { ParameterWords } from "./make-spec";

/** The attributes of a managed app stand in InstallApplication and in a setting: one wording for both. */
export function appAttributes(path: string): Record<string, ParameterWords> {
  return {
    [`${path}.VPNUUID`]: "The UUID of the per-app VPN that carries its traffic.",
    [`${path}.ContentFilterUUID`]: "The UUID of its content filter.",
    [`${path}.DNSProxyUUID`]: "The UUID of its DNS proxy.",
    [`${path}.RelayUUID`]: "The UUID of its relay.",
    [`${path}.AssociatedDomains`]: "Domains that open in the app.",
    [`${path}.AssociatedDomains[]`]: "A domain.",
    [`${path}.AssociatedDomainsEnableDirectDownloads`]: "Checks the domains with the site itself and not with Apple; for domains without internet.",
    [`${path}.Removable`]: "May the user delete the app?",
    [`${path}.TapToPayScreenLock`]: "Asks for Face ID or the passcode after each payment with a card PIN.",
    [`${path}.CellularSliceUUID`]: "The network slice: DNN:name or AppCategory:category, as the carrier says.",
    [`${path}.Hideable`]: "May the user hide the app?",
    [`${path}.Lockable`]: "May the user lock the app? One that cannot be locked cannot be hidden.",
  };
}

export const BUNDLE_IDENTIFIER = "The bundle identifier of the app; for an app on a watch, that of the watch app.";
