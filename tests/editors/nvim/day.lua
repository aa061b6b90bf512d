-- A day of writing: a writer at work in a copy of examples/hollow-creek, in a real Neovim. After each step that changes something all texts of the
-- story, in buffers and in files, are compared byte for byte with what is expected: the change since the step before, as a diff in expected/day. What
-- is only looked at is compared with what is expected to be seen. nvim --headless -u NONE -i NONE -n -l day.lua
--
-- Last line: N passed, N failed, N skipped. STORYLSP_ACCEPT=1 takes what happens as what should: read it as the writer would.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
package.path = here .. '/?.lua;' .. package.path
local Child = require('child')
local story = require('story')
local editors = vim.fs.dirname(here)
local repository = vim.fs.dirname(vim.fs.dirname(editors))
local folder = editors .. '/expected/day'
local accepts = vim.env.STORYLSP_ACCEPT == '1'
local limit = tonumber(vim.env.STORYLSP_TEST_LIMIT or '') or 30000
local passed, failed, number = 0, 0, 0

local child = Child.start({ way = 'plugin', story = repository .. '/examples/hollow-creek' })

--- What a writer has in their own init.lua for the day, and questions that the script answers.
child:lua([[
  vim.lsp.on_type_formatting.enable()
  vim.lsp.linked_editing_range.enable()
  vim.api.nvim_create_autocmd('LspAttach', { callback = function(event)
    vim.lsp.completion.enable(true, event.data.client_id, event.buf)
    vim.keymap.set('i', '<C-Space>', vim.lsp.completion.get, { buffer = event.buf })
  end })
  vim.opt.hidden = true
]])
child:lua(story.ask_here)

--- The bytes of the files on disk.
local function on_disk()
  local found = {}
  for name, kind in vim.fs.dir(child.workspace, { depth = 5, skip = function(dir) return vim.fs.basename(dir) ~= '.story' end }) do
    if kind == 'file' and not vim.startswith(name, '.story/') then
      found[name] = Child.read(child.workspace .. '/' .. name)
    end
  end
  return found
end

local function lines_of(text)
  return vim.split(text, '\n', { plain = true })
end

--- The new path of a file that is gone: the new one that shares the most of its lines, and at least half of them.
local function moved_to(text, created)
  local had, best, most = {}, nil, #lines_of(text) / 2
  for _, line in ipairs(lines_of(text)) do
    had[line] = true
  end
  for _, path in ipairs(vim.fn.sort(vim.tbl_keys(created))) do
    local shared = vim.iter(lines_of(created[path])):filter(function(line)
      return had[line]
    end):fold(0, function(count)
      return count + 1
    end)
    if shared > most then
      best, most = path, shared
    end
  end
  return best
end

--- What has changed between two states of the story, exactly.
local function diff(before, after)
  local gone, created, both, out = {}, {}, {}, {}
  for path, text in pairs(before) do
    if after[path] == nil then
      gone[#gone + 1] = path
    elseif after[path] ~= text then
      both[#both + 1] = { path, path }
    end
  end
  for path, text in pairs(after) do
    created[path] = before[path] == nil and text or nil
  end
  table.sort(gone)
  for _, path in ipairs(gone) do
    local to = moved_to(before[path], created)
    both[#both + 1] = { path, to }
    created[to or ''] = nil
  end
  for path in pairs(created) do
    both[#both + 1] = { nil, path }
  end
  table.sort(both, function(a, b)
    return (a[1] or a[2]) < (b[1] or b[2])
  end)
  for _, pair in ipairs(both) do
    local from, to = pair[1], pair[2]
    out[#out + 1] = ('--- %s\n+++ %s\n'):format(from or '(none)', to or '(none)')
    out[#out + 1] = vim.text.diff(from and before[from] or '', to and after[to] or '', { ctxlen = 1, algorithm = 'histogram' })
  end
  return table.concat(out)
end

local function busy()
  return child:lua([[return not vim.iter(vim.lsp.get_clients({ name = 'storylsp' })):all(function(c)
    return vim.iter(pairs(c.requests)):all(function(_, r) return r.type ~= 'pending' end)
  end)]])
end

--- Looks until what is found is what the file of this step says, and takes it as that with STORYLSP_ACCEPT=1.
local function compare(name, find)
  local path = ('%s/%02d-%s'):format(folder, number, name)
  local found
  if accepts then
    vim.wait(limit, function()
      local before = found
      found = find()
      if found == before and not busy() then
        return true
      end
      vim.wait(400)
      return false
    end, 20)
    vim.fn.mkdir(folder, 'p')
    vim.fn.writefile(vim.split(found, '\n', { plain = true }), path, 'b')
    return
  end
  local wanted = assert(vim.uv.fs_stat(path) and Child.read(path), 'there is no ' .. path)
  if not vim.wait(limit, function()
    found = find()
    return found == wanted
  end, 50) then
    error(('%s:\n--- expected\n%s\n--- found\n%s\n--- messages\n%s'):format(path, wanted, found, child:messages()), 0)
  end
end

local function step(title, body)
  number = number + 1
  if failed > 0 then
    return -- what follows would work on another story
  end
  local begun = vim.uv.hrtime()
  local ok, problem = xpcall(body, debug.traceback)
  passed, failed = passed + (ok and 1 or 0), failed + (ok and 0 or 1)
  io.stdout:write(('%s a day of writing, %d: %s (%d ms)\n%s'):format(ok and 'ok   ' or 'FAIL ', number, title, (vim.uv.hrtime() - begun) / 1e6, ok and '' or tostring(problem) .. '\n'))
  io.stdout:flush()
end

local function slug(title)
  return (title:lower():gsub('[^%w]+', '-'):gsub('^%-', ''):gsub('%-$', ''))
end

local typed = 0

--- Types keys and waits until Neovim has taken them: what is typed waits its turn behind nothing that is asked.
local function type_keys(keys)
  typed = typed + 1
  child:keys(('%s<Cmd>let g:typed = %d<CR>'):format(keys, typed))
  child:wait('the keys are taken', 'vim.g.typed == ...', typed)
end

local state = on_disk()

--- A step that changes something: to these bytes, in the buffers, and in the files once they are saved.
local function change(title, act)
  step(title, function()
    type_keys('<Esc>')
    act()
    compare(slug(title) .. '.diff', function()
      return diff(state, story.texts(child))
    end)
    child:lua([[vim.cmd('silent wall')]])
    local texts, files = story.texts(child), on_disk()
    assert(diff(texts, files) == '', 'the files are not what the buffers are:\n' .. diff(texts, files))
    state = files
  end)
end

--- A step that changes nothing, and shows something.
local function look(title, see)
  step(title, function()
    type_keys('<Esc>')
    compare(slug(title) .. '.txt', see)
    assert(diff(state, story.texts(child)) == '', 'to look is not to change')
  end)
end

--- Opens a file with the cursor on a text of it; `column` is how far into the text.
local function at(file, text, column)
  local bufnr = child:open(file)
  local found = child:lua([[local text, column = ...; local found = vim.fn.search('\\V' .. text, 'cw'); vim.fn.cursor(found, vim.fn.col('.') + column); return found]], text, column or 0)
  assert(found > 0, file .. ' has no ' .. text)
  return bufnr
end

--- The answer of the server to a request about the buffer at hand.
local function ask(method, params)
  return child:lua([[
    local method, params = ...
    params.textDocument = params.textDocument or { uri = vim.uri_from_bufnr(0) }
    local answers = vim.lsp.buf_request_sync(0, method, params, 20000) or {}
    local _, answer = next(answers)
    return answer and (answer.result or answer.err) or { 'no answer' }
  ]], method, params)
end

local function position()
  return child:lua([[return vim.lsp.util.make_position_params(0, vim.lsp.get_clients({ bufnr = 0 })[1].offset_encoding).position]])
end

local function rename(name)
  child:lua('vim.lsp.buf.rename(...)', name)
end

--- Waits for the list of completions where the cursor stands in insert mode, and takes the one that is called so.
local function complete(label)
  child:keys('<C-Space>')
  child:wait('the list', 'vim.fn.pumvisible() == 1')
  local chosen = child:lua([[
    for index, item in ipairs(vim.fn.complete_info({ 'items' }).items) do
      if item.abbr == ... or item.word == ... then return index end
    end
    return table.concat(vim.tbl_map(function(item) return item.abbr end, vim.fn.complete_info({ 'items' }).items), ', ')
  ]], label)
  assert(type(chosen) == 'number', ('%s is not among %s'):format(label, chosen))
  child:keys(('<C-n>'):rep(chosen) .. '<C-y>')
  child:wait('the choice', 'vim.fn.pumvisible() == 0')
end

--- Takes the code action with this title, on the cursor or on a text that is selected.
local function action(title, selected)
  local range = selected and child:lua([[
    local first = vim.fn.searchpos('\\V' .. ..., 'cw')
    local last = vim.fn.searchpos('\\V' .. ..., 'cwe')
    return { start = { first[1], first[2] - 1 }, ['end'] = { last[1], last[2] } }
  ]], selected)
  child:lua([[
    local title, range = ...
    vim.lsp.buf.code_action({ range = range, apply = true, filter = function(one) return vim.startswith(one.title, title) end })
  ]], title, range)
end

require('writing').write({
  change = change, look = look, at = at, type_keys = type_keys, ask = ask, position = position, rename = rename, complete = complete, action = action,
  child = child, choose = function(label) return story.choose(child, label) end,
})

pcall(child.stop, child)
io.stdout:write(('%d passed, %d failed, 0 skipped\n'):format(passed, failed))
io.stdout:flush()
os.exit(failed == 0 and 0 or 1)
