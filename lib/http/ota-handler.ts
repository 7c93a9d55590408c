import { answerOta } from "@/lib/enrollment/ota-service";
import { deviceRoute } from "./device-route";

/** Attributes, a signature and a chain of certificates. */
const MAX_BODY_BYTES = 64 * 1024;

/** Phases 2 and 3 of the OTA profile service. */
export const otaHandler = deviceRoute({ maxBytes: MAX_BODY_BYTES, methods: ["POST"] }, answerOta);
