-- The dashboard counts lives by state, and finds the oldest open command, out of indexes alone.
DROP INDEX "Enrollment_state_idx";
CREATE INDEX "Enrollment_state_channel_idx" ON "Enrollment"("state", "channel");
DROP INDEX "Command_open_idx";
CREATE INDEX "Command_open_idx" ON "Command" ("state", "enrollmentId", "queuedAt") WHERE "queueRank" IS NOT NULL;
-- Lists and counts by last contact ask no more of a life than this.
DROP INDEX "Enrollment_by_contact_idx";
CREATE INDEX "Enrollment_by_contact_idx" ON "Enrollment" ("lastSeenAt", "deviceId") INCLUDE ("id", "endedAt") WHERE "channel" = 'device' AND "lastSeenAt" IS NOT NULL;
