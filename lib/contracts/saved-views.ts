import { z } from "zod";
import { instant } from "./common";
import { deviceFilter, deviceOrder } from "./device-filter";
import { deviceCount } from "./devices";

/** A named filter of the device list. Those of the product have no author and cannot be deleted. */
export const savedView = z.object({
  id: z.string(),
  name: z.string(),
  builtIn: z.boolean(),
  filter: deviceFilter,
  sort: deviceOrder.nullable(),
  count: deviceCount,
  createdAt: instant.nullable(),
  createdBy: z.string().nullable(),
});
export type SavedViewDto = z.infer<typeof savedView>;
/** Those of the product first, then by name. */
export const savedViewList = z.object({ items: z.array(savedView) });

export const createSavedViewBody = z.object({ name: z.string().trim().min(1).max(60), filter: deviceFilter, sort: deviceOrder.nullable().default(null) });
export type CreateSavedViewBody = z.input<typeof createSavedViewBody>;

/** How many views people may save. */
export const MOST_SAVED_VIEWS = 50;
