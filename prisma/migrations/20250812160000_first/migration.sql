-- CreateTable
CREATE TABLE "incident" (
    "number" SERIAL NOT NULL,
    "uid" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "private" BOOLEAN NOT NULL,
    "channel_id" TEXT,
    "declared_at" TIMESTAMPTZ(3) NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "fact" (
    "id" BIGSERIAL NOT NULL,
    "incident_number" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT,
    "entry_id" TEXT,
    "data" JSONB NOT NULL,

    CONSTRAINT "fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "key" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" JSONB,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "message" (
    "channel_id" TEXT NOT NULL,
    "ts" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("channel_id","ts")
);

-- CreateTable
CREATE TABLE "profile" (
    "user_id" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "profile_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "alert" (
    "fingerprint" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "incident_number" INTEGER,
    "body" JSONB NOT NULL,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("fingerprint")
);

-- CreateTable
CREATE TABLE "remembered" (
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "remembered_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "incident_uid_key" ON "incident"("uid");

-- CreateIndex
CREATE UNIQUE INDEX "incident_channel_id_key" ON "incident"("channel_id");

-- CreateIndex
CREATE INDEX "incident_status_idx" ON "incident"("status");

-- CreateIndex
CREATE UNIQUE INDEX "fact_incident_number_seq_key" ON "fact"("incident_number", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "fact_incident_number_key_key" ON "fact"("incident_number", "key");

-- CreateIndex
CREATE INDEX "fact_entry_id_idx" ON "fact"("entry_id");

-- CreateIndex
CREATE INDEX "delivery_taken_at_idx" ON "delivery"("taken_at");

-- AddForeignKey
ALTER TABLE "fact" ADD CONSTRAINT "fact_incident_number_fkey" FOREIGN KEY ("incident_number") REFERENCES "incident"("number") ON DELETE RESTRICT ON UPDATE CASCADE;
