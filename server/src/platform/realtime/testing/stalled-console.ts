import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A client that speaks just enough WebSocket, engine.io and socket.io to watch a bureau, and then never reads again. */
export async function connectStalledConsole(port: number, cookie: string, bureau: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const heard = (text: string) =>
    new Promise<void>((resolve) => {
      let received = '';
      socket.on('data', function take(chunk: Buffer) {
        received += chunk.toString('latin1');
        if (!received.includes(text)) return;
        socket.off('data', take);
        resolve();
      });
    });
  socket.write(
    [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      `Cookie: ${cookie}`,
      '\r\n',
    ].join('\r\n'),
  );
  await heard('"sid"');
  // Engine.io message, socket.io connect.
  socket.write(textFrame('40'));
  await heard('40{');
  socket.write(textFrame(`420${JSON.stringify(['bureau:watch', { bureau, lastSeq: null }])}`));
  await heard('430');
  socket.pause();
  return socket;
}

/** One masked frame, as clients must send them. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length > 125) throw new Error(`A frame of ${payload.length} bytes when expected at most 125.`);
  const mask = randomBytes(4);
  const masked = payload.map((byte, i) => byte ^ mask[i % 4]);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length]), mask, masked]);
}
