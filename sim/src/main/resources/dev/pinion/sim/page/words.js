// Numbers and codes in words.

const CLOSE_CODES = {
  1000: 'Normal closure',
  1001: 'Going away',
  1002: 'Protocol error',
  1003: 'Unsupported data',
  1005: 'No code given',
  1006: 'Connection lost',
  1007: 'Not valid UTF-8',
  1008: 'Policy violation',
  1009: 'Message too big',
  1010: 'Extension missing',
  1011: 'Server error',
  1012: 'Service restart',
  1013: 'Try again later',
  1014: 'Bad gateway',
  1015: 'TLS failure',
};

/** A close code and its reason, or what the code stands for: `4001 full house`, `1006 Connection lost`. */
export function closeWords(code, reason) {
  return `${code} ${reason || (CLOSE_CODES[code] ?? '')}`.trim();
}

const digits = (number, count) => String(number).padStart(count, '0');

/** The local time of day to the millisecond: `14:03:07.042`. */
export function clock(millis) {
  const at = new Date(millis);
  const parts = [at.getHours(), at.getMinutes(), at.getSeconds()].map(part => digits(part, 2));
  return `${parts.join(':')}.${digits(at.getMilliseconds(), 3)}`;
}

/** A span of time: `8 ms`, `2.4 s`. */
export function span(millis) {
  return millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`;
}

/** A size in bytes: `17 B`, `31.4 KiB`. */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1048576).toFixed(1)} MiB`;
}

export function plural(count, one, many = `${one}s`) {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

const encoder = new TextEncoder();

/** How many bytes a text takes on the wire. */
export function bytes(text) {
  return encoder.encode(text).length;
}

/** A time in microseconds: `240 µs`, `3.2 ms`, `1.4 s`. */
export function micros(value) {
  if (value < 1000) return `${value} µs`;
  return value < 1_000_000 ? `${(value / 1000).toFixed(value < 10_000 ? 1 : 0)} ms` : `${(value / 1_000_000).toFixed(1)} s`;
}

/** How long ago, or ahead, a moment is: `12 s`, `5 min`, `3 h`, `2 d`. */
export function distance(millis) {
  const seconds = Math.abs(millis) / 1000;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}
