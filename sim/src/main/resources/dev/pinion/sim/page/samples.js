// Messages made from route declarations, and the gateway’s own answers.

/** The path a simple selection expression reads (`$request.body.a.b` → a, b), or null. */
function path(expression) {
  const simple = /^\$\{?request\.body((?:\.[A-Za-z_]\w*)+)\}?$/.exec(expression);
  return simple ? simple[1].slice(1).split('.') : null;
}

/** A message to edit for each route that has one: `{key, text, route}`. */
export function templates(webSocket) {
  const selector = path(webSocket.routeSelectionExpression ?? '');
  return webSocket.routes.flatMap(route => {
    if (route.key === '$connect' || route.key === '$disconnect') return [];
    const selected = selector && route.key !== '$default';
    const body = Object.entries(route.sample ?? {});
    if (!selected && body.length === 0) return [];
    const message = {};
    if (selected) selector.reduce((at, name, i) => (at[name] = i < selector.length - 1 ? {} : route.key), message);
    for (const [name, value] of body) message[name] ??= value;
    return [{ key: route.key, text: JSON.stringify(message), route }];
  });
}

/** Where the first value to fill in stands, after the selector: [start, end], or the text's end. */
export function firstBlank(text) {
  const blank = /:("")|:(0|false|null)(?=[,}])|:(\[\]|\{\})/.exec(text);
  if (!blank) return [text.length, text.length];
  const start = blank.index + 1;
  return blank[1] || blank[3] ? [start + 1, start + 1] : [start, start + blank[2].length];
}

const PROBLEMS = [
  [/^Forbidden$/, 'No route takes this message. The gateway’s own answer.'],
  [/^Internal server error$/, 'A handler failed; the terminal says where. The gateway’s own answer.'],
  [/^Endpoint request timed out$/, 'A handler took too long. The gateway’s own answer.'],
  [/^Bad request body: /, 'The message does not fit the route’s record; no handler has seen it.'],
];

/** What an error frame means that the program did not send itself, or null for any other frame. */
export function problem(text) {
  if (text.length > 500 || !text.startsWith('{"message"')) return null;
  try {
    const { message, connectionId, requestId } = JSON.parse(text);
    if (!connectionId || !requestId) return null;
    return PROBLEMS.find(([pattern]) => pattern.test(message))?.[1] ?? null;
  } catch {
    return null;
  }
}
