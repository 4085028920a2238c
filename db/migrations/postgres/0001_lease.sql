CREATE TABLE "lease" (
	"program" text NOT NULL,
	"task" text NOT NULL,
	"owner" text NOT NULL,
	"until" bigint NOT NULL,
	CONSTRAINT "lease_program_task_pk" PRIMARY KEY("program","task")
);
