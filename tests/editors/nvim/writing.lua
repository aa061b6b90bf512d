-- What the writer does in the day: day.lua says how it is done and compared.
local M = {}

--- Where something is, without this machine.
local function place(child, uri, range)
  return ('%s:%d'):format(vim.uri_to_fname(uri):sub(#child.workspace + 2), range.start.line + 1)
end

--- The lines of a list, sorted where its order says nothing.
local function text_of(lines, sorted)
  if sorted then
    table.sort(lines)
  end
  return table.concat(lines, '\n') .. '\n'
end

--- The symbols of a document as an outline.
local function outline(symbols, depth)
  local lines = {}
  for _, symbol in ipairs(symbols) do
    lines[#lines + 1] = ('%s%s%s'):format(('  '):rep(depth), symbol.name, symbol.detail and symbol.detail ~= '' and ' · ' .. symbol.detail or '')
    vim.list_extend(lines, outline(symbol.children or {}, depth + 1))
  end
  return lines
end

function M.write(day)
  local child, change, look, at = day.child, day.change, day.look, day.at
  local ada, timeline, chapter = 'characters/Ada Vane.md', 'notes/timeline.md', 'chapters/02-regular-as-prayers.md'

  look('the outline of a chapter', function()
    at(chapter, '# Regular')
    return table.concat(outline(day.ask('textDocument/documentSymbol', {}), 0), '\n') .. '\n'
  end)

  look('a card of the detective as of the scene', function()
    at('scenes/burial.md', 'pov: ada', 5)
    local hover = day.ask('textDocument/hover', { position = day.position() })
    return (hover.contents and hover.contents.value or vim.inspect(hover)):gsub(vim.pesc(child.home), '') .. '\n'
  end)

  change('rename the detective', function()
    at(ada, 'Ada Vane')
    day.rename('Ada Marlowe')
    day.choose('Accept')
  end)

  change('and back', function()
    at('characters/Ada Marlowe.md', 'Ada Marlowe')
    day.rename('Ada Vane')
    day.choose('Accept')
  end)

  change('give the ferryman another id', function()
    at('characters/callers.yaml', 'id: tom', 4)
    day.rename('tom-rudd')
  end)

  change('complete a link in a note', function()
    at(timeline, 'One page to write by.')
    child:keys('A It ends with [[epi')
    day.complete('Carried Forward')
    day.type_keys('<Esc>')
  end)

  change('complete a key and its value', function()
    at('characters/household.yaml', 'eyes: brown')
    child:keys('oheig')
    day.complete('height')
    child:wait('the colon', [[vim.api.nvim_get_current_line() == 'height: ']])
    day.type_keys('five feet one<Esc>')
  end)

  change('a link closes itself', function()
    at('notes/storyboard.md', '#')
    child:keys('Go<CR>See [[vat]')
    child:wait('the second bracket', [==[vim.api.nvim_get_current_line() == 'See [[vat]]']==])
    day.type_keys(', and what he said of it.<Esc>')
  end)

  change('a list goes on', function()
    at('plan/plan.yaml', '  - One comparison at a time.')
    child:keys('A<CR>')
    child:wait('the next entry', [[vim.api.nvim_get_current_line() == '  - ']])
    day.type_keys('No dialect.<Esc>')
  end)

  change('a mention becomes a link', function()
    at('scenes/landing.md', 'They got Tom Rudd', 9)
    day.action('Link to')
  end)

  change('and a mention again', function()
    at('scenes/landing.md', 'They got [[', 12)
    day.action('Write `')
  end)

  change('a passage becomes a note with a name', function()
    at('scenes/landing.md', 'The card had said twelve to the minute.')
    child:keys('v/minute<CR>e<Esc>')
    child:wait('the selection', [[vim.fn.getpos("'>")[2] > 0 and vim.api.nvim_get_mode().mode == 'n']])
    child:lua([[vim.cmd("'<,'>Story refactor extract-container type=note newName=Twelve to the minute")]])
  end)

  change('split a scene', function()
    at('scenes/vat.md', 'The vat room ran the whole length')
    day.action('Split')
  end)

  change('and merge it again', function()
    at('scenes/vat.md', 'He thought this over')
    day.action('Merge')
  end)

  change('move the note of the week, with all links', function()
    at(timeline, '# The week')
    child:lua([[vim.cmd('Story move plan/the-week.md')]])
  end)

  change('move a scene up in the manuscript', function()
    at('scenes/lesson.md', 'pov: lena')
    child:lua([[vim.cmd('Story refactor move-scene to=up')]])
  end)

  change('and down again', function()
    at('scenes/lesson.md', 'pov: lena')
    child:lua([[vim.cmd('Story refactor move-scene to=down')]])
  end)

  change('move a chapter up', function()
    at('scenes/lesson.md', 'pov: lena')
    child:lua([[vim.cmd('Story refactor move-chapter to=up')]])
  end)

  change('and the chapter down again', function()
    at('scenes/lesson.md', 'pov: lena')
    child:lua([[vim.cmd('Story refactor move-chapter to=down')]])
  end)

  change('what if the bookkeeper were born in 1902', function()
    at('characters/household.yaml', 'born: 1899-05-20')
    child:lua([[vim.ui.input = function(_, done) done('1902') end]])
    day.action('What')
    day.choose('Accept')
  end)

  change('a change of the scene is written down', function()
    at('scenes/burial.md', 'lena', 0)
    child:lua([[vim.cmd('Story refactor add-progression who=lena field=hair value=gray')]])
  end)

  change('a person who is only named is made', function()
    at('scenes/water.md', 'characters: [lena')
    day.type_keys('f]i, sexton<Esc>b')
    child:wait('the finding', [[vim.iter(vim.diagnostic.get(0)):any(function(d) return d.code == 'ref/unresolved' end)]])
    at('scenes/water.md', 'sexton')
    day.action('Create the character')
  end)

  change('sort a list', function()
    at('characters/Ada Vane.md', 'traits: [exact', 9)
    day.action('Sort')
  end)

  change('lay out a file that was typed in a hurry', function()
    at('things/items.yaml', '  - id: skiff')
    child:lua([[vim.bo.indentexpr = '']]) -- it would lay out what is typed, and that is what is looked at here
    day.type_keys('0C  -   id:   skiff<Esc>j0C      name:    the skiff   <Esc>j0C      owner:  tom-rudd<Esc>j0C      location:   ferry-landing # bottom up<Esc>')
    child:lua('vim.lsp.buf.format()')
  end)

  change('a name is misspelt', function()
    at('scenes/water.md', 'pov: lena', 5)
    day.type_keys('cwlenna<Esc>')
    child:wait('the finding', [[vim.iter(vim.diagnostic.get(0)):any(function(d) return d.code == 'ref/unresolved' end)]])
  end)

  change('and is mended', function()
    at('scenes/water.md', 'pov: lenna', 5)
    day.action('Replace with')
  end)

  change('a name is completed in prose', function()
    at('scenes/water.md', '---')
    child:keys('GoThe last to go up was Bri')
    day.complete('Bridget Noonan')
    day.type_keys('.<Esc>')
  end)

  change('a new character from a snippet', function()
    child:open('characters/boy.yaml')
    child:keys('icha')
    day.complete('new character')
    child:wait('the snippet', [[vim.snippet.active()]])
    child:keys('The Boy')
    day.type_keys('<Esc>')
    child:lua([[vim.snippet.stop(); vim.cmd('silent g/: $/d')]]) -- what the writer leaves open
  end)

  change('a date as one says it', function()
    at('characters/boy.yaml', 'name: The Boy')
    day.type_keys('oborn: 3 May 1915<Esc>')
  end)

  change('and as the story counts it', function()
    at('characters/boy.yaml', '3 May 1915')
    day.action('Write it as')
  end)

  look('hints in a scene', function()
    at('scenes/burial.md', 'pov: ada')
    local hints = day.ask('textDocument/inlayHint', { range = { start = { line = 0, character = 0 }, ['end'] = { line = 30, character = 0 } } })
    return text_of(vim.tbl_map(function(hint)
      local label = type(hint.label) == 'string' and hint.label or table.concat(vim.tbl_map(function(part) return part.value end, hint.label))
      local line = child:lua('return vim.api.nvim_buf_get_lines(0, ..., ... + 1, false)[1]', hint.position.line)
      return ('%s ⟨%s⟩ %s'):format(line:sub(1, hint.position.character), label, line:sub(hint.position.character + 1))
    end, hints))
  end)

  look('lenses on the household', function()
    at('characters/household.yaml', 'id: lena')
    local lines = {}
    for _, lens in ipairs(day.ask('textDocument/codeLens', {})) do
      local resolved = lens.command and lens or child:lua([[
        local _, answer = next(vim.lsp.buf_request_sync(0, 'codeLens/resolve', ..., 20000) or {})
        return answer and answer.result
      ]], lens)
      lines[#lines + 1] = ('%d: %s'):format(resolved.range.start.line + 1, resolved.command.title)
    end
    return text_of(lines)
  end)

  look('where the ferryman is', function()
    at('characters/callers.yaml', 'Tom Rudd')
    local groups = day.ask('storylsp/appearances', { uri = child:lua('return vim.uri_from_bufnr(0)'), position = day.position() })
    local lines = {}
    for _, group in ipairs({ 'defined', 'present', 'mentioned' }) do
      for _, one in ipairs(groups[group] or {}) do
        lines[#lines + 1] = group .. ' ' .. place(child, one.uri, one.range)
      end
    end
    return #lines > 0 and text_of(lines) or vim.inspect(groups)
  end)

  look('with whom he shares scenes', function()
    at('characters/callers.yaml', 'Tom Rudd')
    local item = day.ask('textDocument/prepareCallHierarchy', { position = day.position() })[1]
    local lines = {}
    for _, call in ipairs(day.ask('callHierarchy/outgoingCalls', { item = item })) do
      lines[#lines + 1] = ('%s (%s): %d'):format(call.to.name, call.to.detail or '', #call.fromRanges)
    end
    return text_of(lines)
  end)

  look('the links of the read-me', function()
    child:open('README.md')
    return text_of(vim.tbl_map(function(link)
      local line = child:lua('return vim.api.nvim_buf_get_lines(0, ..., ... + 1, false)[1]', link.range.start.line)
      return ('%s -> %s'):format(line:sub(link.range.start.character + 1, link.range['end'].character), ((link.target or '(later)'):gsub('^.-/hollow%-creek/', '')))
    end, day.ask('textDocument/documentLink', {})))
  end)

  look('what folds in a chapter', function()
    child:open(chapter)
    return text_of(vim.tbl_map(function(fold)
      return ('%d-%d %s'):format(fold.startLine + 1, fold.endLine + 1, fold.kind or '')
    end, day.ask('textDocument/foldingRange', {})))
  end)

  look('a selection that grows', function()
    at('scenes/burial.md', 'held his hand')
    local lines, selection = {}, day.ask('textDocument/selectionRange', { positions = { day.position() } })[1]
    while selection do
      local range = selection.range
      lines[#lines + 1] = ('%d:%d-%d:%d'):format(range.start.line + 1, range.start.character + 1, range['end'].line + 1, range['end'].character + 1)
      selection = selection.parent
    end
    return text_of(lines)
  end)

  look('find by a name half remembered', function()
    child:open(chapter)
    return text_of(vim.tbl_map(function(symbol)
      return ('%s · %s %s'):format(symbol.name, symbol.containerName or '', place(child, symbol.location.uri, symbol.location.range or { start = { line = 0 } }))
    end, day.ask('workspace/symbol', { query = 'weir' })))
  end)

  look('what the server finds wrong at the end of the day', function()
    local lines = {}
    for _, report in ipairs(day.ask('workspace/diagnostic', { previousResultIds = {} }).items) do
      for _, finding in ipairs(report.items or {}) do
        lines[#lines + 1] = ('%s %s: %s'):format(place(child, report.uri, finding.range), finding.code, finding.message)
      end
    end
    return text_of(lines, true)
  end)
end

return M
