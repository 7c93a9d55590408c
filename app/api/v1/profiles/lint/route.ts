import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/profiles/lint: nothing is kept. */
export const POST = adminRoute({ operation: API.lintProfile, permission: "profile:write" }, async ({ body, services }) =>
  services.profileLint.lintFile(Buffer.from(body.content, "base64")),
);
