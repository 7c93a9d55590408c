-- AlterTable
ALTER TABLE "Enrollment" ADD COLUMN     "owner" TEXT;
