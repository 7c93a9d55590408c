import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toSavedViewDto } from "@/lib/http/saved-view-dto";

/** GET /api/v1/saved-views */
export const GET = adminRoute({ operation: API.listSavedViews, permission: "device:read" }, async ({ services }) => ({
  items: (await services.savedViews.listSavedViews()).map(toSavedViewDto),
}));

/** POST /api/v1/saved-views */
export const POST = adminRoute({ operation: API.createSavedView, permission: "view:write" }, async ({ body, actor, services }) =>
  toSavedViewDto(await services.savedViews.createSavedView(body, actor.label)),
);
