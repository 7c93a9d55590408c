import type { SavedViewDto } from "./saved-views";

/** What every fleet is looked at for. */
export const BUILT_IN_VIEWS: readonly Pick<SavedViewDto, "id" | "name" | "filter" | "sort">[] = [
  { id: "silent", name: "Silent for 7 days", filter: { silentFor: "7d" }, sort: "lastSeen" },
  { id: "failed-commands", name: "Failed commands", filter: { commands: "failed,malformed,poisoned" }, sort: null },
  { id: "open-commands", name: "Open commands", filter: { commands: "open" }, sort: null },
  { id: "profiles-in-trouble", name: "Profiles in trouble", filter: { profiles: "failed,drifted" }, sort: null },
  { id: "push-problem", name: "Push problem", filter: { push: "failing,dead,missing" }, sort: null },
  { id: "setup-assistant", name: "In Setup Assistant", filter: { awaitingConfiguration: "yes" }, sort: null },
  { id: "identity-ending", name: "Identity ends in 30 days", filter: { identityEndsWithin: "30d" }, sort: null },
  { id: "quarantined", name: "Quarantined", filter: { state: "quarantined" }, sort: null },
];
