-- The tests of the Neovim client, in a real Neovim: nvim --headless -u NONE -i NONE -n -l run.lua. Each test asserts the bytes of the
-- buffer after the action.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
package.path = here .. '/?.lua;' .. package.path
local Child = require('child')

local suite = require('suite')
local same, contains, group, test, cursor_on, limit, name = suite.same, suite.contains, suite.group, suite.test, suite.cursor_on, suite.limit, suite.name

local scene, dos_scene = 'scenes/01-arrival.md', 'scenes/02-crossing.md'
local plugin = { way = 'plugin' }

local function findings_of(child)
  return child:lua([[
    local found = vim.tbl_map(function(d) return ('%d %s %s'):format(d.lnum, d.code, d.source) end, vim.diagnostic.get(0))
    table.sort(found)
    return table.concat(found, '\n')
  ]])
end

local function wait_for_findings(child, expected)
  local text = ''
  local found = vim.wait(limit, function()
    text = findings_of(child)
    return text == expected
  end, 20)
  if not found then
    same(text, expected, 'findings')
  end
end

for file, findings in vim.spairs(vim.json.decode(Child.read(vim.fs.dirname(here) .. '/expected-findings.json'))) do
  test('findings in ' .. file, plugin, function(child)
    child:open(file)
    local expected = vim.tbl_map(function(finding)
      return ('%d %s storylsp'):format(finding.line, finding.code)
    end, findings)
    table.sort(expected)
    if #expected == 0 then
      -- "No finding" is only an answer once another file of the same workspace has shown its own.
      child:open(scene)
      child:wait('the findings of another file', '#vim.diagnostic.get(0) > 0')
      child:open(file)
    end
    wait_for_findings(child, table.concat(expected, '\n'))
    same(child:bytes(), Child.original(file), 'bytes after the findings')
    same(child:lua('return vim.bo.modified'), false, 'modified')
  end)
end

test('a finding goes as the mistake is typed away', plugin, function(child)
  child:open(scene)
  child:wait('the findings', '#vim.diagnostic.get(0) == 2')
  cursor_on(child, 'old-mil')
  child:keys('Al<Esc>')
  wait_for_findings(child, '21 ref/unresolved storylsp')
  local expected = Child.original(scene):gsub('old%-mil\n', 'old-mill\n')
  same(child:bytes(), expected, 'bytes after typing one letter')
  same(child:disk(scene), Child.original(scene), 'the file on disk before it is saved')
end)

test('completion of a reference', plugin, function(child)
  child:open(scene)
  child:wait('the findings', '#vim.diagnostic.get(0) == 2')
  cursor_on(child, 'pov: ada-vane')
  child:keys('Cpov: ad<C-x><C-o>')
  child:wait('the list', 'vim.fn.pumvisible() == 1')
  local chosen = child:lua([[
    for index, item in ipairs(vim.fn.complete_info({ 'items' }).items) do
      if item.word == 'ada-vane' then return index end
    end
    return vim.inspect(vim.fn.complete_info({ 'items' }).items)
  ]])
  assert(type(chosen) == 'number', 'ada-vane is not in the list: ' .. tostring(chosen))
  child:keys(('<C-n>'):rep(chosen) .. '<C-y><Esc>')
  child:wait('the choice', [[vim.api.nvim_get_mode().mode == 'n']])
  same(child:bytes(), Child.original(scene), 'bytes after completing the reference')
end)

test('completion of a wikilink in a file with CRLF', plugin, function(child)
  child:open(dos_scene)
  child:wait('the findings', '#vim.diagnostic.get(0) == 1')
  cursor_on(child, 'They had been thrown away.')
  child:keys('A See [[tom<C-x><C-o>')
  child:wait('the list', 'vim.fn.pumvisible() == 1')
  local chosen = child:lua([[
    for index, item in ipairs(vim.fn.complete_info({ 'items' }).items) do
      if item.abbr:find('Tom Reeve', 1, true) or item.word:find('Tom Reeve', 1, true) then return index end
    end
    return vim.inspect(vim.fn.complete_info({ 'items' }).items)
  ]])
  assert(type(chosen) == 'number', 'Tom Reeve is not in the list: ' .. tostring(chosen))
  child:keys(('<C-n>'):rep(chosen) .. '<C-y><Esc>')
  child:wait('the choice', [[vim.api.nvim_get_mode().mode == 'n']])
  local text = child:bytes()
  local expected = Child.original(dos_scene):gsub('They had been thrown away%.', '%0 See [[tom-reeve|Tom Reeve]]')
  same(text, expected, 'bytes after completing the wikilink')
end)

test('hover', plugin, function(child)
  local bufnr = child:open(scene)
  child:wait('the findings', '#vim.diagnostic.get(0) == 2')
  cursor_on(child, 'ada-vane')
  child:lua('vim.lsp.buf.hover()')
  local text = child:wait('the hover', [[(function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
      end
    end
  end)()]])
  contains(text, 'Ada Vane', 'the hover')
  contains(text, 'A surveyor who trusts her instruments', 'the hover')
  same(child:bytes(bufnr), Child.original(scene), 'bytes after the hover')
end)

test('definition', plugin, function(child)
  local from = child:open(scene)
  child:wait('the findings', '#vim.diagnostic.get(0) == 2')
  cursor_on(child, 'ada-vane')
  child:lua('vim.lsp.buf.definition()')
  child:wait('the jump', [[vim.fs.basename(vim.api.nvim_buf_get_name(0)) == 'ada-vane.yaml']])
  same(child:bytes(), Child.original('characters/ada-vane.yaml'), 'bytes of the file jumped to')
  same(child:bytes(from), Child.original(scene), 'bytes of the file jumped from')
end)

-- The AI step.

local function write_synopsis(child, file)
  local bufnr = child:open(file)
  child:wait('the workspace is read', [[(function()
    local params = vim.lsp.util.make_range_params(0, 'utf-16')
    params.context = { diagnostics = {}, only = { 'refactor.rewrite.storylsp.synopsis' } }
    local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 5000) or {}
    return vim.iter(pairs(answers)):any(function(_, answer) return #(answer.result or {}) > 0 end)
  end)()]])
  cursor_on(child, 'title:')
  child:lua([[vim.lsp.buf.code_action({
    context = { only = { 'refactor.rewrite.storylsp.synopsis' }, diagnostics = {} },
    apply = true,
  })]])
  return bufnr
end

local function wait_until_done(child)
  child:wait('the server has answered', [[vim.iter(vim.lsp.get_clients({ name = 'storylsp' })):all(function(c)
    return vim.iter(pairs(c.requests)):all(function(_, r) return r.type ~= 'pending' end)
  end)]])
end

--- With the plugin the writer is asked, and presses a key.
local function by_question(child, accept)
  child:wait_for_question()
  child:keys(accept and '1<CR>' or '2<CR>')
end

--- Without the plugin the proposal opens as a page, with lenses to accept or reject.
local function by_page(child, accept)
  child:wait('the page', [[vim.api.nvim_buf_get_name(0):match('/%.story/cache/review/%x+%.md$') ~= nil]])
  child:lua([[
    _G.chosen = ...
    vim.ui.select = function(items, options, done)
      for _, item in ipairs(items) do
        if vim.trim(options.format_item(item)):find(_G.chosen, 1, true) == 1 then done(item) end
      end
    end
    if vim.lsp.codelens.enable then
      vim.lsp.codelens.enable(true, { bufnr = 0 })
    else
      vim.lsp.codelens.refresh({ bufnr = 0 })
    end
  ]], accept and 'Accept all' or 'Reject all')
  child:wait('the lenses', [[#vim.lsp.codelens.get(vim.lsp.codelens.enable and { bufnr = 0 } or 0) > 1]])
  child:lua('vim.api.nvim_win_set_cursor(0, { 1, 0 }); vim.lsp.codelens.run()')
end

local function accepted_and_rejected(way, decide)
  for _, file in ipairs({ scene, dos_scene }) do
    test(('the synopsis accepted in %s, %s'):format(file, way), { way = way }, function(child)
      local bufnr = write_synopsis(child, file)
      decide(child, true)
      child:wait('the synopsis', [[table.concat(vim.api.nvim_buf_get_lines(..., 0, -1, false), '\n'):find('\nsynopsis:', 1, true) ~= nil]], bufnr)
      wait_until_done(child)
      Child.accept(file, child:bytes(bufnr))
      same(child:bytes(bufnr), Child.expected(file), 'bytes after the synopsis was accepted')
      same(child:disk(file), Child.original(file), 'the file on disk, which only the writer saves')
      child:lua('vim.api.nvim_win_set_buf(0, ...)', bufnr)
      child:keys('u')
      child:wait('undo', [[not table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'):find('\nsynopsis:', 1, true)]])
      same(child:bytes(bufnr), Child.original(file), 'bytes after undo')
    end)
    test(('the synopsis rejected in %s, %s'):format(file, way), { way = way }, function(child)
      local bufnr = write_synopsis(child, file)
      decide(child, false)
      wait_until_done(child)
      same(child:bytes(bufnr), Child.original(file), 'bytes after the synopsis was rejected')
      same(child:lua('return vim.bo[...].modified', bufnr), false, 'modified')
      same(child:disk(file), Child.original(file), 'the file on disk')
    end)
  end
end

accepted_and_rejected('plugin', by_question)
accepted_and_rejected('bare', by_page)

local catch_question = [[vim.ui.select = function(items, options, done) _G.question = { items = items, prompt = options.prompt, done = done } end]]
local answer = [[local choice = ...; local asked = _G.question; _G.question = nil; asked.done(choice)]]

test('the synopsis shown, and then rejected', plugin, function(child)
  child:lua(catch_question)
  local bufnr = write_synopsis(child, scene)
  child:wait('the question', '_G.question ~= nil')
  contains(child:lua('return _G.question.prompt'), 'synopsis', 'the question')
  child:lua(answer, 'Show the change')
  child:wait('the second question', '_G.question ~= nil')
  local shown = child:lua([[
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      local b = vim.api.nvim_win_get_buf(window)
      if vim.bo[b].filetype == 'diff' then return table.concat(vim.api.nvim_buf_get_lines(b, 0, -1, false), '\n') end
    end
    return ''
  ]])
  contains(shown, '\n+synopsis:', 'the change that is shown')
  same(child:bytes(bufnr), Child.original(scene), 'bytes while the change is shown')
  child:lua(answer, 'Reject')
  wait_until_done(child)
  same(child:lua('return #vim.api.nvim_list_wins()'), 1, 'windows after the answer')
  same(child:bytes(bufnr), Child.original(scene), 'bytes after the rejection')
end)

test('a synopsis for a text that has changed since is not written', plugin, function(child)
  child:lua(catch_question)
  local bufnr = write_synopsis(child, scene)
  child:wait('the question', '_G.question ~= nil')
  child:keys('Go' .. 'The post was early.<Esc>')
  child:wait('the typed line', [[vim.api.nvim_buf_get_lines(0, -2, -1, false)[1] == 'The post was early.']])
  child:lua(answer, 'Accept')
  wait_until_done(child)
  same(child:bytes(bufnr), Child.original(scene) .. 'The post was early.\n', 'bytes after a synopsis that came too late')
end)

-- How the server is found and started.

test('setup with a command of the user', { way = 'setup', path = '/usr/bin:/bin' }, function(child)
  child:open(scene)
  child:wait('the findings', '#vim.diagnostic.get(0) == 2')
  same(child:bytes(), Child.original(scene), 'bytes after the findings')
end)

test('a server that is not there is said once, with what to do', { way = 'plugin', path = '/usr/bin:/bin' }, function(child)
  for _, file in ipairs({ scene, dos_scene }) do
    child:edit(file)
    same(child:bytes(), Child.original(file), 'bytes without a server')
  end
  child:wait('the message', [[vim.api.nvim_exec2('messages', { output = true }).output:find('was not found', 1, true) ~= nil]])
  local messages = child:messages()
  contains(messages, ':checkhealth storylsp', 'the message')
  local _, count = messages:gsub('was not found', '')
  same(count, 1, 'how often it is said')
  local report = child:health()
  contains(report, 'ERROR', ':checkhealth')
  contains(report, 'dotnet build StoryLsp.sln -c Release', ':checkhealth')
end)

test(':checkhealth when all is well', plugin, function(child)
  local bufnr = child:open(scene)
  local report = child:health()
  contains(report, 'N' .. name:gsub('^nvim', 'eovim'), ':checkhealth')
  contains(report, 'File types: yaml, markdown, fountain', ':checkhealth')
  contains(report, 'Attached to 1 buffer(s)', ':checkhealth')
  assert(not report:find('ERROR', 1, true) and not report:find('WARNING', 1, true), report)
  same(child:bytes(bufnr), Child.original(scene), 'bytes of the story after :checkhealth')
end)

test('the workspace is the nearest story.yaml, else .git, else .obsidian, else the folder', plugin, function(child)
  local function root(relative)
    return child:lua([[return require('storylsp').root(...) or 'none']], child.home .. '/' .. relative)
  end
  for _, folder in ipairs({ 'a/.git', 'a/b/.obsidian', 'a/b/c', 'd/.obsidian/x', 'd/e', 'f/g' }) do
    vim.fn.mkdir(child.home .. '/' .. folder, 'p')
  end
  same(root('a/b/c/x.md'), child.home .. '/a', '.git above .obsidian')
  same(root('d/e/x.md'), child.home .. '/d', '.obsidian')
  same(root('f/g/x.md'), child.home .. '/f/g', 'the file\'s own folder')
  same(root('x.md'), 'none', 'a loose file in the home folder')
  vim.fn.mkdir(child.workspace .. '/scenes/.git', 'p')
  same(root('The Mill Road/scenes/01-arrival.md'), child.workspace, 'story.yaml above .git')
  same(child:disk(scene), Child.original(scene), 'the file on disk')
end)

test('a .fountain file is a fountain', plugin, function(child)
  local file = child.workspace .. '/script.fountain'
  vim.fn.writefile({ 'INT. MILL - NIGHT', '', 'The wheel turns.' }, file)
  child:open('script.fountain')
  same(child:lua('return vim.bo.filetype'), 'fountain', 'file type')
  same(child:bytes(), 'INT. MILL - NIGHT\n\nThe wheel turns.\n', 'bytes')
end)

require('views').define()
require('review').define()
require('pipelines').define({ group = group, same = same, contains = contains, version = name })

suite.finish()
