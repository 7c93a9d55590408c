import type { CheckDto } from "@/lib/contracts/readiness";

/** What one check has found. */
export type Finding = Pick<CheckDto, "state" | "detail" | "advice">;
