CREATE TABLE "check_in_pair" (
	"program" text NOT NULL,
	"week" text NOT NULL,
	"resident" text NOT NULL,
	"attending" text NOT NULL,
	"place" integer NOT NULL,
	CONSTRAINT "check_in_pair_program_week_resident_attending_pk" PRIMARY KEY("program","week","resident","attending")
);
--> statement-breakpoint
CREATE TABLE "check_in_week" (
	"program" text NOT NULL,
	"week" text NOT NULL,
	"message" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "check_in_week_program_week_pk" PRIMARY KEY("program","week")
);
