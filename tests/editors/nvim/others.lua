-- The settings that docs/editors.md has for other editors: nvim --headless -u NONE -i NONE -n -l others.lua
--
-- Helix runs with them in a terminal of Neovim, which knows what a terminal shows. Of Kate and Zed, which are not there, the form of the settings is tested, and
-- that the command in them is a server.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
package.path = here .. '/?.lua;' .. package.path
local Child = require('child')
local suite = require('suite')
local snippets = require('snippets')
local helix = assert(vim.env.STORYLSP_TEST_HELIX, 'STORYLSP_TEST_HELIX names the program')
local parsers = assert(vim.env.STORYLSP_TEST_PARSERS, 'STORYLSP_TEST_PARSERS names the folder with the parsers')
suite.name = 'other editors'

local function write(path, text)
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

--- Opens a file of the story in Helix; `query` is in its folder of queries too.
local function start(child, file, settings, query)
  local runtime = child.home .. '/runtime'
  write(child.home .. '/config/helix/languages.toml', settings)
  write(child.home .. '/config/helix/config.toml', '[editor]\ntrue-color = true\n')
  -- Debian's Helix comes without grammars and queries: two parsers, and of the queries what tells a key from other text.
  for _, language in ipairs({ 'markdown', 'yaml' }) do
    write(('%s/grammars/%s.so'):format(runtime, language), Child.read(('%s/parser/%s.so'):format(parsers, language)))
  end
  write(runtime .. '/queries/yaml/highlights.scm', '(block_mapping_pair key: (_) @error)\n')
  write(runtime .. '/queries/markdown/highlights.scm', '(fenced_code_block_delimiter) @punctuation\n')
  write(
    runtime .. '/queries/markdown/injections.scm',
    query or '((fenced_code_block (info_string (language) @injection.language) (code_fence_content) @injection.content) (#set! injection.include-unnamed-children))\n'
  )
  child:lua(
    [[local program, path, runtime = ...
      vim.cmd('enew!')
      vim.env.TERM, vim.env.COLORTERM, vim.env.HELIX_RUNTIME = 'xterm-256color', 'truecolor', runtime
      _G.terminal = vim.fn.jobstart({ program, path }, { term = true, cwd = vim.fs.dirname(vim.fs.dirname(path)) })]],
    helix,
    child.workspace .. '/' .. file,
    runtime
  )
end

local screen = [[table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')]]

local function shows(child, text)
  return child:wait('Helix shows ' .. text, ([[(function(text)
    local screen = %s
    return screen:find(text, 1, true) and screen
  end)(...)]]):format(screen), text)
end

local function type(child, keys)
  child:lua('vim.fn.chansend(_G.terminal, ...)', keys)
end

--- The colour in which the first letter of a text stands on the screen.
local function colour_of(child, text)
  return child:lua([[
    vim.cmd.redraw()
    local lines = vim.api.nvim_buf_get_lines(0, vim.fn.line('w0') - 1, vim.fn.line('w$'), false)
    for row, line in ipairs(lines) do
      local at = line:find(..., 1, true)
      if at then
        return vim.fn.screenattr(row, vim.fn.strdisplaywidth(line:sub(1, at - 1)) + 1)
      end
    end
    return -1]], text)
end

local settings = snippets.one('Helix', 'toml')
local outline = 'scenes/outline.md'
local outline_text = '# Outline\n\n```story\npov: ada-vane\n```\n\nOrdinary words.\n'

suite.test('Helix: findings, and the way to whoever is named, with the settings of the page', { way = 'bare' }, function(child)
  start(child, 'scenes/01-arrival.md', settings)
  shows(child, 'pov: ada-vane')
  -- Until the server has answered, the list is empty and closes by itself.
  local listed = vim.wait(suite.limit, function()
    type(child, ' d')
    vim.wait(400)
    if child:lua('return ' .. screen):find('unresolved', 1, true) then
      return true
    end
    type(child, '\27\27')
    return false
  end, 20)
  assert(listed, child:lua('return ' .. screen))
  type(child, '\27')
  vim.wait(200)
  type(child, '/pov: ada\rgd')
  shows(child, 'A surveyor who trusts her instruments')
  type(child, ':q!\r')
  suite.same(child:disk('scenes/01-arrival.md'), Child.original('scenes/01-arrival.md'), 'the file')
end)

suite.test('Helix: the server starts for a story, and for no other text', { way = 'bare' }, function(child)
  local program, started = child.home .. '/server', child.home .. '/started'
  write(program, ('#!/bin/sh\necho >> "%s"\nexec storylsp "$@"\n'):format(started))
  vim.fn.setfperm(program, 'rwxr-xr-x')
  local own = settings:gsub('command = "storylsp"', ('command = "%s"'):format(program))
  for _, file in ipairs({ 'README.md', 'notes/values.yaml' }) do
    write(child.home .. '/elsewhere/' .. file, 'title: No story\n')
    start(child, '../elsewhere/' .. file, own)
    shows(child, 'No story')
    vim.wait(1500)
    suite.same(vim.uv.fs_stat(started), nil, 'the server was started for ' .. file)
    type(child, ':q!\r')
  end
  start(child, 'scenes/01-arrival.md', own)
  shows(child, 'pov: ada-vane')
  assert(vim.wait(suite.limit, function()
    return vim.uv.fs_stat(started) ~= nil
  end, 50), 'the server was not started for a scene')
  type(child, ':q!\r')
end)

for what, variant in vim.spairs({
  ['the injection-regex of the page'] = { settings },
  ['the query of grammars/helix'] = { (settings:gsub('injection%-regex[^\n]*\n', '')), Child.read(snippets.repository .. '/grammars/helix/queries/markdown/injections.scm') },
}) do
  suite.test('Helix: a story fence is coloured as YAML, by ' .. what, { way = 'bare' }, function(child)
    write(child.workspace .. '/' .. outline, outline_text)
    start(child, outline, variant[1], variant[2])
    shows(child, 'Ordinary words.')
    local found = vim.wait(suite.limit, function()
      return colour_of(child, 'pov: ada-vane') ~= colour_of(child, 'Ordinary words.')
    end, 50)
    assert(found, 'the key has the colour of other words')
    assert(colour_of(child, 'ada-vane') ~= colour_of(child, 'pov: ada-vane'), 'the value has the colour of the key')
  end)
end

--- Starts a server with a command, and returns what it says it is.
local function greet(child, command)
  return child:lua([[
    local command, root = ...
    local done
    vim.system(command, { stdin = (function()
      local body = vim.json.encode({ jsonrpc = '2.0', id = 1, method = 'initialize', params = { processId = vim.NIL, rootUri = vim.uri_from_fname(root), capabilities = vim.empty_dict() } })
      return ('Content-Length: %d\r\n\r\n%s'):format(#body, body)
    end)(), text = true, timeout = 20000 }, function(result) done = result.stdout end)
    vim.wait(20000, function() return done ~= nil end, 20)
    return done:match('"serverInfo":{"name":"([^"]+)"') or done]], command, child.workspace)
end

suite.test('the settings of Kate', { way = 'bare' }, function(child)
  local servers = vim.json.decode(snippets.one('Kate', 'json')).servers
  suite.same(vim.tbl_count(servers), 3, 'servers')
  for language, server in pairs(servers) do
    suite.same(greet(child, server.command):lower(), 'storylsp', 'what the command starts')
    suite.same(server.rootIndicationFileNames, { 'story.yaml' }, 'the root')
    suite.same(vim.regex('\\c' .. server.highlightingModeRegex):match_str(language) == 0, true, 'the mode of ' .. language)
  end
end)

suite.test('the settings of Zed', { way = 'bare' }, function(child)
  local settings = vim.json.decode(snippets.one('Zed', 'json'))
  local name = settings.languages.YAML.language_servers[1]
  local binary = settings.lsp[name].binary
  suite.same(greet(child, vim.list_extend({ binary.path }, binary.arguments)):lower(), 'storylsp', 'what the command starts')
end)

suite.finish()
