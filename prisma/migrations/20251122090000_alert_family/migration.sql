-- The group in which an alert was told, by which its relay is known.
ALTER TABLE "alert" ADD COLUMN "family" TEXT;

-- CreateIndex
CREATE INDEX "alert_family_idx" ON "alert"("family") WHERE "family" IS NOT NULL;
