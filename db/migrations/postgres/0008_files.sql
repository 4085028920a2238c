CREATE TABLE "file_version" (
	"program" text NOT NULL,
	"id" text NOT NULL,
	"part" text NOT NULL,
	"place" integer,
	"at" bigint NOT NULL,
	"by" text,
	"why" text NOT NULL,
	"about" "bytea" NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "file_version_program_id_pk" PRIMARY KEY("program","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "file_version_place" ON "file_version" USING btree ("program","part","place");