// A bare server of Node's ws, without any handler: `echo` answers its sender, `broadcast` sends to all.
import { WebSocketServer } from 'ws';

const broadcast = process.argv[2] === 'broadcast';
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 4096, perMessageDeflate: false });

server.on('connection', (socket) => {
  socket.on('message', (data) => {
    if (broadcast) {
      for (const client of server.clients) client.send(data, { binary: false });
    } else {
      socket.send(data, { binary: false });
    }
  });
});
server.on('listening', () => console.log(`listening on ws://127.0.0.1:${server.address().port}/`));
