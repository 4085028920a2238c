import { act } from "#src/card/act.ts";
import type { Block, Card } from "#src/card/card.ts";
import { itemOf } from "#src/domain/forms.ts";
import type { PersonRecord } from "#src/ports/store.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { toHome } from "../notice.ts";
import { answerNamed, itemLabel } from "../view/in-words.ts";

const LATEST = 10;

/** What is stored about a person, for that person: how many of each, and their latest answers in full. */
export function dataCard(words: Words, context: Context, record: PersonRecord): Card {
  const { say, format } = words;
  const { data } = say.commands;
  const replies = record.replies.filter((one) => !one.superseded && one.value !== null);
  const latest = replies
    .slice(-LATEST)
    .toReversed()
    .map((reply) => {
      // During an upgrade, an older process may find an item that a newer one has asked.
      const item = itemOf(reply.item);
      const label = item === undefined ? reply.item : itemLabel(words, item.id);
      const isAsWritten = item === undefined || reply.text;
      const value = isAsWritten ? reply.value! : answerNamed(context, words, item, reply.value!);
      const partner = reply.about === undefined ? undefined : context.person(reply.about);
      const about = partner === undefined ? label : data.about(label, words.called(partner));
      return { label: `${format.date(reply.at)} · ${about}`, value };
    });
  const upcoming = context.roster.outlook.daysOf(record.person).assignments.length;
  const blocks: Block[] = [
    { type: "title", text: data.title },
    {
      type: "facts",
      rows: [
        { label: data.standing, value: data.consents[record.standing.consent] },
        {
          label: data.accounts,
          value: format.list(record.identities.map((one) => one.platform)) || data.none,
        },
        { label: data.shifts, value: String(upcoming) },
        { label: data.nudges, value: String(record.nudges.length) },
        { label: data.replies, value: String(record.replies.length) },
      ],
    },
    ...(latest.length === 0
      ? []
      : [
          { type: "text", text: data.latest, tone: "strong" } as const,
          { type: "facts", rows: latest } as const,
        ]),
    { type: "text", text: data.full, tone: "quiet" },
    { type: "actions", actions: [toHome(words)] },
  ];
  return { locale: words.locale, notification: data.notification, blocks };
}

/** Asks for confirmation before everything is erased. */
export function eraseCard(words: Words, people: number): Card {
  const { commands, buttons } = words.say;
  return {
    locale: words.locale,
    notification: commands.eraseTitle,
    blocks: [
      { type: "title", text: commands.eraseTitle },
      { type: "text", text: commands.eraseText(people) },
      {
        type: "actions",
        actions: [
          {
            label: commands.eraseYes,
            act: act({ verb: "say", command: "erase me for good" }),
            style: "danger",
            confirm: { text: commands.eraseConfirm, yes: commands.eraseYes, no: buttons.cancel },
          },
          { label: buttons.cancel, act: act({ verb: "say", command: "home" }), style: "quiet" },
        ],
      },
    ],
  };
}
