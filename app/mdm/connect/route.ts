import { mdmHandler } from "@/lib/http/mdm-handler";

/** PUT /mdm/connect: devices ask for commands and report (Apple, "Sending MDM Commands to a Device"). */
export const PUT = mdmHandler;
export const POST = mdmHandler;
export const GET = mdmHandler;
export const HEAD = mdmHandler;
