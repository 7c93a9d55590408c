-- AlterTable
ALTER TABLE "PushCertificate" ADD COLUMN     "warnedDays" INTEGER;

-- CreateTable
CREATE TABLE "PushCertificateRequest" (
    "id" UUID NOT NULL,
    "topic" TEXT,
    "csr" BYTEA NOT NULL,
    "publicKeyHash" TEXT NOT NULL,
    "privateKeySealed" BYTEA NOT NULL,
    "encryptionCertificate" BYTEA NOT NULL,
    "encryptionKeySealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,
    "portalFile" TEXT,
    "signedBy" TEXT,
    "signer" TEXT,
    "signedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PushCertificateRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VendorCertificate" (
    "id" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "serialNumber" TEXT NOT NULL,
    "chainPem" TEXT NOT NULL,
    "privateKeySealed" BYTEA NOT NULL,
    "notBefore" TIMESTAMPTZ(3) NOT NULL,
    "notAfter" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "VendorCertificate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "PushCertificateRequest_publicKeyHash_key" ON "PushCertificateRequest"("publicKeyHash");
