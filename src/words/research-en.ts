/** What people read about a study that is run on the program; nothing of it where program.yaml has none. */
export const researchEn = {
  notification: "A question about a study, apart from using Attune",
  title: "May your answers be used for a study?",
  approval: "Ethics approval",
  contact: "Questions to",
  time: "Answers of",
  fromTo: (from: string, to: string) => `${from} – ${to}`,
  promiseTitle: "What Attune adds",
  promise:
    "This is apart from using Attune. A no, or a yes that you take back, changes nothing else and is shown to nobody: no partner, no program director, in no figure. Whoever runs the server could technically read it, as all that is kept. Answers about trust are left out unless you include them.",
  limits:
    "Answers count only where both of a pair take part. The study gets them under random numbers and by week: no names, no times, nothing in your own words. Somebody who knows the roster might still recognise you. Write “research” at any time to withdraw: no later file has your answers. Files made before cannot be called back.",
  agree: "Take part in the study",
  decline: "Do not take part in the study",
  thanks: "Thank you, you take part in the study.",
  trustQuestion:
    "One thing apart: may your answers about trust (whether it is easy to ask for help) be used as well? Without a tap they are not.",
  trustIn: "Include trust",
  trustOut: "Leave trust out",
  inWithTrust:
    "You take part in the study, answers about trust included. Write “research” at any time to change that.",
  inWithoutTrust:
    "You take part in the study, without answers about trust. Write “research” at any time to change that.",
  out: "You do not take part in the study. Nothing else changes, and nobody is told. Write “research” to read about it again.",
  withdraw: "Withdraw from the study",
  readAgain: "Read about the study",
  help: ["research", "read about the study, take part or withdraw"] as readonly [string, string],
  label: "Study: takes part",
  trustLabel: "Study: with answers about trust",
  answers: { yes: "yes", no: "no" },
};
