-- CreateTable
CREATE TABLE "AdeServer" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "certificate" BYTEA NOT NULL,
    "privateKeySealed" BYTEA NOT NULL,
    "tokenSealed" BYTEA,
    "tokenExpiresAt" TIMESTAMPTZ(3),
    "tokenUploadedAt" TIMESTAMPTZ(3),
    "tokenUploadedBy" TEXT,
    "tokenWarnedDays" INTEGER,
    "serverUuid" TEXT,
    "account" JSONB,
    "cursor" TEXT,
    "fullReadSince" TIMESTAMPTZ(3),
    "syncDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "syncedAt" TIMESTAMPTZ(3),
    "heldUntil" TIMESTAMPTZ(3),
    "problem" TEXT,
    "problemDetail" TEXT,
    "problemSince" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "defaultConfigurationId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "AdeServer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AdeConfiguration" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "linkId" UUID NOT NULL,
    "admission" TEXT NOT NULL,
    "webPage" TEXT NOT NULL DEFAULT 'none',
    "minimumOs" JSONB NOT NULL DEFAULT '{}',
    "profile" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AdeConfiguration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AdeProfile" (
    "serverId" UUID NOT NULL,
    "configurationId" UUID NOT NULL,
    "profileUuid" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "definedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AdeProfile_pkey" PRIMARY KEY ("serverId","configurationId")
);

-- CreateTable
CREATE TABLE "AdeDevice" (
    "id" UUID NOT NULL,
    "serverId" UUID NOT NULL,
    "serialNumber" TEXT NOT NULL,
    "model" TEXT,
    "description" TEXT,
    "color" TEXT,
    "assetTag" TEXT,
    "deviceFamily" TEXT,
    "os" TEXT,
    "profileStatus" TEXT NOT NULL DEFAULT 'empty',
    "profileUuid" TEXT,
    "profileAssignedAt" TIMESTAMPTZ(3),
    "profilePushedAt" TIMESTAMPTZ(3),
    "assignedAt" TIMESTAMPTZ(3),
    "assignedBy" TEXT,
    "migrationDeadline" TIMESTAMPTZ(3),
    "configurationId" UUID,
    "assignDueAt" TIMESTAMPTZ(3),
    "assignResult" TEXT,
    "assignTries" INTEGER NOT NULL DEFAULT 0,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AdeDevice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AdeRequest" (
    "configurationId" UUID NOT NULL,
    "serialNumber" TEXT NOT NULL,
    "udid" TEXT,
    "productName" TEXT,
    "osVersion" TEXT,
    "buildVersion" TEXT,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "firstAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "count" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "AdeRequest_pkey" PRIMARY KEY ("configurationId","serialNumber")
);

-- CreateIndex
CREATE INDEX "AdeServer_defaultConfigurationId_idx" ON "AdeServer"("defaultConfigurationId");

-- CreateIndex
CREATE UNIQUE INDEX "AdeConfiguration_name_key" ON "AdeConfiguration"("name");

-- CreateIndex
CREATE UNIQUE INDEX "AdeConfiguration_linkId_key" ON "AdeConfiguration"("linkId");

-- CreateIndex
CREATE INDEX "AdeProfile_configurationId_idx" ON "AdeProfile"("configurationId");

-- CreateIndex
CREATE INDEX "AdeDevice_serialNumber_idx" ON "AdeDevice"("serialNumber");

-- CreateIndex
CREATE INDEX "AdeDevice_configurationId_idx" ON "AdeDevice"("configurationId");

-- CreateIndex
CREATE INDEX "AdeDevice_assignDueAt_idx" ON "AdeDevice"("assignDueAt");

-- CreateIndex
CREATE INDEX "AdeDevice_createdAt_id_idx" ON "AdeDevice"("createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AdeDevice_serverId_serialNumber_key" ON "AdeDevice"("serverId", "serialNumber");

-- CreateIndex
CREATE INDEX "AdeRequest_serialNumber_lastAt_idx" ON "AdeRequest"("serialNumber", "lastAt");

-- AddForeignKey
ALTER TABLE "AdeServer" ADD CONSTRAINT "AdeServer_defaultConfigurationId_fkey" FOREIGN KEY ("defaultConfigurationId") REFERENCES "AdeConfiguration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AdeConfiguration" ADD CONSTRAINT "AdeConfiguration_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "EnrollmentLink"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AdeProfile" ADD CONSTRAINT "AdeProfile_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "AdeServer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AdeProfile" ADD CONSTRAINT "AdeProfile_configurationId_fkey" FOREIGN KEY ("configurationId") REFERENCES "AdeConfiguration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AdeDevice" ADD CONSTRAINT "AdeDevice_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "AdeServer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AdeDevice" ADD CONSTRAINT "AdeDevice_configurationId_fkey" FOREIGN KEY ("configurationId") REFERENCES "AdeConfiguration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AdeRequest" ADD CONSTRAINT "AdeRequest_configurationId_fkey" FOREIGN KEY ("configurationId") REFERENCES "AdeConfiguration"("id") ON DELETE CASCADE ON UPDATE CASCADE;
