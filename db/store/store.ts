import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { auditLog, type AuditLog } from "./audit.ts";
import { beginning } from "./beginning.ts";
import { checkIns } from "./check-ins.ts";
import { claiming } from "./claiming.ts";
import { files } from "./files.ts";
import { identities } from "./people.ts";
import { standings } from "./standings.ts";
import { notes, sharedWork } from "./shared-work.ts";
import { newestOpen } from "./newest.ts";
import { nudgeCounts } from "./nudge-counts.ts";
import { nudges } from "./nudges.ts";
import { openAnyway } from "./open-anyway.ts";
import { outbox } from "./outbox.ts";
import { personRecord } from "./person-record.ts";
import { plan } from "./plan.ts";
import { recording } from "./recording.ts";
import { replies } from "./replies.ts";
import { reposts } from "./reposts.ts";
import { research } from "./research.ts";
import { retention } from "./retention.ts";
import { roster } from "./roster.ts";
import { sendNow } from "./send-now.ts";
import { tell } from "./tell.ts";
import { expiryAndEdits } from "./expiry-and-edits.ts";
import { unknownAccounts } from "./unknown-accounts.ts";

/** The only implementation of the Store. It works with the tables and the runner of either database. */
export const createStore = (context: StoreContext): Store & AuditLog => ({
  ...standings(context),
  ...identities(context),
  ...roster(context),
  ...checkIns(context),
  ...files(context),
  ...beginning(context),
  ...unknownAccounts(context),
  ...plan(context),
  ...claiming(context),
  ...outbox(context),
  ...nudges(context),
  ...nudgeCounts(context),
  ...newestOpen(context),
  ...openAnyway(context),
  ...sendNow(context),
  ...tell(context),
  ...expiryAndEdits(context),
  ...reposts(context),
  ...recording(context),
  ...replies(context),
  ...research(context),
  ...notes(context),
  ...sharedWork(context),
  ...personRecord(context),
  ...retention(context),
  ...auditLog(context),
});
