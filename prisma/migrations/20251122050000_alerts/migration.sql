-- Where an alert went, the message that offers it, and how much of it its timeline says.
ALTER TABLE "alert" ADD COLUMN "series" TEXT NOT NULL DEFAULT '';
ALTER TABLE "alert" ADD COLUMN "standing" TEXT NOT NULL DEFAULT 'kept';
ALTER TABLE "alert" ADD COLUMN "offer_id" INTEGER;
ALTER TABLE "alert" ADD COLUMN "placed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
ALTER TABLE "alert" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "alert" ADD COLUMN "joined_version" INTEGER NOT NULL DEFAULT 0;
UPDATE "alert" SET "series" = "fingerprint",
  "standing" = CASE WHEN "incident_number" IS NULL THEN 'kept' ELSE 'joined' END,
  "joined_version" = 1;

-- CreateTable
CREATE TABLE "offer" (
    "id" SERIAL NOT NULL,
    "uid" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "many" BOOLEAN NOT NULL,
    "decision" JSONB,
    "channel" TEXT,
    "ts" TEXT,
    "digest" TEXT,

    CONSTRAINT "offer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "offer_uid_key" ON "offer"("uid");

-- CreateIndex
CREATE INDEX "alert_incident_number_idx" ON "alert"("incident_number");

-- CreateIndex
CREATE INDEX "alert_series_idx" ON "alert"("series");

-- CreateIndex
CREATE INDEX "alert_offer_id_idx" ON "alert"("offer_id");

-- CreateIndex
CREATE INDEX "alert_standing_offer_id_idx" ON "alert"("standing", "offer_id") WHERE "offer_id" IS NULL;
