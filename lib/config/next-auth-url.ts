import { config } from "./config";

/** next-auth 4 learns its own address from NEXTAUTH_URL alone; for us PUBLIC_URL is that address. */
export function announceUrlToNextAuth(): void {
  process.env.NEXTAUTH_URL = config().publicUrl;
}
