-- AlterTable
ALTER TABLE "EnrollmentLink" ADD COLUMN     "accessRights" INTEGER NOT NULL DEFAULT 8191,
ADD COLUMN     "admission" TEXT NOT NULL DEFAULT 'open',
ADD COLUMN     "groupId" UUID,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'profile',
ADD COLUMN     "owner" TEXT,
ADD COLUMN     "restorePolicy" TEXT,
ADD COLUMN     "serials" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "boundSerial" TEXT,
ADD COLUMN     "boundUdid" TEXT;

-- AlterTable
ALTER TABLE "ScepChallenge" ADD COLUMN     "boundSerial" TEXT,
ADD COLUMN     "boundUdid" TEXT;

-- CreateTable
CREATE TABLE "Admission" (
    "id" UUID NOT NULL,
    "linkId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "serialNumber" TEXT,
    "udid" TEXT,
    "productName" TEXT,
    "osVersion" TEXT,
    "enrollmentId" UUID,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedBy" TEXT,

    CONSTRAINT "Admission_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Admission_state_createdAt_idx" ON "Admission"("state", "createdAt");

-- CreateIndex
CREATE INDEX "Admission_enrollmentId_idx" ON "Admission"("enrollmentId");

-- CreateIndex
CREATE UNIQUE INDEX "Admission_linkId_key_key" ON "Admission"("linkId", "key");

-- CreateIndex
CREATE INDEX "EnrollmentLink_groupId_idx" ON "EnrollmentLink"("groupId");

-- AddForeignKey
ALTER TABLE "EnrollmentLink" ADD CONSTRAINT "EnrollmentLink_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "DeviceGroup"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Admission" ADD CONSTRAINT "Admission_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "EnrollmentLink"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Admission" ADD CONSTRAINT "Admission_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "Enrollment"("id") ON DELETE SET NULL ON UPDATE CASCADE;
