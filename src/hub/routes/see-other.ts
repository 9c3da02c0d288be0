/** Asks the browser to go on there. */
export const seeOther = (location: string, setCookie: string | null = null): Response =>
  new Response(null, {
    status: 303,
    headers: { location, ...(setCookie === null ? {} : { "set-cookie": setCookie }) },
  });
