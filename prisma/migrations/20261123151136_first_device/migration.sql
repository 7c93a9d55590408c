-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "sessionVersion" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSignInAt" TIMESTAMPTZ(3),
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SetupToken" (
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SetupToken_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "SignInFailure" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SignInFailure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyRecord" (
    "id" UUID NOT NULL,
    "actorId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "requestHash" TEXT NOT NULL,
    "status" INTEGER,
    "body" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotencyRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "ServerCertificate" (
    "id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "certificate" BYTEA NOT NULL,
    "privateKeySealed" BYTEA NOT NULL,
    "notBefore" TIMESTAMPTZ(3) NOT NULL,
    "notAfter" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "ServerCertificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PushCertificate" (
    "id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "serialNumber" TEXT NOT NULL,
    "certificate" BYTEA NOT NULL,
    "chainPem" TEXT NOT NULL,
    "privateKeySealed" BYTEA NOT NULL,
    "notBefore" TIMESTAMPTZ(3) NOT NULL,
    "notAfter" TIMESTAMPTZ(3) NOT NULL,
    "appleAccount" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,
    "replacedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PushCertificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EnrollmentLink" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "tokenSealed" BYTEA NOT NULL,
    "identityKind" TEXT NOT NULL,
    "reusableProfile" BOOLEAN NOT NULL DEFAULT false,
    "simulated" BOOLEAN NOT NULL DEFAULT false,
    "maxUses" INTEGER,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "expiresAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "EnrollmentLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScepChallenge" (
    "id" UUID NOT NULL,
    "linkId" UUID NOT NULL,
    "challengeHash" TEXT NOT NULL,
    "publicKeyHash" TEXT,
    "reusable" BOOLEAN NOT NULL DEFAULT false,
    "topic" TEXT NOT NULL,
    "renewsEnrollmentId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ScepChallenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Identity" (
    "fingerprint" TEXT NOT NULL,
    "serialNumber" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "certificate" BYTEA NOT NULL,
    "publicKeyHash" TEXT NOT NULL,
    "authorityId" UUID NOT NULL,
    "challengeId" UUID,
    "linkId" UUID,
    "topic" TEXT NOT NULL,
    "renewsEnrollmentId" UUID,
    "enrollmentId" UUID,
    "notBefore" TIMESTAMPTZ(3) NOT NULL,
    "notAfter" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("fingerprint")
);

-- CreateTable
CREATE TABLE "Device" (
    "id" UUID NOT NULL,
    "udid" TEXT,
    "serialNumber" TEXT,
    "name" TEXT,
    "platform" TEXT NOT NULL,
    "model" TEXT,
    "modelName" TEXT,
    "productName" TEXT,
    "osVersion" TEXT,
    "buildVersion" TEXT,
    "imei" TEXT,
    "meid" TEXT,
    "supervised" BOOLEAN,
    "simulated" BOOLEAN NOT NULL DEFAULT false,
    "enrollmentId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InventoryFact" (
    "deviceId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "learnedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "InventoryFact_pkey" PRIMARY KEY ("deviceId","kind")
);

-- CreateTable
CREATE TABLE "Enrollment" (
    "id" UUID NOT NULL,
    "deviceId" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "parentId" UUID,
    "channelKey" TEXT NOT NULL,
    "liveKey" TEXT,
    "life" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL,
    "endedCause" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "authenticatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "enrolledAt" TIMESTAMPTZ(3),
    "lastSeenAt" TIMESTAMPTZ(3),
    "firstConnectAt" TIMESTAMPTZ(3),
    "awaitingConfiguration" BOOLEAN NOT NULL DEFAULT false,
    "topic" TEXT NOT NULL,
    "identityFingerprint" TEXT,
    "pendingFingerprint" TEXT,
    "linkId" UUID,
    "userId" TEXT,
    "userShortName" TEXT,
    "userLongName" TEXT,
    "clockSkewSeconds" INTEGER,
    "terminationMethod" TEXT,
    "terminationRequestedAt" TIMESTAMPTZ(3),
    "terminationRequestedBy" TEXT,
    "notNowAt" TIMESTAMPTZ(3),
    "tokenSealed" BYTEA,
    "magicSealed" BYTEA,
    "tokenUpdatedAt" TIMESTAMPTZ(3),
    "pushDueAt" TIMESTAMPTZ(3),
    "pushClaimedUntil" TIMESTAMPTZ(3),
    "pushesUnanswered" INTEGER NOT NULL DEFAULT 0,
    "lastPushAt" TIMESTAMPTZ(3),
    "lastPushStatus" INTEGER,
    "lastPushReason" TEXT,
    "lastPushId" TEXT,
    "tokenDeadAt" TIMESTAMPTZ(3),

    CONSTRAINT "Enrollment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EscrowedSecret" (
    "id" UUID NOT NULL,
    "deviceId" UUID NOT NULL,
    "enrollmentId" UUID,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL DEFAULT '',
    "valueSealed" BYTEA NOT NULL,
    "learnedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "EscrowedSecret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Command" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "enrollmentId" UUID NOT NULL,
    "requestType" TEXT NOT NULL,
    "requestSealed" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "queueRank" INTEGER,
    "neverDeferred" BOOLEAN NOT NULL DEFAULT false,
    "notBefore" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "queuedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deliveredAt" TIMESTAMPTZ(3),
    "deliveries" INTEGER NOT NULL DEFAULT 0,
    "deferrals" INTEGER NOT NULL DEFAULT 0,
    "deferredAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "responseSealed" BYTEA,
    "errorChain" JSONB,
    "cause" TEXT,
    "createdBy" TEXT NOT NULL,
    "deduplicateKey" TEXT,

    CONSTRAINT "Command_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "deviceId" UUID,
    "enrollmentId" UUID,
    "commandId" UUID,
    "linkId" UUID,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UnknownContact" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "claimedKey" TEXT,
    "serialNumber" TEXT,
    "fingerprint" TEXT,
    "subject" TEXT,
    "messageType" TEXT,
    "remoteAddress" TEXT NOT NULL,
    "userAgent" TEXT,
    "count" INTEGER NOT NULL DEFAULT 1,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UnknownContact_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "SignInFailure_key_at_idx" ON "SignInFailure"("key", "at");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_tokenHash_key" ON "ApiToken"("tokenHash");

-- CreateIndex
CREATE INDEX "IdempotencyRecord_createdAt_idx" ON "IdempotencyRecord"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "IdempotencyRecord_actorId_key_key" ON "IdempotencyRecord"("actorId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "ServerCertificate_fingerprint_key" ON "ServerCertificate"("fingerprint");

-- CreateIndex
CREATE INDEX "ServerCertificate_role_retiredAt_idx" ON "ServerCertificate"("role", "retiredAt");

-- CreateIndex
CREATE UNIQUE INDEX "PushCertificate_fingerprint_key" ON "PushCertificate"("fingerprint");

-- CreateIndex
CREATE INDEX "PushCertificate_topic_replacedAt_idx" ON "PushCertificate"("topic", "replacedAt");

-- CreateIndex
CREATE UNIQUE INDEX "EnrollmentLink_tokenHash_key" ON "EnrollmentLink"("tokenHash");

-- CreateIndex
CREATE INDEX "EnrollmentLink_createdAt_idx" ON "EnrollmentLink"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ScepChallenge_challengeHash_key" ON "ScepChallenge"("challengeHash");

-- CreateIndex
CREATE INDEX "ScepChallenge_linkId_idx" ON "ScepChallenge"("linkId");

-- CreateIndex
CREATE INDEX "ScepChallenge_expiresAt_idx" ON "ScepChallenge"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Identity_serialNumber_key" ON "Identity"("serialNumber");

-- CreateIndex
CREATE INDEX "Identity_enrollmentId_idx" ON "Identity"("enrollmentId");

-- CreateIndex
CREATE UNIQUE INDEX "Identity_challengeId_publicKeyHash_key" ON "Identity"("challengeId", "publicKeyHash");

-- CreateIndex
CREATE UNIQUE INDEX "Device_udid_key" ON "Device"("udid");

-- CreateIndex
CREATE UNIQUE INDEX "Device_enrollmentId_key" ON "Device"("enrollmentId");

-- CreateIndex
CREATE INDEX "Device_serialNumber_idx" ON "Device"("serialNumber");

-- CreateIndex
CREATE INDEX "Device_createdAt_id_idx" ON "Device"("createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Enrollment_liveKey_key" ON "Enrollment"("liveKey");

-- CreateIndex
CREATE INDEX "Enrollment_deviceId_authenticatedAt_idx" ON "Enrollment"("deviceId", "authenticatedAt");

-- CreateIndex
CREATE INDEX "Enrollment_parentId_idx" ON "Enrollment"("parentId");

-- CreateIndex
CREATE INDEX "Enrollment_pushDueAt_idx" ON "Enrollment"("pushDueAt");

-- CreateIndex
CREATE INDEX "Enrollment_topic_state_idx" ON "Enrollment"("topic", "state");

-- CreateIndex
CREATE INDEX "Enrollment_state_idx" ON "Enrollment"("state");

-- CreateIndex
CREATE INDEX "EscrowedSecret_deviceId_kind_idx" ON "EscrowedSecret"("deviceId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "EscrowedSecret_enrollmentId_kind_source_key" ON "EscrowedSecret"("enrollmentId", "kind", "source");

-- CreateIndex
CREATE UNIQUE INDEX "Command_sequence_key" ON "Command"("sequence");

-- CreateIndex
CREATE INDEX "Command_enrollmentId_queueRank_sequence_idx" ON "Command"("enrollmentId", "queueRank", "sequence");

-- CreateIndex
CREATE INDEX "Command_enrollmentId_sequence_idx" ON "Command"("enrollmentId", "sequence");

-- CreateIndex
CREATE INDEX "Command_expiresAt_idx" ON "Command"("expiresAt");

-- CreateIndex
CREATE INDEX "Event_deviceId_id_idx" ON "Event"("deviceId", "id");

-- CreateIndex
CREATE INDEX "Event_commandId_id_idx" ON "Event"("commandId", "id");

-- CreateIndex
CREATE INDEX "Event_kind_id_idx" ON "Event"("kind", "id");

-- CreateIndex
CREATE INDEX "Event_at_idx" ON "Event"("at");

-- CreateIndex
CREATE UNIQUE INDEX "UnknownContact_key_key" ON "UnknownContact"("key");

-- CreateIndex
CREATE INDEX "UnknownContact_lastSeenAt_idx" ON "UnknownContact"("lastSeenAt");

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScepChallenge" ADD CONSTRAINT "ScepChallenge_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "EnrollmentLink"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_authorityId_fkey" FOREIGN KEY ("authorityId") REFERENCES "ServerCertificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_challengeId_fkey" FOREIGN KEY ("challengeId") REFERENCES "ScepChallenge"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "EnrollmentLink"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "Enrollment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Device" ADD CONSTRAINT "Device_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "Enrollment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InventoryFact" ADD CONSTRAINT "InventoryFact_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enrollment" ADD CONSTRAINT "Enrollment_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enrollment" ADD CONSTRAINT "Enrollment_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Enrollment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enrollment" ADD CONSTRAINT "Enrollment_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "EnrollmentLink"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EscrowedSecret" ADD CONSTRAINT "EscrowedSecret_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EscrowedSecret" ADD CONSTRAINT "EscrowedSecret_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "Enrollment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Command" ADD CONSTRAINT "Command_enrollmentId_fkey" FOREIGN KEY ("enrollmentId") REFERENCES "Enrollment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
