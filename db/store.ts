import type { Store } from "#src/ports/store.ts";
import type { Kept } from "./kept.ts";
import { auditLog, type AuditLog } from "./store/audit.ts";
import { claiming } from "./store/claiming.ts";
import { expiry } from "./store/expiry.ts";
import { identities } from "./store/identities.ts";
import { notes } from "./store/notes.ts";
import { nudges } from "./store/nudges.ts";
import { outbox } from "./store/outbox.ts";
import { people } from "./store/people.ts";
import { personRecord } from "./store/person-record.ts";
import { plan } from "./store/plan.ts";
import { recording } from "./store/recording.ts";
import { refreshes } from "./store/refreshes.ts";
import { replies } from "./store/replies.ts";
import { roster } from "./store/roster.ts";
import { sharedWork } from "./store/shared-work.ts";

/** The one implementation of the Store: Drizzle statements, whatever dialect's tables and runner it is given. */
export const createStore = (kept: Kept): Store & AuditLog => ({
  ...people(kept),
  ...identities(kept),
  ...roster(kept),
  ...plan(kept),
  ...claiming(kept),
  ...outbox(kept),
  ...expiry(kept),
  ...nudges(kept),
  ...refreshes(kept),
  ...recording(kept),
  ...replies(kept),
  ...notes(kept),
  ...sharedWork(kept),
  ...personRecord(kept),
  ...auditLog(kept),
});
