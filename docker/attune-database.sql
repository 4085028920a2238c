-- Run once by the postgres image, as its superuser, when the data folder is new: makes Attune's own user and its database.
-- The user owns that database, which is all that Attune needs, its migrations and the scrub after an erasing included.
-- The password stands in the address that Attune reads, so that there is one copy of it.

do $$
declare
  password text := substring(
    pg_read_file('/run/secrets/attune_db') from '^postgres(?:ql)?://attune:([A-Za-z0-9._~-]+)@');
begin
  if password is null then
    raise exception 'secrets/attune_db: expected postgres://attune:PASSWORD@db:5432/attune, with a password of letters and digits';
  end if;
  execute format(
    'create role attune login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password %L', password);
end
$$;

create database attune owner attune encoding 'UTF8' template template0;

revoke all on database attune from public;
