import { echoHandler } from "@/lib/http/echo-handler";

/** PUT /mdm/echo: tells the readiness checks what arrived of what they sent. */
export const PUT = echoHandler;
