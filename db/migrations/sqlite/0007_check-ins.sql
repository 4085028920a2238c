CREATE TABLE `check_in_pair` (
	`program` text NOT NULL,
	`week` text NOT NULL,
	`resident` text NOT NULL,
	`attending` text NOT NULL,
	`place` integer NOT NULL,
	PRIMARY KEY(`program`, `week`, `resident`, `attending`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `check_in_week` (
	`program` text NOT NULL,
	`week` text NOT NULL,
	`message` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`program`, `week`)
) STRICT, WITHOUT ROWID;
