-- CreateTable
CREATE TABLE "Profile" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "Profile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProfileVersion" (
    "id" UUID NOT NULL,
    "profileId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "contentSealed" BYTEA NOT NULL,
    "bytes" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "signer" TEXT,
    "payloads" JSONB NOT NULL,
    "variables" TEXT[],
    "findings" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "ProfileVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProfileAssignment" (
    "profileId" UUID NOT NULL,
    "groupId" UUID NOT NULL,

    CONSTRAINT "ProfileAssignment_pkey" PRIMARY KEY ("profileId","groupId")
);

-- CreateTable
CREATE TABLE "ProfileCheck" (
    "enrollmentId" UUID NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "listAskedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ProfileCheck_pkey" PRIMARY KEY ("enrollmentId")
);

-- CreateTable
CREATE TABLE "DeviceProfile" (
    "enrollmentId" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "profileId" UUID,
    "state" TEXT NOT NULL,
    "versionId" UUID,
    "valuesHash" TEXT,
    "commandId" UUID,
    "sentVersionId" UUID,
    "sentHash" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "retryAt" TIMESTAMPTZ(3),
    "errorChain" JSONB,
    "reason" TEXT,
    "missing" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "settledAt" TIMESTAMPTZ(3),
    "installedAt" TIMESTAMPTZ(3),
    "seenAt" TIMESTAMPTZ(3),
    "driftedAt" TIMESTAMPTZ(3),
    "driftUuid" TEXT,
    "repairs" INTEGER NOT NULL DEFAULT 0,
    "repairsSince" TIMESTAMPTZ(3),
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DeviceProfile_pkey" PRIMARY KEY ("enrollmentId","identifier")
);

-- CreateIndex
CREATE UNIQUE INDEX "Profile_identifier_key" ON "Profile"("identifier");

-- CreateIndex
CREATE INDEX "Profile_createdAt_id_idx" ON "Profile"("createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ProfileVersion_profileId_number_key" ON "ProfileVersion"("profileId", "number");

-- CreateIndex
CREATE INDEX "ProfileAssignment_groupId_idx" ON "ProfileAssignment"("groupId");

-- CreateIndex
CREATE INDEX "ProfileCheck_dueAt_idx" ON "ProfileCheck"("dueAt");

-- CreateIndex
CREATE INDEX "DeviceProfile_profileId_state_idx" ON "DeviceProfile"("profileId", "state");

-- CreateIndex
CREATE INDEX "DeviceProfile_state_idx" ON "DeviceProfile"("state");

-- AddForeignKey
ALTER TABLE "ProfileVersion" ADD CONSTRAINT "ProfileVersion_profileId_fkey" FOREIGN KEY ("profileId") REFERENCES "Profile"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProfileAssignment" ADD CONSTRAINT "ProfileAssignment_profileId_fkey" FOREIGN KEY ("profileId") REFERENCES "Profile"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProfileAssignment" ADD CONSTRAINT "ProfileAssignment_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "DeviceGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProfileCheck" ADD CONSTRAINT "ProfileCheck_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "Enrollment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeviceProfile" ADD CONSTRAINT "DeviceProfile_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "Enrollment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeviceProfile" ADD CONSTRAINT "DeviceProfile_profileId_fkey" FOREIGN KEY ("profileId") REFERENCES "Profile"("id") ON DELETE SET NULL ON UPDATE CASCADE;
