import { around, ci } from "./rule.ts";
import type { Rule } from "./rule.ts";

const WORD_NUMBER =
  "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)";
/** What makes a number before it a count or a length of time, not a bed's. */
const COUNTED =
  "(?!\\.\\d|:\\d| ?(?:%|times?|x\\b|patients\\b|pts\\b|cases?|min|mins|minutes?|m\\b|s\\b|secs?|seconds?|hours?|hrs?|h\\b|am\\b|pm\\b|days?|weeks?|months?|years?|people|turnovers?|words|steps|sentences|lines|points|phases|places|attempts?|tries|goes|shifts|visits|rounds|or (?:less|fewer)|more\\b|in a row|at a time|an hour|per hour|to \\d|- ?\\d|beds\\b|pushes|courses?|cent(?:er|re)s?|levels?|calls))";
const PLACE =
  "(?:room|rm|bed|bay|cubicle|cube|stretcher|trolley|gurney|curtain|hallway|hall|corridor|resus|chair|recliner|booth|cot|crib|isolette)";
const SOMEBODY =
  "(?:lady|guy|man|woman|kid|child|boy|girl|pt|patient|gentleman|gent|fella|dude|baby|infant|toddler|neonate|mom|mum|dad|granny|grandma|grandpa|male|female|teen|teenager|person|bloke|psych hold)";
/** A complaint stands for the person who has it: the chest pain in 11. */
const COMPLAINT =
  "(?:chest pain|cp|sob|abd(?:ominal)? pain|belly(?: pain)?|lac|laceration|appy|hip|gi ?bleed|bleeder|dka|copd(?:er)?|chf(?:er)?|stroke|sepsis|septic|seizure|overdose|od|fall|fever|psych|migraine|back pain|asthma|asthmatic|diabetic|alcoholic|vomiter|psychotic|hypotensive|hyperkalemia|hyperk|preggo|broken (?:hip|wrist|ankle|arm|leg)|headache|syncope|drunk|pneumonia|stemi|nstemi|afib|fracture|wrist|ankle|shoulder|arrest|trauma|allergic reaction|abscess|cellulitis|ams)";
/** Any of them, in a number of minutes: every pt in 10. */
const ANYBODY = /(?:every|each|first|next|another|per|new|any|\d) $/iu;

export const englishPlaceRules: readonly Rule[] = [
  // bed 12, Rm 304, bay #4, resus 2, bed twelve, room B
  {
    kind: "room-or-bed",
    pattern: ci(`\\b${PLACE}s?\\.?[ :#]{0,2}(?:no\\.? |number |#)? ?[a-z]?-?\\d{1,4}[a-z]?\\b${COUNTED}`),
  },
  {
    kind: "room-or-bed",
    pattern: ci(
      `(?<!\\b(?:one|an?|per|each|every|first) )\\b${PLACE} (?:no\\.? |number )?${WORD_NUMBER}\\b${COUNTED}`,
    ),
  },
  {
    kind: "room-or-bed",
    pattern:
      /\b(?:[Rr]oom|[Rr]m|[Bb]ed|[Bb]ay|[Cc]ubicle|[Hh]all(?:way)?|[Rr]esus|[Cc]urtain) [A-HJ-Z]\b(?!['&/+-])/gu,
  },
  {
    kind: "room-or-bed",
    pattern: ci(
      "\\btrauma (?:room |bay )?\\d{1,2}\\b(?= (?:pt|patient|needs|guy|lady|man|woman|kid|is\\b|has\\b|wants|tube|line))",
    ),
  },
  {
    kind: "room-or-bed",
    pattern: ci(`\\bin (?:fast ?track|ft|pod|obs|triage|peds|acute|zone)[ -]?[a-z]?-?\\d{1,3}\\b${COUNTED}`),
  },
  // the lady in 9, guy in #14, gentleman in 3B, the kid in twenty
  {
    kind: "room-or-bed",
    pattern: ci(
      `\\b${SOMEBODY} (?:over )?(?:in|from) (?:#|number )?(?:[a-z]?-?\\d{1,3}[a-d]?|${WORD_NUMBER})\\b(?!'?s\\b)${COUNTED}`,
    ),
    unless: (match) => ANYBODY.test(around(match).before),
  },
  {
    kind: "room-or-bed",
    pattern: ci(
      `\\b(?:the|my|that|our) (?:[a-z]+ )?${COMPLAINT} (?:in|from) (?:#|number )?(?:\\d{1,3}[a-d]?|${WORD_NUMBER})\\b${COUNTED}`,
    ),
  },
  {
    kind: "room-or-bed",
    pattern: ci(`\\bthe (?:one|person|family) in (?:three|two|one|four|five) (?:oh|zero|hundred) `),
  },
  { kind: "room-or-bed", pattern: /\bin \d{3}[A-D]\b/gu },
  { kind: "room-or-bed", pattern: /\b\d{1,2}[NSEW]-\d{1,3}\b/gu },
  // 12's abdomen
  {
    kind: "room-or-bed",
    pattern: ci(
      "\\b\\d{1,2}'s (?:abd|belly|labs?|ct|ecg|ekg|trop|lactate|family|mom|dad|daughter|son|wife|husband|pain|bp|vitals|nurse|fluids?|dispo|wound|lac|leg|arm|chest|results?)",
    ),
  },
  {
    kind: "address",
    pattern:
      /\b\d{1,5} [A-Z][a-z]+(?: [A-Z][a-z]+)? (?:Street|St|Avenue|Ave|Road|Rd|Drive|Lane|Ln|Blvd|Court)\b/gu,
  },
];
