-- DropForeignKey
ALTER TABLE "EscrowedSecret" DROP CONSTRAINT "EscrowedSecret_deviceId_fkey";

-- AlterTable
ALTER TABLE "Command" ADD COLUMN     "batchId" UUID,
ADD COLUMN     "overridden" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "EscrowedSecret" ADD COLUMN     "serialNumber" TEXT,
ALTER COLUMN "deviceId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "CommandBatch" (
    "id" UUID NOT NULL,
    "requestType" TEXT NOT NULL,
    "requestSealed" BYTEA NOT NULL,
    "target" JSONB NOT NULL,
    "total" INTEGER NOT NULL,
    "skipped" JSONB NOT NULL DEFAULT '[]',
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CommandBatch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeviceGroup" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "DeviceGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupMember" (
    "groupId" UUID NOT NULL,
    "deviceId" UUID NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GroupMember_pkey" PRIMARY KEY ("groupId","deviceId")
);

-- CreateTable
CREATE TABLE "Declaration" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "serverToken" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Declaration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeclarationVersion" (
    "declarationId" UUID NOT NULL,
    "serverToken" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DeclarationVersion_pkey" PRIMARY KEY ("declarationId","serverToken")
);

-- CreateTable
CREATE TABLE "DeclarationAssignment" (
    "declarationId" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "channel" TEXT NOT NULL DEFAULT 'device',

    CONSTRAINT "DeclarationAssignment_pkey" PRIMARY KEY ("declarationId","groupId","channel")
);

-- CreateTable
CREATE TABLE "DeclarationSnapshot" (
    "enrollmentId" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "items" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DeclarationSnapshot_pkey" PRIMARY KEY ("enrollmentId","token")
);

-- CreateTable
CREATE TABLE "DeclarativeState" (
    "enrollmentId" UUID NOT NULL,
    "token" TEXT,
    "tokenAt" TIMESTAMPTZ(3),
    "fetchedToken" TEXT,
    "status" JSONB NOT NULL DEFAULT '{}',
    "statusAt" TIMESTAMPTZ(3),
    "errors" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "DeclarativeState_pkey" PRIMARY KEY ("enrollmentId")
);

-- CreateIndex
CREATE INDEX "CommandBatch_createdAt_idx" ON "CommandBatch"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "DeviceGroup_name_key" ON "DeviceGroup"("name");

-- CreateIndex
CREATE INDEX "GroupMember_deviceId_idx" ON "GroupMember"("deviceId");

-- CreateIndex
CREATE UNIQUE INDEX "Declaration_identifier_key" ON "Declaration"("identifier");

-- CreateIndex
CREATE INDEX "DeclarationAssignment_groupId_idx" ON "DeclarationAssignment"("groupId");

-- CreateIndex
CREATE INDEX "Command_batchId_state_idx" ON "Command"("batchId", "state");

-- CreateIndex
CREATE INDEX "Command_endedAt_idx" ON "Command"("endedAt");

-- CreateIndex
CREATE INDEX "EscrowedSecret_serialNumber_idx" ON "EscrowedSecret"("serialNumber");

-- AddForeignKey
ALTER TABLE "EscrowedSecret" ADD CONSTRAINT "EscrowedSecret_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Command" ADD CONSTRAINT "Command_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "CommandBatch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "DeviceGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeclarationVersion" ADD CONSTRAINT "DeclarationVersion_declarationId_fkey" FOREIGN KEY ("declarationId") REFERENCES "Declaration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeclarationAssignment" ADD CONSTRAINT "DeclarationAssignment_declarationId_fkey" FOREIGN KEY ("declarationId") REFERENCES "Declaration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeclarationAssignment" ADD CONSTRAINT "DeclarationAssignment_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "DeviceGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeclarationSnapshot" ADD CONSTRAINT "DeclarationSnapshot_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "Enrollment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeclarativeState" ADD CONSTRAINT "DeclarativeState_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "Enrollment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
