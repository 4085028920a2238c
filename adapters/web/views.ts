import { Hono } from "hono";
import type { PersonId } from "#src/domain/person.ts";
import { byId, seatPeople } from "./cast.ts";
import type { PlaygroundDeps } from "./deps.ts";
import { localeOf, refuse } from "./guard.ts";
import type { Markup } from "./markup.ts";
import { pageMarkup } from "./page.ts";
import { phoneMarkup } from "./phone.ts";
import { stripMarkup } from "./strip.ts";
import { stripWindow } from "./strip-scale.ts";
import type { Locale } from "#src/domain/locale.ts";

/** How many messages a phone shows. */
const MESSAGES_SHOWN = 80;

/** The routes for reading: the page, one phone, the roster strip. They change nothing. */
export function viewRoutes(deps: PlaygroundDeps, assets: string, token: string): Hono {
  const { stage, chat, hub } = deps;

  const strip = async (locale: Locale, seated: readonly string[]): Promise<Markup> => {
    const { from, to } = stripWindow(stage.now(), stage.timeZone);
    return stripMarkup(
      await stage.strip(from, to),
      await stage.cast(),
      stage.timeZone,
      locale,
      new Set(seated),
    );
  };
  const messagesOf = (person: PersonId) => chat.of(person, MESSAGES_SHOWN);

  return new Hono()
    .get("/", async (c) => {
      const event = hub.last();
      const cast = await stage.cast();
      const { from, to } = stripWindow(stage.now(), stage.timeZone);
      const locale = localeOf(c);
      const seated = seatPeople(cast, await stage.strip(from, to), asked(c.req.query("people")), locale);
      const phones = await Promise.all(
        seated.map(async (member, index) => ({
          seat: index + 1,
          member,
          messages: await messagesOf(member.id),
        })),
      );
      const people = seated.map(({ id }) => id);
      const view = { stage, cast, phones, strip: await strip(locale, people), locale, assets, token, event };
      return c.html(pageMarkup(view));
    })
    .get("/phone", async (c) => {
      const cast = await stage.cast();
      const member = byId(cast, c.req.query("person"));
      if (member === undefined) return refuse(c, 404, "person");
      const seat = Number(c.req.query("seat"));
      if (![1, 2, 3].includes(seat)) return refuse(c, 400, "fields", { field: "seat" });
      const phone = { seat, member, messages: await messagesOf(member.id) };
      return c.html(phoneMarkup(phone, cast, stage.timeZone, localeOf(c)));
    })
    .get("/strip", async (c) => c.html(await strip(localeOf(c), asked(c.req.query("people")))));
}

const asked = (people: string | undefined): readonly string[] => (people ?? "").split(",").slice(0, 3);
