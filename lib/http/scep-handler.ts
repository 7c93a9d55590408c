import { answerScep } from "@/lib/pki/scep-service";
import { deviceRoute } from "./device-route";

/** A SCEP message with an RSA-4096 request stays under 8 KiB. */
const MAX_BODY_BYTES = 64 * 1024;

/** Every SCEP operation. */
export const scepHandler = deviceRoute({ maxBytes: MAX_BODY_BYTES, methods: ["GET", "POST"] }, answerScep);
