import { office } from "./office.ts";
import { newKey } from "./key-server.ts";

/** Run as a process of its own: what strangers post, through the real SDK. Whatever it prints is printed by libraries. */
await using teams = await office();
const now = Math.floor(Date.now() / 1_000);
const statuses: number[] = [];
for (const wish of [
  { claims: { exp: now - 3_600 } },
  { claims: { aud: "somebody-else" } },
  { claims: { nbf: now + 3_600, exp: now + 7_200 } },
  { key: { ...newKey("forged"), id: teams.keys.key.id } },
  { key: teams.keys.webchat },
  { key: newKey("unknown") },
  { header: { alg: "RS512" } },
  { authorization: "Bearer a.b.c" },
])
  statuses.push((await teams.post(teams.activity("r1"), wish)).status);
statuses.push((await teams.post(teams.activity("r1"))).status);
{
  await using cutOff = await office();
  cutOff.keys.break();
  statuses.push((await cutOff.post(cutOff.activity("r1"))).status);
}

console.log(`statuses ${statuses.join(" ")}`);
console.log(`heard ${teams.logged.filter((line) => line.includes("had something to say")).join("; ")}`);
