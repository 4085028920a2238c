ALTER TABLE `identity` RENAME COLUMN `account` TO `sealed_account`;--> statement-breakpoint
ALTER TABLE `message` RENAME COLUMN `ref` TO `sealed_ref`;--> statement-breakpoint
ALTER TABLE `inbox` RENAME COLUMN `event` TO `sealed_event`;--> statement-breakpoint
ALTER TABLE `audit` RENAME COLUMN `hash` TO `mac`;--> statement-breakpoint
ALTER TABLE `reply` RENAME COLUMN `value` TO `clear_value`;