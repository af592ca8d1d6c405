// A bare server of Node's http with the two routes of programs/Web.java.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  if (request.method === 'GET' && request.url.startsWith('/hello/')) {
    const body = `hello, ${decodeURIComponent(request.url.slice(7))}`;
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  } else if (request.method === 'POST' && request.url === '/notes') {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', part => { text += part; });
    request.on('end', () => {
      const note = JSON.parse(text);
      const body = JSON.stringify({ text: note.text, count: note.count + 1 });
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
      response.end(body);
    });
  } else {
    response.writeHead(404).end();
  }
});
server.keepAliveTimeout = 60_000;
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
