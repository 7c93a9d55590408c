-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'scep';

-- AlterTable
ALTER TABLE "ScepChallenge" ADD COLUMN     "identityKind" TEXT NOT NULL DEFAULT 'scep',
ADD COLUMN     "terms" JSONB;
