--- What :Story shows of a story: its bible, manuscript and timeline, the facts of a scene, the graph of who is what to whom.
local M = {}

local server = require('storylsp.server')
local page = require('storylsp.page')
local places = require('storylsp.places')
local lines = require('storylsp.lines')

--- Shows a list of places in a picker or the quickfix list where one is wanted, else as a page.
local function list(view, context)
  local picker = places.which(context.bang)
  if not picker then
    page.open(view, context.mods)
    return
  end
  server.ask(view.method, view.params, function(answer, client)
    places.offer(picker, view.title, view.places(answer), client)
  end)
end

-- The bible.

function M.bible(words, context)
  local wanted = words[1] and table.concat(words, ' ')
  list({
    title = 'Story bible',
    name = wanted and 'bible/' .. wanted or 'bible',
    method = 'storylsp/bible',
    lines = function(answer)
      return lines.bible(answer, wanted)
    end,
    places = function(answer)
      local found = {}
      for _, kind in ipairs(lines.wanted_types(answer, wanted)) do
        for _, thing in ipairs(kind.containers) do
          local text = ('%s  %s'):format(thing.name, thing.type) .. (thing.detail and ': ' .. thing.detail or '')
          found[#found + 1] = { text = text, uri = thing.uri, range = thing.range }
        end
      end
      return found
    end,
  }, context)
end

--- A page, which is read as a whole and not searched; the list with `!`.
local function show(view, context)
  if context.bang then
    list(view, context)
  else
    page.open(view, context.mods)
  end
end

-- The manuscript.

function M.manuscript(_, context)
  local view = {
    title = 'Manuscript',
    name = 'manuscript',
    method = 'storylsp/manuscript',
    lines = lines.manuscript,
    places = function(answer)
      local found = {}
      lines.walk(answer.entries, function(entry, depth)
        found[#found + 1] = { text = ('%s%s  %s'):format(('  '):rep(depth), entry.name, lines.of_target(entry.words, entry.target)), uri = entry.uri, range = entry.range }
      end)
      return found
    end,
  }
  show(view, context)
end

-- The timeline.

function M.timeline(_, context)
  local view = {
    title = 'Timeline',
    name = 'timeline',
    method = 'storylsp/timeline',
    lines = lines.timeline,
    places = function(answer)
      return vim.tbl_map(function(entry)
        return { text = ('%s  %s'):format(entry.label, entry.name), uri = entry.uri, range = entry.range }
      end, answer.entries)
    end,
  }
  show(view, context)
end

-- The facts as of a scene.

--- Where the cursor is, as the server wants it; nil in a buffer that is no file.
local function here(client)
  if vim.bo.buftype ~= '' then
    return nil
  end
  return vim.lsp.util.make_position_params(0, client.offset_encoding).position
end

--- What holds when the scene at the cursor begins: for all, or for whoever is named.
function M.facts(words, context)
  local client = server.client()
  if not client then
    return
  end
  local who = words[1] and table.concat(words, ' ')
  local params = { uri = server.story(client), position = here(client), who = who }
  -- The answer has ids; what they are called, and where they are, the bible and the timeline say.
  local things = {}
  local function note(list)
    for _, thing in ipairs(list) do
      things[thing.id] = thing
    end
  end
  server.ask('storylsp/timeline', { uri = params.uri }, function(timeline)
    note(timeline.entries)
    server.ask('storylsp/bible', { uri = params.uri }, function(bible)
      for _, kind in ipairs(bible.types) do
        note(kind.containers)
      end
      page.open({
        name = who and 'facts/' .. who or 'facts',
        method = 'storylsp/facts',
        params = params,
        client = client,
        lines = function(answer)
          return lines.facts(answer, things)
        end,
      }, context.mods)
    end, client)
  end, client)
end

-- Texts for others.

--- Lines of plain text as a page, without colours of ours.
local function plain(text)
  return vim.tbl_map(function(line)
    return { { line } }
  end, vim.split((text:gsub('\n$', '')), '\n'))
end

--- Who is what to whom, as the text of a Mermaid diagram: of the whole story, or around somebody as far as `depth` steps.
function M.graph(words, context)
  local depth = tonumber(words[#words])
  local of = table.concat(vim.list_slice(words, 1, depth and #words - 1 or #words), ' ')
  page.open({
    name = of ~= '' and ('graph/%s.mmd'):format(of) or 'graph.mmd',
    method = 'storylsp/graph',
    params = { of = of ~= '' and of or nil, depth = depth },
    filetype = 'mermaid',
    lines = function(answer)
      return plain(answer.mermaid)
    end,
  }, context.mods)
end

--- Writes a text into a file that is not there, or that may be replaced.
local function write(path, text, bang)
  if vim.uv.fs_stat(path) and not bang then
    vim.notify(('%s is there already. :Story! export … replaces it.'):format(path), vim.log.levels.WARN)
    return
  end
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  local file, problem = io.open(path, 'wb')
  if not file then
    vim.notify(('%s could not be written: %s'):format(path, problem), vim.log.levels.ERROR)
    return
  end
  file:write(text)
  file:close()
  vim.notify(path .. ' is written.')
end

--- Exports the story in a format: into a file (with `:Story!` in the place of one that is there), or as a buffer of its own.
function M.export(words, context)
  local format, path = words[1], words[2] and table.concat(words, ' ', 2)
  if not format then
    vim.notify(':Story export FORMAT [FILE]', vim.log.levels.WARN)
    return
  end
  server.ask('storylsp/export', { format = format }, function(answer)
    if path then
      write(vim.fn.fnamemodify(path, ':p'), answer.text, context.bang)
      return
    end
    local bufnr = vim.api.nvim_create_buf(true, true)
    vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, vim.split((answer.text:gsub('\n$', '')), '\n'))
    vim.bo[bufnr].filetype = 'mermaid'
    page.show(bufnr, context.mods)
  end)
end

-- The server's own pages, in Markdown.

local function view(name)
  return function()
    local client = server.client()
    if client then
      server.execute('storylsp.view', { page = name, uri = server.story(client), position = here(client) })
    end
  end
end

--- How things stand when the scene at the cursor begins.
M.state = view('state')

--- Who could know each clue of a case, and when.
M.fairness = view('fairness')

--- The words, the findings, and what the server is at.
function M.status()
  local client = server.client()
  if not client then
    return
  end
  server.ask('storylsp/status', { position = here(client) }, function(status)
    local parts = {}
    if status.scene then
      parts[#parts + 1] = ('%s: %s'):format(status.scene.name, lines.of_target(status.scene.words, status.scene.target))
    end
    if status.words then
      parts[#parts + 1] = 'the story: ' .. lines.of_target(status.words, status.target)
    end
    if status.errors then
      parts[#parts + 1] = ('%d errors, %d warnings'):format(status.errors, status.warnings or 0)
    end
    if status.index.state ~= 'ready' then
      parts[#parts + 1] = ('%s, %d files'):format(status.index.state, status.index.files)
    end
    parts[#parts + 1] = status.ai.enabled and ('AI: %s%s'):format(status.ai.provider, status.ai.model and ' ' .. status.ai.model or '') or 'AI is off'
    vim.notify(table.concat(parts, ' · '))
  end, client)
end

return M
