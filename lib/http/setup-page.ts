import { needsSetup } from "@/lib/accounts/setup-service";

/** Is there still no owner, so that a setup link can be used? */
export function isSetupOpen(): Promise<boolean> {
  return needsSetup();
}
