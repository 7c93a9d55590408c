-- AlterTable
ALTER TABLE "Enrollment" ADD COLUMN     "notOnConsole" BOOLEAN;
