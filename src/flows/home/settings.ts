import { act } from "#src/card/act.ts";
import type { Block } from "#src/card/card.ts";
import { HOUR, type Instant } from "#src/domain/time.ts";
import type { Standing } from "#src/ports/store.ts";
import { LOCALES, wordsFor, type Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { pauseChoices } from "./pause.ts";
import { heading } from "../notice.ts";

/**
 * What a person can set, each a tap that is the same as the typed command. Quiet times are shown and not set:
 * they follow the roster and the program's policy, and "pause" is what a person adds to them.
 */
export function settings(context: Context, words: Words, standing: Standing): readonly Block[] {
  const { home, buttons, name } = words.say;
  const { policy } = context.program;
  const isQuiet =
    standing.consent === "declined" ||
    standing.stopped ||
    (standing.pausedUntil !== undefined && standing.pausedUntil > context.now);
  const other = LOCALES.find((locale) => locale !== words.locale);
  return [
    heading(home.settings),
    {
      type: "answers",
      rows: [
        {
          label: home.language,
          value: name,
          ...(other === undefined
            ? {}
            : {
                change: {
                  label: wordsFor(other, context.program).say.name,
                  act: say(`language ${other}`),
                  style: "quiet",
                },
              }),
        },
      ],
    },
    {
      type: "text",
      text: home.quietTimes(policy.restAfterNight / HOUR, words.format.time(civilHourOf(context))),
      tone: "quiet",
    },
    ...(isQuiet ? [] : pausing(context, words)),
    {
      type: "actions",
      actions: [
        { label: buttons.whoSees, act: say("who sees what"), style: "quiet" },
        { label: buttons.myData, act: say("my data"), style: "quiet" },
        { label: buttons.help, act: say("help"), style: "quiet" },
        { label: buttons.erase, act: say("erase me"), style: "danger" },
      ],
    },
  ];
}

/** Whoever is quiet already has the way back at the top of the page. */
const pausing = (context: Context, words: Words): readonly Block[] => [
  { type: "text", text: words.say.commands.pauseTitle, tone: "quiet" },
  { type: "actions", actions: pauseChoices(context, words) },
];

/** The civil hour of today. */
const civilHourOf = ({ zone, now, program }: Context): Instant =>
  zone.at(zone.dayOf(now), program.policy.civilHour);

const say = (command: string) => act({ verb: "say", command });
