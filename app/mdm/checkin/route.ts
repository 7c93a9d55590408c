import { mdmHandler } from "@/lib/http/mdm-handler";

/** PUT /mdm/checkin: check-in messages of devices (Apple, "Check-in"). */
export const PUT = mdmHandler;
export const POST = mdmHandler;
export const GET = mdmHandler;
export const HEAD = mdmHandler;
