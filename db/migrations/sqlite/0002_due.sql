DROP INDEX `nudge_due`;--> statement-breakpoint
CREATE INDEX `nudge_due` ON `nudge` (`program`,`state`,`due_at`,`id`);