-- CreateIndex
CREATE INDEX "fact_type_at_idx" ON "fact"("type", "at");
