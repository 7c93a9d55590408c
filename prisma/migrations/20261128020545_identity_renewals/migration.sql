-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "renewAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "IdentityRenewal" (
    "id" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "challengeId" UUID NOT NULL,
    "commandId" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "startedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stuckAt" TIMESTAMPTZ(3),
    "stuckStage" TEXT,
    "stuckReason" TEXT,
    "outcome" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "newFingerprint" TEXT,

    CONSTRAINT "IdentityRenewal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "IdentityRenewal_enrollmentId_createdAt_idx" ON "IdentityRenewal"("enrollmentId", "createdAt");

-- CreateIndex
CREATE INDEX "IdentityRenewal_endedAt_idx" ON "IdentityRenewal"("endedAt");

-- CreateIndex
CREATE INDEX "IdentityRenewal_createdAt_idx" ON "IdentityRenewal"("createdAt");

-- CreateIndex
CREATE INDEX "Identity_renewAt_idx" ON "Identity"("renewAt");

-- CreateIndex
CREATE INDEX "Identity_authorityId_idx" ON "Identity"("authorityId");

-- AddForeignKey
ALTER TABLE "IdentityRenewal" ADD CONSTRAINT "IdentityRenewal_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "Enrollment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Identities of before are renewed at two thirds of their life or 60 days before its end, spread by their fingerprint.
UPDATE "Identity" i SET "renewAt" = GREATEST(i."notBefore", LEAST(i."notBefore" + (i."notAfter" - i."notBefore") * 2 / 3, i."notAfter" - interval '60 days'))
  + (i."notAfter" - i."notBefore") * 0.05 * (('x' || left(i."fingerprint", 8))::bit(32)::bigint / 4294967296.0)
FROM "Enrollment" e
WHERE e."id" = i."enrollmentId" AND e."endedAt" IS NULL AND e."identityFingerprint" = i."fingerprint" AND i."linkId" IS NOT NULL;
