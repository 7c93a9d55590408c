import { discoveryHandler } from "@/lib/http/account-handlers";

/** GET /.well-known/com.apple.remotemanagement (Apple, "Discover Authentication Servers"). */
export const GET = discoveryHandler;
export const HEAD = discoveryHandler;
