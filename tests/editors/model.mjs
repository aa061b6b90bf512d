// A model on loopback for the tests: what OpenAI and Anthropic speak, with the answers of answers.json. Nothing leaves this machine.
//
//   node model.mjs LOG      prints "port N"; writes each request as a line of JSON: {"path", "model", "stream", "key", "text", "ended"}
//
// `ended` says whether the reader stayed to the end.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { answerTo } from './answers.mjs';

const log = process.argv[2];
const textOf = content => typeof content === 'string' ? content : (content ?? []).map(part => part.text ?? '').join('');

/** The two styles: how each is asked, how each answers whole and in parts. */
const styles = {
  openai: {
    system: body => body.messages.filter(one => one.role === 'system' || one.role === 'developer').map(one => textOf(one.content)).join('\n'),
    whole: (text, model) => ({
      id: 'c1', object: 'chat.completion', created: 0, model,
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    }),
    *parts(words, model) {
      const chunk = (delta, finish_reason = null) => `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 0, model, choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
      yield chunk({ role: 'assistant', content: '' });
      for (const content of words) {
        yield chunk({ content });
      }
      yield chunk({}, 'stop');
      yield `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 0, model, choices: [], usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } })}\n\n`;
      yield 'data: [DONE]\n\n';
    },
  },
  anthropic: {
    system: body => textOf(body.system),
    whole: (text, model) => ({
      id: 'm1', type: 'message', role: 'assistant', model, content: [{ type: 'text', text }], stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 10, output_tokens: 5 },
    }),
    *parts(words, model) {
      const event = data => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
      yield event({ type: 'message_start', message: { id: 'm1', type: 'message', role: 'assistant', model, content: [], stop_reason: null, stop_sequence: null, usage: { input_tokens: 10, output_tokens: 1 } } });
      yield event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
      for (const text of words) {
        yield event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
      }
      yield event({ type: 'content_block_stop', index: 0 });
      yield event({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 5 } });
      yield event({ type: 'message_stop' });
    },
  },
};

const pause = time => new Promise(resolve => setTimeout(resolve, time));

async function answer(style, request, response, body) {
  const system = styles[style].system(body);
  const text = [system, ...body.messages.map(one => textOf(one.content)), JSON.stringify(body.response_format ?? body.tools ?? body.output_format ?? '')].join('\n');
  const { full, slow, words } = answerTo(system, text);
  const note = { path: request.url, model: body.model, stream: body.stream === true, key: Boolean(request.headers.authorization ?? request.headers['x-api-key'] ?? request.headers['api-key']), text, ended: true };
  if (!note.stream) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(styles[style].whole(full, body.model)));
  } else {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const part of styles[style].parts(words, body.model)) {
      if (response.destroyed) {
        note.ended = false;
        break;
      }
      response.write(part);
      if (slow) {
        await pause(100);
      }
    }
    response.end();
  }
  appendFileSync(log, JSON.stringify(note) + '\n');
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    const style = request.url.endsWith('/chat/completions') ? 'openai' : request.url.endsWith('/messages') ? 'anthropic' : undefined;
    if (request.method !== 'POST' || style === undefined) {
      response.writeHead(404).end();
      return;
    }
    answer(style, request, response, JSON.parse(Buffer.concat(chunks).toString('utf8'))).catch(problem => {
      appendFileSync(log, JSON.stringify({ path: request.url, problem: String(problem) }) + '\n');
      response.destroy();
    });
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
// Whoever started it is gone when its input ends, and so is this.
process.stdin.on('end', () => process.exit(0)).resume();
