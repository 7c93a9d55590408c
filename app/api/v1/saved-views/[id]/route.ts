import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toSavedViewDto } from "@/lib/http/saved-view-dto";

/** DELETE /api/v1/saved-views/{id} */
export const DELETE = adminRoute({ operation: API.deleteSavedView, permission: "view:write" }, async ({ params, actor, services }) =>
  toSavedViewDto(await services.savedViews.deleteSavedView(params.id, actor.label)),
);
