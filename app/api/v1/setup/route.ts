import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toMeDto } from "@/lib/http/me-dto";

/** POST /api/v1/setup: the one-time token of the setup link is the authorization. */
export const POST = adminRoute({ operation: API.setup, public: true }, async ({ body, services }) =>
  toMeDto(await services.setup.completeSetup(body)),
);
