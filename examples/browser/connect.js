/**
 * Connects, and connects again whenever the connection ends, after pauses that grow. `url` is called before each attempt,
 * and may return a promise.
 */
export function connect(url, { onOpen = () => {}, onMessage, firstPause = 500, longestPause = 30_000 }) {
  let socket;
  let timer;
  let failures = 0;
  let done = false;

  async function attempt() {
    try {
      const address = await url();
      if (done) return;
      socket = new WebSocket(address);
    } catch {
      return again();
    }
    socket.onopen = () => {
      failures = 0;
      onOpen();
    };
    socket.onmessage = event => onMessage(JSON.parse(event.data));
    socket.onclose = again;
  }

  function again() {
    if (done) return;
    const pause = Math.min(longestPause, firstPause * 2 ** failures++);
    timer = setTimeout(attempt, pause * (0.5 + Math.random() / 2));
  }

  attempt();
  return {
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    close() {
      done = true;
      clearTimeout(timer);
      socket?.close(1000);
    },
  };
}
