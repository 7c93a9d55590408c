import { otaHandler } from "@/lib/http/ota-handler";

/** POST /ota/{token}: a device proves what it is, and gets its profile (Apple, "Over-the-Air Profile Delivery and Configuration"). */
export const POST = otaHandler;
