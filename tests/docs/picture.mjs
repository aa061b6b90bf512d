// Draws what stands on the screen of a terminal as a page, with its colours, and takes a picture of it.
import { columns, rows } from './terminal.mjs';

const base = ['#1e1e1e', '#c62828', '#2e7d32', '#9a6700', '#1565c0', '#7b1fa2', '#00696b', '#d0d0d0', '#6e6e6e', '#e53935', '#43a047', '#c99a00', '#1e88e5', '#8e24aa', '#00897b', '#ffffff'];

function paletteColour(index) {
  if (index < 16) {
    return base[index];
  }
  if (index > 231) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey},${grey},${grey})`;
  }
  const level = part => part === 0 ? 0 : 55 + part * 40;
  return `rgb(${level(Math.floor((index - 16) / 36))},${level(Math.floor((index - 16) / 6) % 6)},${level((index - 16) % 6)})`;
}

function colour(isDefault, isRgb, value, otherwise) {
  return isDefault ? otherwise : isRgb ? `#${value.toString(16).padStart(6, '0')}` : paletteColour(value);
}

const escaped = text => text.replace(/[&<>]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]);

/** The screen as HTML; `lines` of it from the top. */
export function drawn(screen, lines = rows) {
  const buffer = screen.buffer.active;
  const out = [];
  for (let y = 0; y < lines; y++) {
    const line = buffer.getLine(buffer.viewportY + y);
    for (let x = 0; x < columns; x++) {
      const cell = line?.getCell(x);
      if (cell === undefined || cell.getWidth() === 0) {
        continue;
      }
      let front = colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor(), '#e0e2ea');
      let back = colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor(), '#14161b');
      if (cell.isInverse()) {
        [front, back] = [back, front];
      }
      const cursor = y === buffer.cursorY && x === buffer.cursorX ? ';outline:1px solid #e0e2ea' : '';
      out.push(`<span style="color:${front};background:${back}${cell.isBold() ? ';font-weight:bold' : ''}${cell.isUnderline() ? ';text-decoration:underline' : ''}${cursor}">${escaped(cell.getChars() || ' ')}</span>`);
    }
    out.push('\n');
  }
  return `<body style="margin:0;background:#14161b"><pre style="margin:0;padding:8px;display:inline-block;font:15px/1.25 'DejaVu Sans Mono',monospace;background:#14161b">${out.join('')}</pre>`;
}

/** Takes a picture of the screen with this page of a browser. */
export async function takePicture(page, screen, file) {
  await page.setContent(drawn(screen));
  await page.locator('pre').screenshot({ path: file });
}
