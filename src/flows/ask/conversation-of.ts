import type { AskKind } from "#src/domain/nudge.ts";
import type { Conversation } from "../view/conversation.ts";
import { checkIn } from "../conversations/pair-check-in.ts";
import { debrief } from "../conversations/shift-debrief.ts";
import { shiftGoal } from "../conversations/shift-goal.ts";
import { shiftPlan } from "../conversations/shift-plan.ts";

const CONVERSATIONS: Readonly<Record<AskKind, Conversation>> = {
  "shift-goal": shiftGoal,
  "shift-plan": shiftPlan,
  "shift-debrief": debrief,
  "pair-check-in": checkIn,
};

/** The conversation of an ask. */
export const conversationOf = (kind: AskKind): Conversation => CONVERSATIONS[kind];
