import { answerAcme } from "@/lib/pki/acme/acme-service";
import { deviceRoute } from "./device-route";

/** An attestation with its chain stays under 8 KiB. */
const MAX_BODY_BYTES = 128 * 1024;

/** Everything under /acme. */
export const acmeHandler = deviceRoute({ maxBytes: MAX_BODY_BYTES, methods: ["GET", "HEAD", "POST"] }, answerAcme);
