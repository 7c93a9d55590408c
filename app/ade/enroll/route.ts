import { adeEnrollHandler } from "@/lib/http/ade-handler";

/** POST /ade/enroll: Setup Assistant asks for its enrollment profile (Apple, "Automated Device Enrollment"). */
export const POST = adeEnrollHandler;
