import { describe } from "vitest";
import { apartRules } from "./store/apart.ts";
import { openAnywayRules } from "./store/open-anyway.ts";
import { atOnceRules } from "./store/at-once.ts";
import { beginningRules } from "./store/beginning.ts";
import type { StoreRig } from "./store/case.ts";
import { checkInRules } from "./store/check-ins.ts";
import { claimRules } from "./store/claims.ts";
import { erasingRules } from "./store/erasing.ts";
import { fileRules } from "./store/files.ts";
import { expiryRules } from "./store/expiry.ts";
import { modelRules } from "./store/model.ts";
import { peopleRules } from "./store/people.ts";
import { planRules } from "./store/plan.ts";
import { readingRules } from "./store/reading.ts";
import { recordRules } from "./store/record.ts";
import { editRules } from "./store/edits.ts";
import { reminderRules } from "./store/reminders.ts";
import { replyRules } from "./store/replies.ts";
import { researchRules } from "./store/research.ts";
import { repostRules } from "./store/reposts.ts";
import { retentionRules } from "./store/retention.ts";
import { rosterRules } from "./store/roster.ts";
import { sendingRules } from "./store/sending.ts";
import { tellRules } from "./store/tell.ts";
import { sendNowRules } from "./store/send-now.ts";
import { sharingRules } from "./store/sharing.ts";
import { textRules } from "./store/texts.ts";
import { unknownAccountRules } from "./store/unknown-accounts.ts";

/** What every store keeps to, whatever it is made of. */
export function storeContract(name: string, rig: StoreRig): void {
  describe(`the store on ${name}`, () => {
    for (const rules of [
      peopleRules,
      rosterRules,
      planRules,
      checkInRules,
      fileRules,
      beginningRules,
      unknownAccountRules,
      claimRules,
      sendingRules,
      atOnceRules,
      reminderRules,
      expiryRules,
      readingRules,
      editRules,
      repostRules,
      recordRules,
      replyRules,
      researchRules,
      erasingRules,
      retentionRules,
      sharingRules,
      textRules,
      apartRules,
      openAnywayRules,
      sendNowRules,
      tellRules,
      modelRules,
    ]) {
      rules(rig);
    }
  });
}
