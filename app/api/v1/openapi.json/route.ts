import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { openApiDocument } from "@/lib/http/openapi-document";

/** GET /api/v1/openapi.json: the description of this API, open to all. */
export const GET = adminRoute({ operation: API.openapi, public: true }, () => openApiDocument());
