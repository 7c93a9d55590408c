-- The dashboard counts lives by state, and finds the oldest open command, out of indexes alone.
DROP INDEX "Enrollment_state_idx";
CREATE INDEX "Enrollment_state_channel_idx" ON "Enrollment"("state", "channel");
DROP INDEX "Command_open_idx";
CREATE INDEX "Command_open_idx" ON "Command" ("state", "enrollmentId", "queuedAt") WHERE "queueRank" IS NOT NULL;
