import { answerAccountEnrollment, answerAccountToken, answerDiscovery } from "@/lib/enrollment/account-enrollment";
import { deviceRoute } from "./device-route";

const MAX_SIGNED_BYTES = 64 * 1024;
const MAX_FORM_BYTES = 8 * 1024;

/** Service discovery. */
export const discoveryHandler = deviceRoute({ maxBytes: 0, methods: ["GET", "HEAD"], enrolls: true }, answerDiscovery);

/** BaseURL of account-driven enrollment. */
export const accountEnrollHandler = deviceRoute({ maxBytes: MAX_SIGNED_BYTES, methods: ["POST"], signsIn: true }, answerAccountEnrollment);

/** token-url of OAuth 2. */
export const accountTokenHandler = deviceRoute({ maxBytes: MAX_FORM_BYTES, methods: ["POST"] }, answerAccountToken);
