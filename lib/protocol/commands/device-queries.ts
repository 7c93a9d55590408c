import { SCHEMA } from "./newer-schema";

/** The names DeviceInformation takes (Apple's schema: information.device, QueriesItem), in Apple's order. */
export const DEVICE_QUERIES: readonly string[] =
  SCHEMA.find((command) => command.requestType === "DeviceInformation")?.keys.find((key) => key.key === "Queries")?.keys?.[0]?.keys?.map((query) => query.key) ?? [];

/** Costly to answer, rationed by the device, or secret: asked for only by name. */
const ONLY_BY_NAME: ReadonlySet<string> = new Set(["DevicePropertiesAttestation", "EACSPreflight", "PushToken"]);

/** What is asked when nobody says what: a device leaves out what it does not have. */
export const DEFAULT_DEVICE_QUERIES: readonly string[] = DEVICE_QUERIES.filter((query) => !ONLY_BY_NAME.has(query));
