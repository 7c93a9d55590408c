-- AlterTable
ALTER TABLE "EnrollmentLink" ADD COLUMN     "openings" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "purpose" TEXT NOT NULL DEFAULT 'management';

-- AlterTable
ALTER TABLE "ScepChallenge" ADD COLUMN     "purpose" TEXT NOT NULL DEFAULT 'management',
ADD COLUMN     "visitHash" TEXT;

-- CreateTable
CREATE TABLE "OtaSession" (
    "id" UUID NOT NULL,
    "linkId" UUID NOT NULL,
    "challengeHash" TEXT NOT NULL,
    "visitHash" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "provedAt" TIMESTAMPTZ(3),
    "serialNumber" TEXT,
    "udid" TEXT,
    "scepChallengeId" UUID,
    "completedAt" TIMESTAMPTZ(3),

    CONSTRAINT "OtaSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountConfiguration" (
    "id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "modelFamilies" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "linkId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "AccountConfiguration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountToken" (
    "id" UUID NOT NULL,
    "configurationId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AccountToken_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "OtaSession_challengeHash_key" ON "OtaSession"("challengeHash");

-- CreateIndex
CREATE UNIQUE INDEX "OtaSession_scepChallengeId_key" ON "OtaSession"("scepChallengeId");

-- CreateIndex
CREATE INDEX "OtaSession_linkId_idx" ON "OtaSession"("linkId");

-- CreateIndex
CREATE INDEX "OtaSession_visitHash_idx" ON "OtaSession"("visitHash");

-- CreateIndex
CREATE UNIQUE INDEX "AccountConfiguration_linkId_key" ON "AccountConfiguration"("linkId");

-- CreateIndex
CREATE UNIQUE INDEX "AccountConfiguration_domain_mode_key" ON "AccountConfiguration"("domain", "mode");

-- CreateIndex
CREATE UNIQUE INDEX "AccountToken_tokenHash_key" ON "AccountToken"("tokenHash");

-- CreateIndex
CREATE INDEX "AccountToken_configurationId_createdAt_idx" ON "AccountToken"("configurationId", "createdAt");

-- CreateIndex
CREATE INDEX "Enrollment_linkId_idx" ON "Enrollment"("linkId");

-- CreateIndex
CREATE INDEX "Event_linkId_id_idx" ON "Event"("linkId", "id");

-- CreateIndex
CREATE INDEX "ScepChallenge_visitHash_idx" ON "ScepChallenge"("visitHash");

-- AddForeignKey
ALTER TABLE "OtaSession" ADD CONSTRAINT "OtaSession_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "EnrollmentLink"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountConfiguration" ADD CONSTRAINT "AccountConfiguration_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "EnrollmentLink"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountToken" ADD CONSTRAINT "AccountToken_configurationId_fkey" FOREIGN KEY ("configurationId") REFERENCES "AccountConfiguration"("id") ON DELETE CASCADE ON UPDATE CASCADE;
