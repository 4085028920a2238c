const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const TAB = 9;
const SPACE = 32;
const COLON = 58;
const SEMICOLON = 59;
const BYTE_ORDER_MARK = 0xfeff;

/**
 * Goes through the content lines of a calendar. Most lines of a feed are of no use to us, so a line is cut out
 * of the text, and unfolded (RFC 5545, 3.1: a line that begins with a space or a tab carries on the one
 * before it), only when it is asked for.
 */
export class ContentLines {
  /** Where the present line begins in the file, counted from 1. */
  number = 0;
  readonly #text: string;
  #from = 0;
  /** The end of what stands on its first line of the file, and of all of it. */
  #firstEnd = 0;
  #end = 0;
  #next = 0;
  #nextNumber = 1;

  constructor(text: string) {
    // A line may end with CR alone, as on old Macs.
    this.#text = /\r(?!\n)/u.test(text) ? text.replaceAll(/\r\n?/gu, "\n") : text;
    if (text.charCodeAt(0) === BYTE_ORDER_MARK) this.#next = 1;
  }

  /** Goes on to the next line that says something; false when there is none. */
  next(): boolean {
    do {
      if (this.#next >= this.#text.length) return false;
      this.#from = this.#next;
      this.number = this.#nextNumber;
      this.#end = this.#pass();
    } while (this.#isBlank());
    this.#firstEnd = this.#end;
    while (this.#isCarriedOn()) this.#end = this.#pass();
    return true;
  }

  /** What stands before the first ":" or ";"; undefined when there is nothing, or neither of the two. */
  name(): string | undefined {
    const at = this.#nameEnd();
    if (at !== undefined) return at === this.#from ? undefined : this.#text.slice(this.#from, at);
    return this.#end === this.#firstEnd ? undefined : /^[^:;]+(?=[:;])/u.exec(this.whole())?.[0];
  }

  /** All after the name, from its ":" or ";" on. */
  rest(): string {
    const at = this.#nameEnd();
    if (at !== undefined && this.#end === this.#firstEnd) return this.#text.slice(at, this.#end);
    return this.whole().replace(/^[^:;]*/u, "");
  }

  whole(): string {
    const text = this.#text.slice(this.#from, this.#end);
    return this.#end === this.#firstEnd ? text : text.replaceAll(/(?:\r?\n)+[ \t]/gu, "");
  }

  #nameEnd(): number | undefined {
    for (let at = this.#from; at < this.#firstEnd; at += 1) {
      const letter = this.#text.charCodeAt(at);
      if (letter === COLON || letter === SEMICOLON) return at;
    }
    return undefined;
  }

  /** Leaves one line of the file behind: where it ends, without its line end. */
  #pass(): number {
    const found = this.#text.indexOf("\n", this.#next);
    const end = found === -1 ? this.#text.length : found;
    const from = this.#next;
    this.#next = end + 1;
    this.#nextNumber += 1;
    return end > from && this.#text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 1 : end;
  }

  #isBlank(): boolean {
    if (this.#text.charCodeAt(this.#from) > SPACE && this.#from < this.#end) return false;
    return this.#text.slice(this.#from, this.#end).trim() === "";
  }

  /** Empty lines may stand between: some programs write CR CR LF. */
  #isCarriedOn(): boolean {
    let at = this.#next;
    let letter = this.#text.charCodeAt(at);
    while (letter === CARRIAGE_RETURN || letter === LINE_FEED) letter = this.#text.charCodeAt((at += 1));
    return letter === SPACE || letter === TAB;
  }
}
