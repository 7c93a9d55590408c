-- AlterTable
ALTER TABLE "DeclarativeState" ADD COLUMN     "refreshDueAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "DeclarativeState_refreshDueAt_idx" ON "DeclarativeState"("refreshDueAt");
