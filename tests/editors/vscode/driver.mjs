// What a writer does in the page of VS Code, for the scripts that drive it: steps that tell what the page showed when one fails, and waits for exact titles and rows.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tools } from './code-server.mjs';

export const shots = path.join(tools, 'shots');
export const limit = 90_000;
mkdirSync(shots, { recursive: true });

/** Drives this page; `what` is how its steps are called in the log. */
export function driver(what, editor, page) {
  const counts = { passed: 0, failed: 0 };

  /** One step; when one fails the next are not tried, and the log says what the page showed. */
  async function step(title, body) {
    if (counts.failed > 0) {
      return;
    }
    const begun = Date.now();
    try {
      await body();
      counts.passed++;
      console.log(`ok    ${what}: ${title} (${Date.now() - begun} ms)`);
    } catch (problem) {
      counts.failed++;
      console.log(`FAIL  ${what}: ${title} (${Date.now() - begun} ms)`);
      const picture = path.join(shots, `failed-${what.replace(/\W+/g, '-')}.png`);
      const shown = await page.evaluate(whatIsShown, parts).catch(again => [String(again)]);
      await page.screenshot({ path: picture }).catch(() => { });
      console.log([...String(problem.message).split('\n'), 'What the page showed:', ...shown, `see ${picture}`].map(line => `      ${line}`).join('\n'));
    }
  }

  /** The parts of the page that a failure is told by. */
  const parts = ['.quick-input-widget', '.tabs-container', '.editor-group-container.active .view-lines', '.codelens-decoration', '.bulk-edit-panel', '.action-widget',
    '.suggest-widget.visible', '.monaco-hover:not(.hidden)', '.notifications-toasts', '.monaco-dialog-box', '.markers-panel', '.statusbar'];

  /** Runs in the page: the texts of its parts that are visible, what the writer has typed, and where the keys go. */
  function whatIsShown(selectors) {
    const clip = text => text.replace(/\s+/gu, ' ').trim().slice(0, 600);
    const focus = document.activeElement;
    return [
      ...selectors.flatMap(selector => [...document.querySelectorAll(selector)].filter(one => one.offsetParent !== null || one.getClientRects().length > 0)
        .map(one => `${selector}: ${clip(one.innerText)}${[...one.querySelectorAll('input')].map(input => ` <${input.value}>`).join('')}`)),
      `focus: ${focus?.tagName} ${focus?.className} ${focus?.getAttribute('aria-label') ?? ''}`,
    ];
  }

  /** A screenshot, once what moves has come to rest. */
  async function shot(name) {
    await page.waitForTimeout(500);
    await page.screenshot({ path: path.join(shots, `${name}.png`) });
  }

  /** Whether it becomes so in this time: a locator that is visible, or a question that is answered with true. */
  async function within(time, seen) {
    if (typeof seen !== 'function') {
      return seen.first().waitFor({ timeout: time }).then(() => true, () => false);
    }
    for (const begun = Date.now(); ;) {
      if (await seen()) {
        return true;
      }
      if (Date.now() - begun > time) {
        return false;
      }
      await page.waitForTimeout(50);
    }
  }

  async function waitFor(what, seen) {
    assert.ok(await within(limit, seen), `${what}: not so after ${limit / 1000} s`);
  }

  /** Does what a writer does who sees that nothing came of it: the same again, so it must be what may be done twice. */
  async function until(what, seen, act, patience = 10_000) {
    for (const begun = Date.now(); ;) {
      const problem = await act().then(() => undefined, one => one);
      if (await within(patience, seen)) {
        return;
      }
      assert.ok(Date.now() - begun < limit, `${what}: not so after ${limit / 1000} s${problem ? `\n${problem.message}` : ''}`);
    }
  }

  /** This text and no other, but for spaces around it. */
  const exactly = text => text instanceof RegExp ? text : new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
  const gone = locator => async () => !(await locator.first().isVisible());

  // There is one widget for the palette, the picks and the input boxes, which follow each other: each is known by its title, or by the row that Enter takes.
  const widget = page.locator('.quick-input-widget:visible');
  const input = widget.locator('.quick-input-box input');
  const titled = title => widget.filter({ has: page.locator('.quick-input-title', { hasText: exactly(title) }) });
  const focusedRow = label => widget.locator('.monaco-list-row.focused', { has: page.locator('.label-name', { hasText: exactly(label) }) });

  /** Opens the widget with a key, types, and takes the row with this label. */
  async function take(keys, typed, label) {
    await until('no other widget is open', gone(widget), async () => await widget.isVisible() ? page.keyboard.press('Escape') : undefined);
    await until(`the row ${label}`, focusedRow(label), async () => {
      await until('the widget', input, async () => await input.isVisible() ? undefined : page.keyboard.press(keys));
      await input.fill('');
      await input.fill(typed);
    });
    await until(`${label} is taken`, gone(focusedRow(label)), () => input.press('Enter', { timeout: 5000 }), 5000);
  }

  const command = title => take('F1', `>${title}`, title);

  /** Opens a file by its name, at a line and column that count from 1, and puts the keys there. */
  async function go(file, line = 1, column = 1) {
    const name = path.basename(file);
    const cursor = page.locator('.statusbar-item', { hasText: exactly(`Ln ${line}, Col ${column}`) });
    await until(`${name} at ${line}:${column}`, cursor, async () => {
      await take('Control+P', `${name}:${line}:${column}`, name);
      await waitFor(`the tab ${name}`, page.locator('.tab.active', { hasText: exactly(name) }));
    });
    await toEditor();
  }

  /** The keys go to the editor of the active tab. */
  async function toEditor() {
    const focused = page.locator('.editor-group-container.active .monaco-editor.focused');
    await until('the keys go to the editor', focused, async () => await focused.isVisible() ? undefined : page.locator('.tab.active').first().click());
  }

  /** Takes the row of the pick with this title that has this label or description. */
  async function pick(title, text) {
    const row = titled(title).locator('.monaco-list-row', { has: page.locator('.label-name, .label-description', { hasText: exactly(text) }) }).first();
    await waitFor(`${text} in ${title}`, row);
    await until(`${text} is taken`, gone(titled(title)), () => row.click({ timeout: 5000 }), 5000);
  }

  /** Types into the input box of this title, and presses Enter. */
  async function answer(title, text) {
    const box = titled(title);
    await waitFor(`the input box ${title}`, box);
    await until(`${title} is answered`, gone(box), async () => {
      await box.locator('.quick-input-box input').fill(text, { timeout: 5000 });
      await box.locator('.quick-input-box input').press('Enter', { timeout: 5000 });
    }, 5000);
  }

  const lens = title => page.locator('.editor-group-container.active .codelens-decoration a', { hasText: title }).first();
  const line = text => page.locator('.editor-group-container.active .view-line', { hasText: text });
  const tab = title => page.locator('.tab', { hasText: exactly(title) }).first();
  const previewed = file => page.locator('.bulk-edit-panel .monaco-list-row:visible', { hasText: path.basename(file) });
  const previewButton = title => page.locator('.bulk-edit-panel .monaco-button:visible', { hasText: exactly(title) });

  /** Clicks a lens until it is seen that it was. */
  const press = (title, seen, patience) => until(title, seen, async () => await lens(title).isVisible() ? lens(title).click({ timeout: 5000 }) : undefined, patience);

  /** Waits for the lens, which the server gives once it has read the text. */
  const offers = title => waitFor(`the lens ${title}`, lens(title));

  /** Saves the file of the active tab until it has these bytes on disk. */
  async function saved(file, wanted) {
    const bytes = () => readFileSync(path.join(editor.workspace, file), 'utf8');
    const same = await until('the bytes', () => bytes() === wanted, async () => {
      await toEditor();
      await page.keyboard.press('Control+S');
    }).then(() => true, () => false);
    if (!same) {
      assert.equal(bytes(), wanted);
    }
  }

  return {
    counts, step, shot, within, waitFor, until, exactly, gone, widget, input, titled, focusedRow, take, command, go, toEditor, pick, answer, lens, line, tab, previewed, previewButton, press, offers, saved,
  };
}
