import { answerEcho } from "@/lib/readiness/echo";
import { deviceRoute } from "./device-route";

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** For our own checks of the way between PUBLIC_URL and here. */
export const echoHandler = deviceRoute({ maxBytes: MAX_BODY_BYTES, methods: ["PUT"] }, answerEcho);
