-- CreateTable
CREATE TABLE "Exchange" (
    "id" UUID NOT NULL,
    "deviceId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "idle" BOOLEAN NOT NULL DEFAULT false,
    "count" INTEGER NOT NULL DEFAULT 1,
    "userName" TEXT,
    "reportedId" UUID,
    "deliveredId" UUID,
    "status" INTEGER NOT NULL,
    "refusal" TEXT,
    "bytesIn" INTEGER NOT NULL,
    "bytesOut" INTEGER NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "clockSkewSeconds" INTEGER,
    "remoteAddress" TEXT NOT NULL,
    "requestSealed" BYTEA,
    "answerSealed" BYTEA,

    CONSTRAINT "Exchange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Exchange_deviceId_at_id_idx" ON "Exchange"("deviceId", "at", "id");

-- CreateIndex
CREATE INDEX "Exchange_deviceId_idle_at_idx" ON "Exchange"("deviceId", "idle", "at");

-- CreateIndex
CREATE INDEX "Exchange_at_idx" ON "Exchange"("at");

-- AddForeignKey
ALTER TABLE "Exchange" ADD CONSTRAINT "Exchange_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE CASCADE ON UPDATE CASCADE;
