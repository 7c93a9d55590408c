import { adeWebHandler } from "@/lib/http/ade-handler";

/** GET and POST /ade/web: the page that Setup Assistant shows before the profile (Apple, "Authenticating through web views"). */
export const GET = adeWebHandler;
export const POST = adeWebHandler;
