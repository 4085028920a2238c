import { randomUUID } from "node:crypto";
import { json, tapOf, type Hostile, type Loot } from "./loot.ts";

/** Acts on the person's own message that mean nothing there. */
export function wrongActs(loot: Loot): readonly Hostile[] {
  const { nudge } = loot;
  const acts = [
    "explode/1",
    "answer",
    `answer/${nudge}`,
    `answer/${nudge}/help//9`,
    `answer/${nudge}/help//-1`,
    `answer/${nudge}/help//1e9`,
    `answer/${nudge}/help//${"9".repeat(300)}`,
    `answer/${nudge}/help//`,
    `answer/${nudge}/goal//no-such-goal`,
    `answer/${nudge}/no-such-item//1`,
    `answer/${nudge}/__proto__//1`,
    `answer/${nudge}/constructor//1`,
    `answer/${nudge}/trust//5`,
    `answer/${nudge}/help/nobody/1`,
    `answer/${nudge}/help//%3Cscript%3E`,
    `answer/${nudge}/%zz//1`,
    `answer/999999999/help//1`,
    `answer/-1/help//1`,
    `answer/${"9".repeat(16)}/help//1`,
    `answer/1 or 1=1/help//1`,
    `answer/${nudge}/help//1/more`,
    `adopt/${nudge}/nobody`,
    `answer/${nudge}/settled-help/nobody/2`,
    `write/${nudge}/settled-help/nobody`,
    `talked/${nudge}`,
    `agree/999999999`,
    `decline/-1`,
    `write/${nudge}/__proto__/`,
    `skip/${nudge}/help/`,
    "say/",
    "say/format c:",
    "say/%00",
    "../../../etc/passwd",
    "\u202eexe.txt",
    "javascript:alert(1)",
  ];
  return acts.map((act) => ({
    ...json(loot, "/press", { ...tapOf(loot), act }),
    name: `the act ${act.slice(0, 40)}`,
    status: 400,
  }));
}

/** What is somebody else's, over, taken before, or must not be written. */
export function notTheirs(loot: Loot): readonly Hostile[] {
  const { person, other, expired } = loot;
  const press = (name: string, status: number, over: object): Hostile => ({
    ...json(loot, "/press", { ...tapOf(loot), ...over }),
    name,
    status,
  });
  return [
    press("another person's message", 403, { message: other.message }),
    press("a message as another person", 403, { person: other.person }),
    ...["answer", "write", "skip", "ask"].map((verb) =>
      press(`${verb} another person's nudge`, 403, {
        act: verb === "answer" ? `answer/${other.nudge}/help//1` : `${verb}/${other.nudge}/line/`,
      }),
    ),
    ...["show", "later", "agree", "decline"].map((verb) =>
      press(`${verb} another person's nudge`, 403, { act: `${verb}/${other.nudge}` }),
    ),
    press("snooze another person's nudge", 403, { act: `snooze/${other.nudge}/30` }),
    press("read of another person's nudge what it asks to settle", 403, {
      act: `talked/${other.nudge}/${person}`,
    }),
    press("a message that there is none of", 404, { message: 999_999_999 }),
    ...["nobody", "__proto__", "r1'; drop table reply; --", "../r1", "R1 ", "<script>"].map((name) =>
      press(`as ${name}`, 404, { person: name }),
    ),
    press("an answer again", 409, { event: loot.spent }),
    press("an answer after the ask has expired", 410, { ...expired, event: randomUUID() }),
    ...["MRN 1234567", "72 year old man in room 5", "佐々木様のカルテ", "call 03-1234-5678"].map((text) => ({
      ...json(loot, "/say", { person, event: randomUUID(), text }),
      name: `a patient: ${text}`,
      status: 422,
    })),
  ];
}
