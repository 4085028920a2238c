ALTER TABLE "identity" RENAME COLUMN "account" TO "sealed_account";--> statement-breakpoint
ALTER TABLE "message" RENAME COLUMN "ref" TO "sealed_ref";--> statement-breakpoint
ALTER TABLE "inbox" RENAME COLUMN "event" TO "sealed_event";--> statement-breakpoint
ALTER TABLE "audit" RENAME COLUMN "hash" TO "mac";--> statement-breakpoint
ALTER TABLE "reply" RENAME COLUMN "value" TO "clear_value";--> statement-breakpoint
ALTER TABLE "message" RENAME CONSTRAINT "message_program_platform_ref_pk" TO "message_program_platform_sealed_ref_pk";--> statement-breakpoint
ALTER TABLE "inbox" RENAME CONSTRAINT "inbox_program_event_pk" TO "inbox_program_sealed_event_pk";