-- Times of the chat are compared as text, digit by digit.
ALTER TABLE "message" ADD COLUMN "version" TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE "message" ADD COLUMN "deleted_at" TEXT COLLATE "C";
UPDATE "message" SET "version" = coalesce("body" #>> '{edited,ts}', "ts") || ' ' || "ts";

-- CreateTable
CREATE TABLE "reaction" (
    "channel_id" TEXT NOT NULL,
    "ts" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "emoji" TEXT NOT NULL,
    "put_at" TEXT COLLATE "C",
    "gone_at" TEXT COLLATE "C",

    CONSTRAINT "reaction_pkey" PRIMARY KEY ("channel_id","ts","person","emoji")
);

-- The thread that a message stands in, to find the replies of one.
ALTER TABLE "message" ADD COLUMN "parent" TEXT GENERATED ALWAYS AS ("body" ->> 'thread_ts') STORED;
CREATE INDEX "message_channel_id_parent_idx" ON "message"("channel_id", "parent");
