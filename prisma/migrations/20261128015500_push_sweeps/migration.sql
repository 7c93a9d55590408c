-- AlterTable
ALTER TABLE "Enrollment" ADD COLUMN     "pushSweeps" INTEGER NOT NULL DEFAULT 0;
