-- What matches a filter is gathered out of indexes alone: the device of a life with its place in the usual order,
CREATE INDEX "Device_enrollmentId_createdAt_id_idx" ON "Device"("enrollmentId", "createdAt", "id");
-- the lives of a state and those that came by a link,
DROP INDEX "Enrollment_state_channel_idx";
CREATE INDEX "Enrollment_state_channel_id_idx" ON "Enrollment"("state", "channel", "id");
DROP INDEX "Enrollment_linkId_idx";
CREATE INDEX "Enrollment_linkId_id_idx" ON "Enrollment"("linkId", "id");
-- and what became of the commands of a life.
DROP INDEX "Command_enrollmentId_sequence_idx";
CREATE INDEX "Command_enrollmentId_sequence_state_endedAt_idx" ON "Command"("enrollmentId", "sequence", "state", "endedAt");
