import type { SavedViewDto } from "@/lib/contracts/saved-views";
import type { SavedView } from "@/lib/devices/saved-view-service";
import { isoOrNull } from "./iso-or-null";

export function toSavedViewDto(view: SavedView): SavedViewDto {
  const { id, name, builtIn, filter, sort, count, createdBy } = view;
  return { id, name, builtIn, filter, sort, count, createdAt: isoOrNull(view.createdAt), createdBy };
}
