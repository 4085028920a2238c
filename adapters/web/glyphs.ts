import { markup } from "./markup.ts";

// Drawn for this page, on a grid of 20; decoration only, so hidden from assistive technology.

/** Two circles that overlap: two people on one shift. */
export const brand = markup`<svg class="brand-mark" viewBox="0 0 32 20" aria-hidden="true" focusable="false"><circle cx="10.5" cy="10" r="8.5" /><circle cx="21.5" cy="10" r="8.5" /><path d="M16 3.52a8.5 8.5 0 0 1 0 12.96 8.5 8.5 0 0 1 0-12.96Z" /></svg>`;

export const eye = markup`<svg class="glyph" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="M1.8 10S4.8 4.6 10 4.6 18.2 10 18.2 10 15.2 15.4 10 15.4 1.8 10 1.8 10Z" /><circle cx="10" cy="10" r="2.5" /></svg>`;

export const send = markup`<svg class="glyph" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="M10 16.2V4.2M4.8 9.2 10 4l5.2 5.2" /></svg>`;

export const clip = markup`<svg class="glyph" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="m15.6 9.4-5.5 5.5a3.4 3.4 0 0 1-4.8-4.8l6-6a2.3 2.3 0 0 1 3.2 3.2l-5.8 5.8a1.1 1.1 0 0 1-1.6-1.6l5.2-5.2" /></svg>`;

export const next = markup`<svg class="glyph" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="M3 10h13M11 5l5 5-5 5" /></svg>`;

export const forward = markup`<svg class="glyph glyph-play" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="m3.4 5 6 5-6 5ZM10.6 5l6 5-6 5Z" /></svg><svg class="glyph glyph-pause" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="M7 4.8v10.4M13 4.8v10.4" /></svg>`;

export const pin = markup`<svg class="glyph" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="M7 2.8h6M8 2.8v5.4L5.4 11v1.4h9.2V11L12 8.2V2.8M10 12.4v5" /></svg>`;

export const theme = markup`<svg class="glyph" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><circle cx="10" cy="10" r="6.6" /><path class="filled" d="M10 3.4a6.6 6.6 0 0 1 0 13.2Z" /></svg>`;

export const chevron = markup`<svg class="glyph chevron" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="m6 8 4 4 4-4" /></svg>`;

export const spark = markup`<svg class="glyph" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="M4 4.6h12v8.2H9.4L5.8 16v-3.2H4Z" /></svg>`;
