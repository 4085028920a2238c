import type { ChatMessage } from "#src/ports/chat.ts";
import { FILE_ENDINGS } from "#src/ports/inbound.ts";
import type { CastMember } from "#src/ports/stage.ts";
import { ROLES_IN_ORDER, initials } from "./cast.ts";
import { chevron, clip, pin, send, spark } from "./glyphs.ts";
import { markup, type Markup } from "./markup.ts";
import { messageMarkup } from "./message.ts";
import { fill, textsIn } from "./texts-in.ts";
import type { Locale } from "#src/domain/locale.ts";

/** One phone of the playground, with its person, seat and chat. */
export interface Phone {
  readonly seat: number;
  readonly member: CastMember;
  readonly messages: readonly ChatMessage[];
}

/** The seat that shows whoever got a message last, unless the visitor pins a person to it. */
export const FREE_SEAT = 3;

/** The frame of a phone is in the visitor's language (`chrome`), its content in its owner's. */
export function phoneMarkup(phone: Phone, cast: readonly CastMember[], zone: string, chrome: Locale): Markup {
  const { seat, member, messages } = phone;
  const texts = textsIn(chrome);
  const name = member.called[chrome];
  const pinned =
    seat === FREE_SEAT
      ? markup`<button type="button" class="icon-button pin" aria-pressed="false" aria-label="${texts.phones.pin}" title="${texts.phones.pin}">${pin}</button>`
      : "";
  return markup`<section class="phone" id="seat-${seat}" data-seat="${seat}" data-person="${member.id}" data-name="${name}" data-role="${member.roles[0]}" aria-label="${fill(texts.phones.phone, { name })}">
<header class="phone-head"><span class="avatar" aria-hidden="true">${initials(member.name[chrome])}</span><div class="who"><label class="picker"><span class="visually-hidden">${texts.phones.picker}</span><select name="person" autocomplete="off">${options(cast, member, chrome)}</select>${chevron}</label><p class="who-note">${member.roles.map((role) => texts.roles[role]).join(" + ")}<span aria-hidden="true"> · </span><span class="speaks" lang="${member.locale}">${texts.languages[member.locale]}</span></p></div>${pinned}</header>
<div class="log" role="log" aria-live="polite" aria-relevant="additions text" tabindex="0" lang="${member.locale}" aria-label="${fill(texts.phones.chat, { name })}">${empty(member)}${messages.map((message) => messageMarkup(message, zone, member.locale))}</div>
${composer(member)}
</section>`;
}

function options(cast: readonly CastMember[], chosen: CastMember, locale: Locale): readonly Markup[] {
  const texts = textsIn(locale);
  return ROLES_IN_ORDER.map((role) => {
    const people = cast.filter((person) => person.roles[0] === role);
    const rows = people.map(
      (person) =>
        markup`<option value="${person.id}"${person.id === chosen.id ? markup` selected` : ""}>${person.name[locale]}</option>`,
    );
    return rows.length === 0 ? markup`` : markup`<optgroup label="${texts.roles[role]}">${rows}</optgroup>`;
  });
}

/** Shown by the style sheet while the chat has no message. */
function empty(member: CastMember): Markup {
  const { device } = textsIn(member.locale);
  return markup`<div class="empty">${spark}<p>${device.empty}</p><button type="button" class="button plain open">${device.open}</button></div>`;
}

function composer(member: CastMember): Markup {
  const { device } = textsIn(member.locale);
  const chips = device.commands
    .filter(({ only }) => only === undefined || member.roles.includes(only))
    .map(
      (command) =>
        markup`<button type="button" class="chip" data-says="${command.says}">${command.label}</button>`,
    );
  // Only coordinators give files: from anybody else they are not read.
  const attach = member.roles.includes("coordinator")
    ? markup`<label class="attach" title="${device.attach}"><span class="visually-hidden">${device.attach}</span>${clip}<input class="visually-hidden" type="file" accept="${FILE_ENDINGS.map((ending) => `.${ending}`).join(",")}" autocomplete="off"></label>`
    : "";
  return markup`<form class="composer" lang="${member.locale}" novalidate><div class="chips" role="group" aria-label="${device.commandsLabel}">${chips}</div><p class="notice" role="alert"></p><div class="entry">${attach}<textarea name="text" rows="1" placeholder="${device.placeholder}" aria-label="${device.placeholder}" autocomplete="off" enterkeyhint="send"></textarea><button type="submit" class="send" aria-label="${device.send}">${send}</button></div></form>`;
}
