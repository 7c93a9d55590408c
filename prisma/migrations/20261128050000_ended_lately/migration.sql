-- Terminations of the last hour are counted at every contact of a device whose end is held back: among the lives that ended lately, and not among all.
CREATE INDEX "Enrollment_ended_idx" ON "Enrollment" ("endedAt") WHERE "endedAt" IS NOT NULL;
