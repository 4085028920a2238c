import type { Locale } from "#src/domain/locale.ts";
import type { ChatMessage } from "#src/ports/chat.ts";
import { brand } from "./glyphs.ts";
import { markup, type Markup } from "./markup.ts";
import { dayKey, dayLabel, isoMoment, timeLabel } from "./moments.ts";
import { renderCard } from "./render.ts";
import { raw } from "hono/html";

/**
 * One message of a chat. Each has its day and time. The page's script hides them where the message before has the same, since only the
 * page knows which message that is.
 */
export function messageMarkup(message: ChatMessage, zone: string, locale: Locale): Markup {
  const { at, from } = message;
  const time = timeLabel(at, zone);
  const body =
    message.card === undefined
      ? markup`<p class="bubble" lang="${locale}">${message.text ?? ""}</p>`
      : raw(renderCard(message.card).payload);
  const sender = from === "attune" ? markup`${brand}<b>Attune</b>` : "";
  return markup`<article class="message ${from}" data-id="${message.id}" data-at="${at}" data-day="${dayKey(at, zone)}" tabindex="-1"><p class="day"><span>${dayLabel(at, zone, locale)}</span></p><p class="stamp">${sender}<time datetime="${isoMoment(at, zone)}">${time}</time></p>${body}</article>`;
}
