CREATE TABLE `lease` (
	`program` text NOT NULL,
	`task` text NOT NULL,
	`owner` text NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`program`, `task`)
) STRICT, WITHOUT ROWID;
