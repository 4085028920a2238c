import type { people as english } from "./people-en.ts";

/** 名簿を一人ずつ変更するときの文 */
export const people: typeof english = {
  title: "このプログラムの名簿",
  about: (name) => `名簿の${name}`,
  roles: "役割",
  email: "メールアドレス",
  none: "なし",
  whichRoles: "このプログラムでの役割（主な役割を先に）",
  newEmail: "メールアドレスの変更",
  newName: "氏名の変更",
  end: "在籍を終える",
  add: "追加：氏名、役割、メールアドレス",
  example: "田中 遥、研修医、メールアドレス",
  hint: "一人ずつ変更するには「名簿」と氏名を、まとめて変更するには名簿のファイルを送ってください。",
  notUnderstood:
    "氏名、役割（研修医、指導医、コーディネーター）、メールアドレスを「、」で区切って入力してください。",
  gone: "名簿に見当たらないため、何も変更していません。",
  role: { resident: "研修医", attending: "指導医", coordinator: "コーディネーター" },
};
