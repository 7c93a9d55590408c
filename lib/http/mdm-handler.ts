import { noteExchange } from "@/lib/checkin/exchange-log";
import { answerMdm } from "@/lib/checkin/mdm-endpoint";
import { deviceRoute } from "./device-route";

/** Results of InstalledApplicationList and full status reports reach megabytes; a refused one would come back for ever. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Check-in and command messages, on either URL. */
export const mdmHandler = deviceRoute({ maxBytes: MAX_BODY_BYTES, methods: ["PUT", "POST", "GET", "HEAD"], answered: noteExchange }, answerMdm);
