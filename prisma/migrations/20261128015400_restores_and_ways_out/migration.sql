-- AlterTable
ALTER TABLE "Enrollment" ADD COLUMN     "departure" TEXT,
ADD COLUMN     "terminationCause" TEXT,
ADD COLUMN     "terminationCommandId" UUID,
ADD COLUMN     "terminationConfirmedAt" TIMESTAMPTZ(3),
ADD COLUMN     "terminationConfirmedBy" TEXT,
ADD COLUMN     "terminationHeldAt" TIMESTAMPTZ(3),
ADD COLUMN     "terminationPersonId" UUID;

-- AlterTable
ALTER TABLE "EscrowedSecret" ADD COLUMN     "keepUntil" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "forgottenAt" TIMESTAMPTZ(3),
ALTER COLUMN "authorityId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "UnknownContact" ADD COLUMN     "adoptedAt" TIMESTAMPTZ(3),
ADD COLUMN     "adoptedBy" TEXT,
ADD COLUMN     "boundKey" TEXT,
ADD COLUMN     "boundSerial" TEXT,
ADD COLUMN     "certificate" BYTEA,
ADD COLUMN     "deviceKey" TEXT,
ADD COLUMN     "deviceKeyKind" TEXT,
ADD COLUMN     "topic" TEXT;

-- CreateTable
CREATE TABLE "Restore" (
    "id" UUID NOT NULL,
    "deviceId" UUID NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "formerId" UUID,
    "signs" TEXT[],
    "policy" TEXT NOT NULL,
    "policySource" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedBy" TEXT,

    CONSTRAINT "Restore_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Restore_state_createdAt_idx" ON "Restore"("state", "createdAt");

-- CreateIndex
CREATE INDEX "Restore_createdAt_idx" ON "Restore"("createdAt");

-- CreateIndex
CREATE INDEX "Restore_deviceId_idx" ON "Restore"("deviceId");

-- CreateIndex
CREATE INDEX "Restore_enrollmentId_idx" ON "Restore"("enrollmentId");

-- AddForeignKey
ALTER TABLE "Restore" ADD CONSTRAINT "Restore_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Restore" ADD CONSTRAINT "Restore_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "Enrollment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
