import { randomUUID } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import { problemResponse } from "./problem";

/** 404 as problem details. */
export function unknownRoute(): Response {
  return problemResponse(new MusterError("not-found", "This API has no such address; see /api/v1/openapi.json"), randomUUID());
}
