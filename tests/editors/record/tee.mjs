// Stands between an editor and the server STORYLSP_RECORD_SERVER, and writes each message that goes by into STORYLSP_RECORD_LOG, as a line of JSON:
// {"from": "editor" or "server", "message": …}, in the order in which they came.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const log = process.env.STORYLSP_RECORD_LOG;
const server = spawn(process.env.STORYLSP_RECORD_SERVER, process.argv.slice(2), { stdio: ['pipe', 'pipe', 'inherit'] });

/** Takes the messages out of the bytes that go by. */
function listen(from) {
  let held = Buffer.alloc(0);
  return bytes => {
    held = Buffer.concat([held, bytes]);
    for (; ;) {
      const end = held.indexOf('\r\n\r\n');
      const length = end < 0 ? undefined : Number(/Content-Length: *(\d+)/i.exec(held.toString('latin1', 0, end))?.[1]);
      if (length === undefined || held.length < end + 4 + length) {
        return;
      }
      appendFileSync(log, `${JSON.stringify({ from, message: JSON.parse(held.toString('utf8', end + 4, end + 4 + length)) })}\n`);
      held = held.subarray(end + 4 + length);
    }
  };
}

const fromEditor = listen('editor');
const fromServer = listen('server');
process.stdin.on('data', bytes => { fromEditor(bytes); server.stdin.write(bytes); });
process.stdin.on('end', () => server.stdin.end());
server.stdout.on('data', bytes => { fromServer(bytes); process.stdout.write(bytes); });
server.on('exit', code => process.exit(code ?? 1));
