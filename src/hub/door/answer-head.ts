/**
 * HEAD is GET without the body, which the server leaves out. Elysia would read all of it for its length: a whole history,
 * and of a stream for ever. The request stays the one that the server knows.
 */
export async function answerHead(
  request: Request,
  answer: (request: Request) => Response | Promise<Response>,
): Promise<Response> {
  Object.defineProperty(request, "method", { value: "GET" });
  const response = await answer(request);
  if (!response.headers.has("content-length")) return response;
  // The server would forget the length that a stream announces.
  await response.body?.cancel();
  return new Response(null, response);
}
