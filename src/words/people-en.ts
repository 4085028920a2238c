/** What is said of the list of people, one by one. */
export const people = {
  title: "The people of this program",
  about: (name: string) => `${name} in the list of people`,
  roles: "Roles",
  email: "E-mail",
  none: "none",
  whichRoles: "What are they in this program, the usual role first?",
  newEmail: "Another e-mail",
  newName: "Another name",
  end: "End their time here",
  add: "Add somebody: name, role, e-mail",
  example: "Lea Novak, resident, lea@example.org",
  hint: "Write “people” and a name to change one of them, or send the whole list as a CSV.",
  notUnderstood:
    "Please write a name, a role (resident, attending or coordinator) and an e-mail, with commas between them.",
  gone: "The list of people does not have them any more. Nothing was changed.",
  role: { resident: "resident", attending: "attending", coordinator: "coordinator" },
};
