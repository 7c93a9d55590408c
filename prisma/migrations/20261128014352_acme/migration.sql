-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "attestation" JSONB;

-- CreateTable
CREATE TABLE "AcmeOrder" (
    "id" UUID NOT NULL,
    "challengeId" UUID NOT NULL,
    "identifierSealed" BYTEA NOT NULL,
    "account" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "problem" JSONB,
    "publicKeyHash" TEXT,
    "attestation" JSONB,
    "certificate" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AcmeOrder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AcmeNonce" (
    "id" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AcmeNonce_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AcmeOrder_challengeId_idx" ON "AcmeOrder"("challengeId");

-- CreateIndex
CREATE INDEX "AcmeOrder_expiresAt_idx" ON "AcmeOrder"("expiresAt");

-- CreateIndex
CREATE INDEX "AcmeNonce_expiresAt_idx" ON "AcmeNonce"("expiresAt");

-- CreateIndex
CREATE INDEX "Identity_publicKeyHash_idx" ON "Identity"("publicKeyHash");

-- AddForeignKey
ALTER TABLE "AcmeOrder" ADD CONSTRAINT "AcmeOrder_challengeId_fkey" FOREIGN KEY ("challengeId") REFERENCES "ScepChallenge"("id") ON DELETE CASCADE ON UPDATE CASCADE;
