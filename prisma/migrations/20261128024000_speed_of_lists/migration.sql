-- Trusted since PostgreSQL 13: the owner of the database may make it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "searchText" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "HourlyCount" (
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "kind" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "HourlyCount_pkey" PRIMARY KEY ("hour","kind")
);

-- CreateTable
CREATE TABLE "SavedView" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SavedView_name_key" ON "SavedView"("name");

-- CreateIndex
CREATE INDEX "Device_platform_osVersion_simulated_idx" ON "Device"("platform", "osVersion", "simulated");

-- CreateIndex
CREATE INDEX "Device_searchText_idx" ON "Device" USING GIN ("searchText" gin_trgm_ops);

-- A version as numbers, so that 18.10 follows 18.9; what is no version comes before all. Must never fail: devices write it.
CREATE FUNCTION "osVersionKey"(version text) RETURNS int[] LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
  CASE WHEN version ~ '^[0-9]{1,6}([.][0-9]{1,6}){0,4}$' THEN string_to_array(regexp_replace(version, '([.]0+)+$', ''), '.')::int[] ELSE '{}'::int[] END;

-- The text of a device that the search looks through. It begins with a space, so that every word follows one.
CREATE FUNCTION "setDeviceSearchText"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."searchText" := lower(left(concat(' ', concat_ws(' ', NEW."name", NEW."serialNumber", NEW."udid", NEW."modelName", NEW."productName", NEW."model",
    NEW."platform", NEW."osVersion", NEW."imei",
    (SELECT string_agg(concat_ws(' ', u."owner", u."userShortName", u."userLongName"), ' ') FROM "Enrollment" u
     WHERE u."deviceId" = NEW."id" AND (u."endedAt" IS NULL OR u."id" = NEW."enrollmentId")))), 4000));
  RETURN NEW;
END $$;
CREATE TRIGGER "Device_searchText" BEFORE INSERT OR UPDATE OF "name", "serialNumber", "udid", "modelName", "productName", "model", "platform", "osVersion", "imei", "enrollmentId", "searchText"
  ON "Device" FOR EACH ROW EXECUTE FUNCTION "setDeviceSearchText"();

-- A check-in must not wait for a search: a device that is locked gets the name of its user when it is next written.
CREATE FUNCTION "noteUserOfDevice"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Device" SET "searchText" = '' WHERE "id" IN (SELECT "id" FROM "Device" WHERE "id" = NEW."deviceId" FOR NO KEY UPDATE SKIP LOCKED);
  RETURN NULL;
END $$;
CREATE TRIGGER "Enrollment_user" AFTER INSERT ON "Enrollment" FOR EACH ROW
  WHEN (concat(NEW."owner", NEW."userShortName", NEW."userLongName") <> '') EXECUTE FUNCTION "noteUserOfDevice"();
CREATE TRIGGER "Enrollment_user_named" AFTER UPDATE OF "owner", "userShortName", "userLongName", "endedAt" ON "Enrollment" FOR EACH ROW
  WHEN ((OLD."owner", OLD."userShortName", OLD."userLongName") IS DISTINCT FROM (NEW."owner", NEW."userShortName", NEW."userLongName")
    OR (NEW."channel" = 'user' AND OLD."endedAt" IS DISTINCT FROM NEW."endedAt"))
  EXECUTE FUNCTION "noteUserOfDevice"();
UPDATE "Device" SET "searchText" = '';

-- Orders of the device list (lib/devices/device-order.ts writes the same expressions).
CREATE INDEX "Device_by_name_idx" ON "Device" (lower(COALESCE("name", "serialNumber", '')), "id");
CREATE INDEX "Device_by_serial_idx" ON "Device" (COALESCE("serialNumber", ''), "id");
CREATE INDEX "Device_by_os_idx" ON "Device" ("osVersionKey"("osVersion"), "id");
CREATE INDEX "Enrollment_by_contact_idx" ON "Enrollment" ("lastSeenAt", "deviceId") WHERE "channel" = 'device' AND "lastSeenAt" IS NOT NULL;

-- Filters for what is rare: words as lib/devices/device-filter-store.ts writes them.
CREATE INDEX "Enrollment_by_push_idx" ON "Enrollment" ((CASE WHEN "id" IS NULL OR "endedAt" IS NOT NULL THEN NULL WHEN "tokenUpdatedAt" IS NULL THEN 'missing' WHEN "tokenDeadAt" IS NOT NULL THEN 'dead'
  WHEN "lastPushStatus" <> 200 THEN 'failing' WHEN "pushesUnanswered" > 0 THEN 'unanswered' ELSE 'good' END)) WHERE "channel" = 'device' AND "endedAt" IS NULL;
CREATE INDEX "Enrollment_awaiting_idx" ON "Enrollment" ("id") WHERE "awaitingConfiguration" AND "channel" = 'device';

-- Filters by what is waiting on a device, and by what came of it lately.
CREATE INDEX "Command_open_idx" ON "Command" ("state", "enrollmentId") WHERE "queueRank" IS NOT NULL;
CREATE INDEX "Command_ended_idx" ON "Command" ("state", "endedAt", "enrollmentId") WHERE "endedAt" IS NOT NULL;
CREATE INDEX "Identity_notAfter_enrollmentId_idx" ON "Identity"("notAfter", "enrollmentId");
CREATE INDEX "Command_failed_idx" ON "Command" ("enrollmentId", "endedAt") WHERE "state" IN ('failed', 'malformed', 'poisoned');
