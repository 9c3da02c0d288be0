import { Elysia } from "elysia";

/** Every answer, errors and refusals too, by its status. */
export const countAnswers = (count: (status: number) => void) =>
  new Elysia({ name: "count-answers" }).onAfterResponse({ as: "global" }, ({ responseValue, set }) => {
    const status = responseValue instanceof Response ? responseValue.status : set.status;
    count(typeof status === "number" ? status : 200);
  });
