CREATE TABLE `absence` (
	`program` text NOT NULL,
	`person` text NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	PRIMARY KEY(`program`, `person`, `start`, `end`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `assignment` (
	`program` text NOT NULL,
	`id` text NOT NULL,
	`person` text NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`length` integer NOT NULL,
	`label` text NOT NULL,
	PRIMARY KEY(`program`, `id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `assignment_person` ON `assignment` (`program`,`person`,`end`);--> statement-breakpoint
CREATE INDEX `assignment_start` ON `assignment` (`program`,`start`);--> statement-breakpoint
CREATE INDEX `assignment_length` ON `assignment` (`program`,`length`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY NOT NULL,
	`program` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`what` text NOT NULL,
	`subject` text NOT NULL,
	`hash` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_program` ON `audit` (`program`,`id`);--> statement-breakpoint
CREATE TABLE `chat` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`program` text NOT NULL,
	`person` text NOT NULL,
	`key` text NOT NULL,
	`from` text NOT NULL,
	`at` integer NOT NULL,
	`edited_at` integer,
	`body` blob NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `chat_key` ON `chat` (`program`,`person`,`key`);--> statement-breakpoint
CREATE INDEX `chat_person` ON `chat` (`program`,`person`,`id`);--> statement-breakpoint
CREATE TABLE `identity` (
	`program` text NOT NULL,
	`person` text NOT NULL,
	`platform` text NOT NULL,
	`account` text NOT NULL,
	`address` blob NOT NULL,
	`used_at` integer NOT NULL,
	PRIMARY KEY(`program`, `person`, `platform`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `inbox` (
	`program` text NOT NULL,
	`event` text NOT NULL,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`program`, `event`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `message` (
	`program` text NOT NULL,
	`platform` text NOT NULL,
	`ref` text NOT NULL,
	`nudge` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`program`, `platform`, `ref`),
	FOREIGN KEY (`nudge`) REFERENCES `nudge`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `message_nudge` ON `message` (`nudge`);--> statement-breakpoint
CREATE TABLE `note` (
	`program` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`program`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `nudge` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`program` text NOT NULL,
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`due_at` integer NOT NULL,
	`planned_due` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`owner` text,
	`fence` integer DEFAULT 0 NOT NULL,
	`lease_until` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`sent_at` integer,
	`touched_at` integer,
	`answered_at` integer,
	`remind_at` integer,
	`reminder` text,
	`snoozed_until` integer,
	`round` integer DEFAULT 0 NOT NULL,
	`refresh_version` integer DEFAULT 0 NOT NULL,
	`refreshed_version` integer DEFAULT 0 NOT NULL,
	`refresh_at` integer,
	`tend_at` integer GENERATED ALWAYS AS (case
        when state not in ('claimed', 'sent', 'uncertain') then refresh_at
        when refresh_at < expires_at then refresh_at
        else expires_at
      end) VIRTUAL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `nudge_about` ON `nudge` (`program`,`person`,`kind`,`subject`);--> statement-breakpoint
CREATE INDEX `nudge_due` ON `nudge` (`program`,`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `nudge_remind` ON `nudge` (`program`,`remind_at`) WHERE remind_at is not null;--> statement-breakpoint
CREATE INDEX `nudge_tend` ON `nudge` (`program`,`tend_at`) WHERE tend_at is not null;--> statement-breakpoint
CREATE TABLE `person` (
	`program` text NOT NULL,
	`id` text NOT NULL,
	`consent` text DEFAULT 'unasked' NOT NULL,
	`consented_at` integer,
	`locale` text,
	`paused_until` integer,
	`stopped` integer DEFAULT false NOT NULL,
	`unanswered_in_a_row` integer DEFAULT 0 NOT NULL,
	`last_ask_at` integer,
	`wrapped_key` blob,
	`erased_at` integer,
	PRIMARY KEY(`program`, `id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `reply` (
	`id` integer PRIMARY KEY NOT NULL,
	`program` text NOT NULL,
	`person` text NOT NULL,
	`nudge` integer NOT NULL,
	`about` text,
	`occasion` text NOT NULL,
	`item` text NOT NULL,
	`value` text,
	`words` blob,
	`text` integer NOT NULL,
	`at` integer NOT NULL,
	`superseded_by` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `reply_occasion` ON `reply` (`program`,`occasion`,`at`);--> statement-breakpoint
CREATE INDEX `reply_person` ON `reply` (`program`,`person`,`at`);--> statement-breakpoint
CREATE INDEX `reply_at` ON `reply` (`program`,`at`);