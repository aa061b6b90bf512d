-- What the tests of pipelines do in the child, and what they look at: prompts, lenses, questions, and all texts of the story.
local Child = require('child')

local M = {}

local editors = vim.fs.dirname(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h'))

--- The story as the repository has it: path -> bytes.
local originals = {}
for path, kind in vim.fs.dir(editors .. '/workspace', { depth = 5 }) do
  if kind == 'file' and not vim.startswith(path, '.story/') then
    originals[path] = Child.read(editors .. '/workspace/' .. path)
  end
end

--- Every text of the story as the writer sees it, buffers before files: path -> bytes.
local texts_of_story = [[
  local root, found = ...
  found = {}
  for name, kind in vim.fs.dir(root, { depth = 5, skip = function(dir) return vim.fs.basename(dir) ~= '.story' end }) do
    if kind == 'file' and not vim.startswith(name, '.story/') then
      local file = assert(io.open(root .. '/' .. name, 'rb'))
      found[name] = file:read('*a')
      file:close()
    end
  end
  for _, b in ipairs(vim.api.nvim_list_bufs()) do
    local path = vim.api.nvim_buf_get_name(b)
    local name = vim.startswith(path, root .. '/') and path:sub(#root + 2)
    if name and vim.api.nvim_buf_is_loaded(b) and not vim.startswith(name, '.story/') then
      local eol = vim.bo[b].fileformat == 'dos' and '\r\n' or '\n'
      found[name] = table.concat(vim.api.nvim_buf_get_lines(b, 0, -1, false), eol) .. (vim.bo[b].endofline and eol or '')
    end
  end
  return found
]]

function M.texts(child)
  return child:lua(texts_of_story, child.workspace)
end

--- The texts of the story that differ from the repository's: path -> bytes, or false where the file is gone. story.yaml, which says who answers, is ours.
function M.changed(child)
  local found, now = {}, child:lua(texts_of_story, child.workspace)
  for path, bytes in pairs(now) do
    if path ~= 'story.yaml' and bytes ~= originals[path] then
      found[path] = bytes
    end
  end
  for path in pairs(originals) do
    if now[path] == nil then
      found[path] = false
    end
  end
  return found
end

local function write(path, bytes)
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  local file = assert(io.open(path, 'wb'))
  file:write(bytes)
  file:close()
end

--- The texts that a case leads to, as tests/editors/expected/pipelines has them; STORYLSP_ACCEPT=1 takes the present ones as the right ones, unless this is
--- not the place that says what is right.
function M.expected(case, found, only_read)
  local folder = ('%s/expected/pipelines/%s'):format(editors, case)
  if vim.env.STORYLSP_ACCEPT == '1' and not only_read then
    vim.fn.delete(folder, 'rf')
    for path, bytes in pairs(found) do
      write(folder .. '/' .. path, bytes)
    end
  end
  local wanted = {}
  for name, kind in vim.fs.dir(folder, { depth = 5 }) do
    if kind == 'file' then
      wanted[name] = Child.read(folder .. '/' .. name)
    end
  end
  return wanted
end

--- Forgets what a test before did: its windows, buffers and files.
function M.reset(child)
  child:keys('<Esc>')
  child:lua([[vim.cmd('silent! tabonly! | silent! only! | silent! %bwipeout!')]])
  for path in pairs(child:lua(texts_of_story, child.workspace)) do
    if not originals[path] then
      os.remove(child.workspace .. '/' .. path)
    end
  end
end

--- Opens the settings and writes which model answers, as a writer would.
function M.settings(child, ai)
  child:open('story.yaml')
  local lines = { 'title: The Mill Road', 'ai:' }
  for _, line in ipairs(ai) do
    lines[#lines + 1] = '  ' .. line
  end
  child:lua([[vim.api.nvim_buf_set_lines(0, 0, -1, false, ...); vim.cmd('silent write')]], lines)
end

M.ask_here = [[
  _G.question = nil
  vim.ui.select = function(items, options, done)
    local labels = vim.tbl_map(function(item) return (options.format_item or tostring)(item) end, items)
    _G.question = { items = items, labels = labels, prompt = options.prompt, done = done }
  end
]]

--- Answers a vim.ui.select with the item whose label begins so, and returns the question.
function M.choose(child, label)
  child:wait('a question with ' .. label, '_G.question ~= nil')
  local asked = child:lua('return { prompt = _G.question.prompt, labels = _G.question.labels }')
  local done = child:lua(
    [[local label, asked = ..., _G.question
      for index, one in ipairs(asked.labels) do
        if vim.startswith(vim.trim(one), label) then
          _G.question = nil
          asked.done(asked.items[index], index)
          return true
        end
      end
      return false]],
    label
  )
  assert(done, ('no %s among %s'):format(label, vim.inspect(asked)))
  return asked
end

--- The file that the case is about, as it is in the repository, with the cursor where the case wants it.
function M.at(child, case)
  local bufnr = child:open(case.file)
  child:lua([[vim.cmd('silent edit!')]])
  assert(child:lua([[return vim.fn.search('\\V' .. ..., 'cw')]], case.at) > 0, 'no ' .. case.at)
  return bufnr
end

--- Starts the case's pipeline and waits for its prompt with lenses.
function M.to_prompt(child, case)
  child:lua([[local command = ...; vim.schedule(function() vim.cmd(command) end)]], ('Story run %s %s'):format(case.pipeline, case.words or ''))
  child:wait('the prompt of ' .. case.pipeline, [[vim.api.nvim_buf_get_name(0):match('/%.story/runs/%x+/prompt%.md$') ~= nil]])
  child:wait('its lenses', [[#vim.lsp.codelens.get(vim.lsp.codelens.enable and { bufnr = 0 } or 0) == 3]])
end

--- Types into the prompt: after the last line that has the text, or at the end.
function M.type_into_prompt(child, typed, after)
  if after then
    assert(child:lua([[vim.cmd('$'); return vim.fn.search('\\V' .. ..., 'bcW')]], after) > 0, 'the prompt has no ' .. after)
    child:keys('o' .. typed .. '<Esc>')
  else
    child:keys('Go' .. typed .. '<Esc>')
  end
  child:wait('the typed words', [[vim.api.nvim_get_mode().mode == 'n' and vim.fn.search('\\V' .. ..., 'nw') > 0]], typed)
end

local lenses = [[vim.lsp.codelens.get(vim.lsp.codelens.enable and { bufnr = 0 } or 0)]]

--- Runs a lens of the prompt at hand.
function M.lens(child, title)
  local line = child:lua(('local first = %s[1]; return (first.lens or first).range.start.line + 1'):format(lenses))
  child:lua([[local line = ...; vim.api.nvim_win_set_cursor(0, { line, 0 }); vim.lsp.codelens.run()]], line)
  M.choose(child, title)
end

function M.until_over(child)
  child:wait('the run is over', [[require('storylsp').status() == '']])
end

--- Starts the model on loopback: its address, what it was asked, and what ends it.
function M.start_model()
  local log, said = vim.fn.tempname(), ''
  local job = vim.fn.jobstart({ 'node', editors .. '/model.mjs', log }, {
    on_stdout = function(_, lines)
      said = said .. table.concat(lines, '\n')
    end,
  })
  assert(vim.wait(10000, function()
    return said:find('port %d+\n') ~= nil
  end, 20), 'the model on loopback did not start')
  local function asked()
    return vim.uv.fs_stat(log) and vim.tbl_map(vim.json.decode, vim.split(vim.trim(Child.read(log)), '\n', { trimempty = true })) or {}
  end
  return { url = 'http://127.0.0.1:' .. said:match('port (%d+)'), asked = asked, stop = function() vim.fn.jobstop(job) end }
end

return M
