CREATE TABLE `file_version` (
	`program` text NOT NULL,
	`id` text NOT NULL,
	`part` text NOT NULL,
	`place` integer,
	`at` integer NOT NULL,
	`by` text,
	`why` text NOT NULL,
	`about` blob NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`program`, `id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `file_version_place` ON `file_version` (`program`,`part`,`place`);