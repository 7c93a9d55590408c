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

/** What every fleet is looked at for. */
export const BUILT_IN_VIEWS: readonly Pick<SavedViewDto, "id" | "name" | "filter" | "sort">[] = [
  { id: "silent", name: "Silent for 7 days", filter: { silentFor: "7d" }, sort: "lastSeen" },
  { id: "failed-commands", name: "Failed commands", filter: { commands: "failed,malformed,poisoned" }, sort: null },
  { id: "open-commands", name: "Open commands", filter: { commands: "open" }, sort: null },
  { id: "push-problem", name: "Push problem", filter: { push: "failing,dead,missing" }, sort: null },
  { id: "setup-assistant", name: "In Setup Assistant", filter: { awaitingConfiguration: "yes" }, sort: null },
  { id: "identity-ending", name: "Identity ends in 30 days", filter: { identityEndsWithin: "30d" }, sort: null },
  { id: "quarantined", name: "Quarantined", filter: { state: "quarantined" }, sort: null },
];
