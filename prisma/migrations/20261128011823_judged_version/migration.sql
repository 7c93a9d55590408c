-- AlterTable
ALTER TABLE "Command" ADD COLUMN     "judgedVersion" INTEGER;

-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "factsVersion" INTEGER NOT NULL DEFAULT 0;
