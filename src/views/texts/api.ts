/** What the page of the API says around what the routes say of themselves. */
export const apiTexts = {
  title: "API",
  forPrograms: "For programs:",
  howToLogIn: "They log in with a token (Authorization: Bearer) or with name and password (Basic).",
  groups: "Parts of the API",
  noLogin: "Needs no login.",
  needs: (right: string) => `Needs the right to ${right}.`,
  query: "Query",
  fields: "Fields",
  sends: "Sends",
  answers: "Answers",
  required: "required",
} as const;
