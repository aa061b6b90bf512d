-- What :Story shows of a story, and that all of it is in the help. Pages are compared with expected/pages; STORYLSP_ACCEPT=1 takes the present ones as right.
local Child = require('child')
local suite = require('suite')
local story = require('story')
local same, contains, cursor_on = suite.same, suite.contains, suite.cursor_on

local M = {}

local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local editors = vim.fs.dirname(here)
local client = vim.fs.dirname(vim.fs.dirname(editors)) .. '/clients/nvim'
local scene = 'scenes/01-arrival.md'
local plugin = { way = 'plugin' }

local text_of_page = [[table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n']]

--- Types a command, as it cannot be called where it may ask.
local function command(child, line)
  child:lua([[local line = ...; vim.schedule(function() vim.cmd(line) end)]], line)
end

--- Opens a page, and returns its text.
local function page(child, line, name)
  command(child, line)
  child:wait('the page of ' .. line, [[vim.api.nvim_buf_get_name(0) == 'story://The Mill Road/' .. ...]], name)
  return child:lua('return ' .. text_of_page)
end

--- Looks until the page at hand is the expected one: what takes its time, such as counting findings, comes later.
local function expected(child, name)
  local path = ('%s/expected/pages/%s'):format(editors, name)
  local text
  if vim.env.STORYLSP_ACCEPT == '1' then
    vim.wait(4000)
    text = child:lua('return ' .. text_of_page)
    vim.fn.mkdir(vim.fs.dirname(path), 'p')
    local file = assert(io.open(path, 'wb'))
    file:write(text)
    file:close()
  end
  local wanted = Child.read(path)
  vim.wait(suite.limit, function()
    text = child:lua('return ' .. text_of_page)
    return text == wanted
  end, 50)
  same(text, wanted, name)
end

local function close(child)
  child:lua([[if #vim.api.nvim_list_wins() > 1 then vim.cmd.close() end]])
end

local pages = {
  { 'bible', 'bible' },
  { 'bible character', 'bible/character' },
  { 'manuscript', 'manuscript' },
  { 'timeline', 'timeline' },
  { 'facts', 'facts' },
  { 'facts Tom Reeve', 'facts/Tom Reeve' },
  { 'graph', 'graph.mmd' },
  { 'graph ada-vane 2', 'graph/ada-vane.mmd' },
}

local tests = {}
for _, one in ipairs(pages) do
  tests[#tests + 1] = {
    title = 'the page of :Story ' .. one[1],
    body = function(child)
      child:open(scene)
      cursor_on(child, '# ')
      page(child, 'Story ' .. one[1], one[2])
      expected(child, one[1]:gsub(' ', '-') .. '.txt')
      same(child:lua('return { vim.bo.modifiable, vim.bo.modified, vim.bo.buftype }'), { false, false, 'nofile' }, 'the buffer')
      close(child)
      same(child:bytes(), Child.original(scene), 'the scene')
    end,
  }
end

tests[#tests + 1] = {
  title = 'a line of a page leads to its place, in the window before',
  body = function(child)
    child:open(scene)
    local window = child:lua('return vim.api.nvim_get_current_win()')
    page(child, 'vertical Story bible character', 'bible/character')
    cursor_on(child, 'Ada Vane')
    child:keys('<CR>')
    child:wait('the file', [[vim.fs.basename(vim.api.nvim_buf_get_name(0)) == 'ada-vane.yaml']])
    same(child:lua('return vim.api.nvim_get_current_win()'), window, 'the window')
    contains(child:lua([[return vim.api.nvim_get_current_line():sub(vim.api.nvim_win_get_cursor(0)[2] + 1)]]), 'Ada Vane', 'behind the cursor')
    child:keys('<C-w>p')
    child:wait('the page', [[vim.bo.filetype == 'storypage']])
    child:keys('q')
    child:wait('the page is closed', '#vim.api.nvim_list_wins() == 1')
  end,
}

tests[#tests + 1] = {
  title = 'a page follows what is typed, and its cursor stays',
  body = function(child)
    child:open(scene)
    page(child, 'Story manuscript', 'manuscript')
    local line = child:lua([[vim.cmd('normal! G'); return vim.api.nvim_win_get_cursor(0)[1] ]])
    local bufnr = child:lua('return vim.api.nvim_get_current_buf()')
    child:keys('<C-w>p')
    child:wait('the scene', [[vim.bo.filetype == 'markdown']])
    cursor_on(child, 'title:')
    child:keys('Ctitle: Another Morning<Esc>')
    child:wait('the page has the title', [[table.concat(vim.api.nvim_buf_get_lines(..., 0, -1, false), '\n'):find('Another Morning', 1, true) ~= nil]], bufnr)
    same(child:lua([[return vim.api.nvim_win_get_cursor(vim.fn.bufwinid(...))[1] ]], bufnr), line, 'the line of the cursor')
    child:keys('u')
    child:wait('the title as before', [[not table.concat(vim.api.nvim_buf_get_lines(..., 0, -1, false), '\n'):find('Another Morning', 1, true)]], bufnr)
    child:lua('vim.cmd.only()')
  end,
}

tests[#tests + 1] = {
  title = 'a page stands still while somebody types, and is read anew at most every two seconds',
  body = function(child)
    child:open(scene)
    page(child, 'Story manuscript', 'manuscript')
    local bufnr = child:lua('return vim.api.nvim_get_current_buf()')
    child:lua([[
      _G.told, _G.asked = 0, {}
      local page, server = require('storylsp.page'), require('storylsp.server')
      local changed, ask = page.changed, server.ask
      page.changed = function(...) _G.told = _G.told + 1; return changed(...) end
      server.ask = function(method, ...)
        if method == 'storylsp/manuscript' then table.insert(_G.asked, vim.uv.now()) end
        return ask(method, ...)
      end]])
    child:keys('<C-w>p')
    child:wait('the scene', [[vim.bo.filetype == 'markdown']])
    cursor_on(child, 'title:')
    child:keys('Ctitle: Another Evening')
    child:wait('the server says that something has changed', '_G.told > 0')
    vim.wait(500)
    same(child:lua('return #_G.asked'), 0, 'how often the page was asked for while somebody typed')
    child:keys('<Esc>')
    local has = [[table.concat(vim.api.nvim_buf_get_lines(..., 0, -1, false), '\n'):find('Another Evening', 1, true) ~= nil]]
    child:wait('the page has the title', has, bufnr)
    child:keys('u')
    child:wait('the title as before', 'not ' .. has, bufnr)
    local asked = child:lua([[
      local client = vim.lsp.get_clients({ name = 'storylsp' })[1]
      local before = #_G.asked
      for _ = 1, 20 do require('storylsp.page').changed(nil, nil, { client_id = client.id }) end
      return #_G.asked - before]])
    assert(asked <= 1, 'twenty changes at once are asked for ' .. asked .. ' times')
    local times = child:lua('return _G.asked')
    for number = 2, #times do
      assert(times[number] - times[number - 1] >= 2000, 'the page was asked for twice in ' .. times[number] - times[number - 1] .. ' ms')
    end
    child:lua('vim.cmd.only()')
  end,
}

tests[#tests + 1] = {
  title = 'nobody of that name is a message, and no window',
  body = function(child)
    child:open(scene)
    command(child, 'Story graph nobody')
    child:wait('the message', [[vim.api.nvim_exec2('messages', { output = true }).output:find('nobody', 1, true) ~= nil]])
    same(child:lua('return #vim.api.nvim_list_wins()'), 1, 'windows')
  end,
}

tests[#tests + 1] = {
  title = 'an export, into a buffer and into a file, which is not replaced unasked',
  body = function(child)
    child:open(scene)
    command(child, 'Story export timeline')
    child:wait('the buffer', [[vim.bo.filetype == 'mermaid']])
    local text = child:lua('return ' .. text_of_page)
    contains(text, 'timeline\n', 'the buffer')
    close(child)
    local path = child.home .. '/out/line of time.mmd'
    command(child, 'Story export timeline ' .. path)
    child:wait('the file', 'vim.uv.fs_stat(...) ~= nil', path)
    same(Child.read(path), text, 'the file')
    vim.fn.writefile({ 'mine' }, path)
    command(child, 'Story export timeline ' .. path)
    child:wait('the message', [[vim.api.nvim_exec2('messages', { output = true }).output:find('is there already', 1, true) ~= nil]])
    same(Child.read(path), 'mine\n', 'the file that was there')
    local odd = child.home .. '/out/a[1] *.mmd'
    vim.fn.writefile({ 'mine' }, child.home .. '/out/a1 b.mmd') -- what a wildcard would find
    command(child, 'Story export timeline ' .. odd)
    child:wait('the file with a strange name', 'vim.uv.fs_stat(...) ~= nil', odd)
    same(Child.read(odd), text, 'the file with a strange name')
    command(child, 'Story export timeline ~/at home.mmd')
    child:wait('the file at home', 'vim.uv.fs_stat(...) ~= nil', child.home .. '/at home.mmd')
    command(child, 'Story! export timeline ' .. path)
    assert(vim.wait(10000, function()
      return Child.read(path) == text
    end, 20), 'the file is replaced with !')
  end,
}

tests[#tests + 1] = {
  title = 'with ! the places are in the quickfix list, in their order',
  body = function(child)
    child:open(scene)
    command(child, 'Story! manuscript')
    child:wait('the list', [[vim.bo.filetype == 'qf']])
    local found = child:lua([[return vim.tbl_map(function(item) return vim.trim(item.text:match('^(.-)  %d')) end, vim.fn.getqflist())]])
    same(found, { 'Arrival', 'The Crossing', 'Lamplight', 'The Quarry' }, 'the list')
    same(child:lua([[return vim.fn.getqflist({ title = 1 }).title]]), 'Manuscript', 'the title')
    child:lua('vim.cmd.cclose()')
  end,
}

tests[#tests + 1] = {
  title = 'status, state and fairness',
  body = function(child)
    child:open(scene)
    cursor_on(child, '# ')
    command(child, 'Story status')
    child:wait('the words', [[vim.api.nvim_exec2('messages', { output = true }).output:find('the story: %d+ words') ~= nil]])
    command(child, 'Story state')
    child:wait('the page', [[vim.api.nvim_buf_get_name(0):find('storylsp:/view/', 1, true) ~= nil and vim.fn.search('Ada Vane', 'nw') > 0]])
    child:edit(scene)
    child:lua([[vim.cmd('messages clear')]])
    command(child, 'Story fairness')
    child:wait('what is missing', [[vim.api.nvim_exec2('messages', { output = true }).output ~= '']])
  end,
}

tests[#tests + 1] = {
  title = 'what <Tab> offers',
  body = function(child)
    child:open(scene)
    local function offered(line)
      return child:lua([[return vim.fn.getcompletion(..., 'cmdline')]], line)
    end
    same(offered('Story ma'), { 'manuscript' }, 'subcommands')
    same(offered('vertical Story! time'), { 'timeline' }, 'subcommands behind modifiers')
    -- The first answer may come after the first question.
    child:wait('types', [[vim.deep_equal(vim.fn.getcompletion('Story bible ch', 'cmdline'), { 'character' })]])
    child:wait('ids', [[vim.deep_equal(vim.fn.getcompletion('Story facts ad', 'cmdline'), { 'ada-vane' })]])
    child:wait('pipelines', [[vim.deep_equal(vim.fn.getcompletion('Story run cont', 'cmdline'), { 'continue-scene' })]])
    same(offered('Story export '), { 'graph', 'timeline' }, 'formats')
    same(offered('Story refactor move-'), { 'move-chapter', 'move-scene' }, 'refactorings')
    same(offered('Story run continue-scene '), {}, 'words of one\'s own')
    same(offered('Story nonsense '), {}, 'no subcommand')
  end,
}

--- Writers' pickers, which are no part of these tests, as far as they are called: they note what they were given.
local stand_ins = [[
  local function load(name, module) package.loaded[name] = nil; package.preload[name] = function() return module end end
  if ... == 'telescope' then
    load('telescope.config', { values = { generic_sorter = function() return 'sorter' end, grep_previewer = function() return 'previewer' end } })
    load('telescope.finders', { new_table = function(table) return table end })
    load('telescope.actions', { close = function() _G.closed = true end, select_default = { replace = function(_, body) _G.choose = body end } })
    load('telescope.actions.state', { get_selected_entry = function() return _G.entries[_G.wanted] end })
    load('telescope.pickers', { new = function(_, given)
      return { find = function()
        _G.title = given.prompt_title
        _G.entries = vim.tbl_map(given.finder.entry_maker, given.finder.results)
        assert(given.attach_mappings(1))
      end }
    end })
  elseif ... == 'vim.ui.select' then
    vim.ui.select = function(items, given, done)
      _G.title, _G.lines = given.prompt, vim.tbl_map(given.format_item, items)
      _G.choose = function() done(items[_G.wanted]) end
    end
  else
    load('fzf-lua', { fzf_exec = function(lines, given)
      _G.title, _G.lines = given.prompt, lines
      _G.choose = function() given.actions.default({ lines[_G.wanted] }) end
    end })
  end
]]

for _, picker in ipairs({ 'telescope', 'fzf-lua', 'vim.ui.select' }) do
  tests[#tests + 1] = {
    title = ('the bible in %s, where it is there (a stand-in)'):format(picker),
    fresh = true,
    body = function(child)
      child:open(scene)
      child:lua(stand_ins, picker)
      command(child, 'Story bible')
      child:wait('the picker', [[_G.title ~= nil]])
      contains(child:lua('return _G.title'), 'Story bible', 'the title')
      child:lua([[
        for number, entry in ipairs(_G.entries or _G.lines) do
          if (entry.display or entry):find('Tom Reeve  character', 1, true) then _G.wanted = number end
        end
        _G.choose()]])
      child:wait('the place', [[vim.fs.basename(vim.api.nvim_buf_get_name(0)) == 'tom-reeve.md']])
      same(child:lua('return #vim.api.nvim_list_wins()'), 1, 'windows')
    end,
  }
end

--- The groups of the semantic tokens at the first letter of a text.
local groups_at = [[
  local row = vim.fn.search('\\V' .. ..., 'cw') - 1
  local column = vim.api.nvim_win_get_cursor(0)[2]
  return vim.tbl_map(function(mark) return mark.opts.hl_group end, vim.inspect_pos(0, row, column).semantic_tokens)
]]

local highlights = {
  title = 'names have the groups of this server, linked by default and never over the user\'s',
  body = function(child)
    child:lua([[vim.api.nvim_set_hl(0, 'StoryPlace', { fg = '#123456' })]])
    child:open(scene)
    child:wait('the token', ([[vim.tbl_contains((function(...) %s end)(...), '@lsp.type.class.storylsp')]]):format(groups_at), 'ada-vane')
    local function link(group)
      return child:lua([[return vim.api.nvim_get_hl(0, { name = ... }).link or 'none']], group)
    end
    same(link('@lsp.type.class.storylsp'), 'StoryCharacter', 'people')
    same(link('StoryCharacter'), '@lsp.type.class', 'people')
    same(link('StoryPlace'), 'none', 'the place, which is the user\'s')
    child:lua([[vim.cmd.colorscheme('habamax')]])
    same(link('StoryCharacter'), '@lsp.type.class', 'people in another scheme')
    child:lua([[vim.api.nvim_set_hl(0, 'StoryTitle', { link = 'ErrorMsg' }); vim.api.nvim_exec_autocmds('ColorScheme', {})]])
    same(link('StoryTitle'), 'ErrorMsg', 'a link of the user\'s')
  end,
}

local own_group = {
  title = 'a group that the user has coloured for a file type goes before',
  body = function(child)
    child:lua([[vim.api.nvim_set_hl(0, '@lsp.type.class.markdown', { fg = '#123456' })]])
    child:open(scene)
    local groups = ([[(function(...) %s end)(...)]]):format(groups_at)
    child:wait('the token of a key', ([[vim.tbl_contains(%s, '@lsp.type.property.storylsp')]]):format(groups), 'pov:')
    child:wait('the token of a name', ([[vim.tbl_contains(%s, '@lsp.type.class.markdown')]]):format(groups), 'ada-vane')
    local found = child:lua('return ' .. groups, 'ada-vane')
    same(vim.tbl_contains(found, '@lsp.type.class.storylsp'), false, vim.inspect(found))
  end,
}

local script = {
  title = 'a script has its colours before the server answers',
  body = function(child)
    local lines = {
      'Title: The Affair', '', 'INT. KITCHEN - NIGHT #3A#', '', 'A tap. **Silver** on a table.', '', 'LENA DUQUETTE (O.S.)', '(too quickly)', 'Has there? [[ask]]', '', 'She runs.', 'BANG', 'there.', '',
      'CUT TO:', '', 'ALONE', '', '.MONTAGE', '', 'End.',
    }
    vim.fn.writefile(lines, child.workspace .. '/scenes/script.fountain')
    child:edit('scenes/script.fountain')
    local found = child:lua([[
      vim.cmd('syntax on')
      local found = {}
      for line = 1, vim.fn.line('$') do
        found[line] = vim.fn.synIDattr(vim.fn.synID(line, 1, 1), 'name'):gsub('^fountain', '')
      end
      return found]])
    same(found, { 'TitleKey', '', 'Heading', '', '', '', 'Character', 'Parenthetical', '', '', '', '', '', '', 'Transition', '', '', '', 'Heading', '', '' }, 'the groups')
    same(child:lua([[return { vim.fn.synIDattr(vim.fn.synID(5, 10, 1), 'name'), vim.fn.synIDattr(vim.fn.synID(9, 14, 1), 'name'), vim.fn.synIDattr(vim.fn.synID(3, 23, 1), 'name') }]]), { 'fountainBold', 'fountainNote', 'fountainNumber' }, 'inside of lines')
  end,
}

local startup = {
  title = 'nothing is loaded before it is needed',
  body = function(child)
    child:lua([[vim.opt.runtimepath:append(...); vim.cmd('runtime! plugin/storylsp.lua ftdetect/fountain.lua')]], client)
    same(child:lua([[return vim.fn.exists(':Story')]]), 2, 'the command')
    same(child:lua([[return vim.tbl_filter(function(name) return vim.startswith(name, 'storylsp') end, vim.tbl_keys(package.loaded))]]), {}, 'modules')
  end,
}

--- What must be in the help, by tag.
local wanted_tags = [[
  local tags = {}
  for _, name in ipairs(require('storylsp.command').names) do tags[#tags + 1] = ':Story-' .. name end
  for name in pairs(require('storylsp.colours').groups) do
    if vim.startswith(name, 'Story') then tags[#tags + 1] = 'hl-' .. name end
  end
  for name, value in pairs(require('storylsp')) do
    if type(value) == 'function' then tags[#tags + 1] = ('storylsp.%s()'):format(name) end
  end
  for _, option in ipairs(require('storylsp').own_options) do
    tags[#tags + 1] = (option == 'models' and 'storylsp-setup-' or 'storylsp-') .. option
  end
  return tags
]]

local help = {
  title = 'the help has every subcommand, option, highlight and function, and no link that leads nowhere',
  body = function(child)
    local folder = child.home .. '/help'
    vim.fn.mkdir(folder)
    vim.fn.system({ 'cp', '-r', client .. '/doc', folder })
    same(child:lua([[local ok, problem = pcall(vim.cmd.helptags, ...); return ok or problem]], folder .. '/doc'), true, ':helptags')
    local tags = {}
    for line in Child.read(folder .. '/doc/tags'):gmatch('[^\n]+') do
      tags[line:match('^[^\t]+')] = true
    end
    local wanted = child:lua(wanted_tags)
    assert(#wanted > 40, 'too few to be all')
    for _, tag in ipairs(wanted) do
      assert(tags[tag], 'the help has no ' .. tag)
    end
    for tag in pairs(tags) do
      local name = tag:match('^:Story%-(.*)$')
      assert(not name or vim.tbl_contains(wanted, tag), 'the help has ' .. tag .. ', which is no subcommand')
    end
    local text = Child.read(client .. '/doc/storylsp.txt')
    for line in text:gmatch('[^\n]+') do
      assert(vim.fn.strdisplaywidth(line) <= 79, 'a long line: ' .. line)
    end
    if vim.fn.has('nvim-0.11') == 1 then
      -- 0.10 has no help yet for what came after it.
      child:lua([[vim.opt.runtimepath:append(...)]], folder)
      for link in text:gmatch('|([^|%s]+)|') do
        same(child:lua([[return { pcall(vim.cmd.help, ...) }]], link)[1], true, 'the link ' .. link)
      end
    end
    -- What the README says is there is there.
    for name in Child.read(client .. '/README.md'):gmatch('`:Story (%l+)') do
      assert(tags[':Story-' .. name], 'the README names :Story ' .. name)
    end
  end,
}

function M.define()
  local shared = vim.tbl_filter(function(one)
    return not one.fresh
  end, tests)
  suite.group(plugin, shared)
  for _, one in ipairs(tests) do
    if one.fresh then
      suite.group(plugin, { one })
    end
  end
  suite.group(plugin, { highlights, script })
  suite.group(plugin, { own_group })
  suite.group({ way = 'none' }, { startup })
  suite.group(plugin, { help })
end

return M
