--- What :Story shows of a story: its bible, manuscript and timeline, the facts of a scene, the graph of who is what to whom.
local M = {}

local server = require('storylsp.server')
local page = require('storylsp.page')
local places = require('storylsp.places')

--- A number with a space between thousands.
local function counted(number)
  local digits = tostring(math.floor(number))
  local text, count = digits, 0
  repeat
    text, count = text:gsub('^(%d+)(%d%d%d)', '%1 %2')
  until count == 0
  return text
end

local function of_target(words, target)
  return target and ('%s of %s words'):format(counted(words), counted(target)) or ('%s word%s'):format(counted(words), words == 1 and '' or 's')
end

--- A text with blanks to a width in cells.
local function padded(text, width)
  return text .. (' '):rep(width - vim.fn.strdisplaywidth(text))
end

--- The widest of some texts, in cells, but no more than a limit.
local function widest(texts, limit)
  local width = 0
  for _, text in ipairs(texts) do
    width = math.max(width, vim.fn.strdisplaywidth(text))
  end
  return math.min(width, limit)
end

local groups = {
  character = 'StoryCharacter',
  location = 'StoryPlace',
  item = 'StoryItem',
  scene = 'StoryScene',
  chapter = 'StoryScene',
  event = 'StoryScene',
  fact = 'StoryFact',
  clue = 'StoryFact',
  thread = 'StoryFact',
  case = 'StoryFact',
}

local function group_of(type)
  return groups[type] or 'StoryThing'
end

local function place_of(thing)
  return thing.uri and thing.range and { uri = thing.uri, range = thing.range } or nil
end

local function names_of(things)
  return table.concat(
    vim.tbl_map(function(thing)
      return type(thing) == 'table' and (thing.name or thing.id) or tostring(thing)
    end, things or {}),
    ', '
  )
end

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

--- The types of the answer that are wanted: all, or the one that is named by its type or its title.
local function wanted_types(answer, wanted)
  return vim.tbl_filter(function(kind)
    return #kind.containers > 0 and (not wanted or kind.type == wanted or kind.title:lower() == wanted:lower())
  end, answer.types)
end

local function bible_lines(answer, wanted)
  local lines = {}
  for _, kind in ipairs(wanted_types(answer, wanted)) do
    if #lines > 0 then
      lines[#lines + 1] = { { '' } }
    end
    lines[#lines + 1] = { { kind.title, 'StoryTitle' }, { '  ' .. #kind.containers, 'StoryCount' } }
    local width = widest(vim.tbl_map(function(thing)
      return thing.name
    end, kind.containers), 36)
    for _, thing in ipairs(kind.containers) do
      lines[#lines + 1] = {
        { '  ' },
        { thing.name, group_of(thing.type) },
        { padded('', width - vim.fn.strdisplaywidth(thing.name)) },
        { '  ' .. (thing.detail or ''), 'StoryDetail' },
        target = place_of(thing),
      }
    end
  end
  if #lines == 0 then
    lines[1] = { { wanted and ('Nothing in the story is of the type %s.'):format(wanted) or 'The story has nobody and nothing yet.', 'StoryDetail' } }
  end
  return lines
end

function M.bible(words, context)
  local wanted = words[1] and table.concat(words, ' ')
  list({
    title = 'Story bible',
    name = wanted and 'bible/' .. wanted or 'bible',
    method = 'storylsp/bible',
    lines = function(answer)
      return bible_lines(answer, wanted)
    end,
    places = function(answer)
      local found = {}
      for _, kind in ipairs(wanted_types(answer, wanted)) do
        for _, thing in ipairs(kind.containers) do
          local text = ('%s  %s'):format(thing.name, thing.type) .. (thing.detail and ': ' .. thing.detail or '')
          found[#found + 1] = { text = text, uri = thing.uri, range = thing.range }
        end
      end
      return found
    end,
  }, context)
end

-- The manuscript.

--- Calls `each` with every part, chapter and scene, and how deep it lies.
local function walk(entries, each, depth)
  for _, entry in ipairs(entries or {}) do
    each(entry, depth or 0)
    walk(entry.children, each, (depth or 0) + 1)
  end
end

local function findings_of(entry)
  local pieces = {}
  if (entry.errors or 0) > 0 then
    pieces[#pieces + 1] = { ('  %d error%s'):format(entry.errors, entry.errors == 1 and '' or 's'), 'StoryError' }
  end
  if (entry.warnings or 0) > 0 then
    pieces[#pieces + 1] = { ('  %d warning%s'):format(entry.warnings, entry.warnings == 1 and '' or 's'), 'StoryWarning' }
  end
  return pieces
end

local function manuscript_lines(answer)
  local names = {}
  walk(answer.entries, function(entry, depth)
    names[#names + 1] = ('  '):rep(depth) .. entry.name
  end)
  local width, lines = widest(names, 48), {}
  lines[1] = { { 'Manuscript', 'StoryTitle' }, { '  ' .. of_target(answer.words, answer.target), 'StoryCount' } }
  if #names == 0 then
    lines[2] = { { 'There is no scene yet.', 'StoryDetail' } }
  end
  walk(answer.entries, function(entry, depth)
    local name = ('  '):rep(depth) .. entry.name
    local line = {
      { padded(name, width), entry.kind == 'scene' and 'StoryScene' or 'StoryTitle' },
      { '  ' .. of_target(entry.words, entry.target), 'StoryCount' },
      { entry.status and '  ' .. entry.status or '', 'StoryDetail' },
      target = place_of(entry),
    }
    lines[#lines + 1] = vim.list_extend(line, findings_of(entry))
  end)
  return lines
end

function M.manuscript(_, context)
  local view = {
    title = 'Manuscript',
    name = 'manuscript',
    method = 'storylsp/manuscript',
    lines = manuscript_lines,
    places = function(answer)
      local found = {}
      walk(answer.entries, function(entry, depth)
        found[#found + 1] = { text = ('%s%s  %s'):format(('  '):rep(depth), entry.name, of_target(entry.words, entry.target)), uri = entry.uri, range = entry.range }
      end)
      return found
    end,
  }
  if context.bang then
    list(view, context)
  else
    page.open(view, context.mods) -- an outline is read as a whole, not searched
  end
end

-- The timeline.

--- The heading under which an entry stands, and what is left to say of its time. An entry without a time stays where the telling puts it.
local function time_of(entry)
  if not entry.day then
    return not entry.start and not entry['end'] and not entry.label:find('%d') and '' or entry.label, entry.label
  end
  return entry.day, vim.startswith(entry.label, entry.day) and entry.label:sub(#entry.day + 1):gsub('^, ', '') or entry.label
end

local function timeline_lines(answer)
  local hours, names = {}, {}
  for number, entry in ipairs(answer.entries) do
    local heading, rest = time_of(entry)
    hours[number] = { heading = heading, text = heading == '' and entry.label or heading == entry.label and '' or rest }
    names[number] = entry.name
  end
  local time_width = widest(vim.tbl_map(function(hour)
    return hour.text
  end, hours), 20)
  local name_width = widest(names, 40)
  local lines = { { { 'Timeline', 'StoryTitle' }, { '  in the order of time, not of the telling', 'StoryDetail' } } }
  local current
  for number, entry in ipairs(answer.entries) do
    local hour = hours[number]
    if hour.heading ~= '' and hour.heading ~= current then
      current = hour.heading
      lines[#lines + 1] = { { '' } }
      lines[#lines + 1] = { { hour.heading, 'StoryTime' } }
    end
    local about, told = names_of(entry.characters), {}
    told[#told + 1] = entry.strand
    told[#told + 1] = entry.told
    lines[#lines + 1] = {
      { '  ' .. padded(hour.text, time_width) .. '  ', 'StoryTime' },
      { padded(entry.name, name_width) .. '  ', group_of(entry.type) },
      { entry.location and names_of({ entry.location }) .. (about ~= '' and ': ' or '') or '', 'StoryPlace' },
      { about, 'StoryDetail' },
      { #told > 0 and ('  (%s)'):format(table.concat(told, ', ')) or '', 'StoryDetail' },
      target = place_of(entry),
    }
  end
  if #answer.entries == 0 then
    lines[2] = { { 'No scene or event has a time yet: give it `when`.', 'StoryDetail' } }
  end
  return lines
end

function M.timeline(_, context)
  local view = {
    title = 'Timeline',
    name = 'timeline',
    method = 'storylsp/timeline',
    lines = timeline_lines,
    places = function(answer)
      return vim.tbl_map(function(entry)
        return { text = ('%s  %s'):format(entry.label, entry.name), uri = entry.uri, range = entry.range }
      end, answer.entries)
    end,
  }
  if context.bang then
    list(view, context)
  else
    page.open(view, context.mods)
  end
end

-- The facts as of a scene.

--- What is known of a thing, in the order in which one asks.
local function facts_of(facts, name_of)
  local function named(list)
    return table.concat(vim.tbl_map(name_of, list), ', ')
  end
  local lines = {}
  local function add(key, value)
    if value and value ~= '' then
      lines[#lines + 1] = { { '  ' .. key .. ': ', 'StoryKey' }, { value } }
    end
  end
  if facts.alive ~= nil then
    add('alive', facts.alive and 'yes' or 'no')
  end
  add('age', facts.age and tostring(facts.age))
  add('where', facts.location and name_of(facts.location))
  add('has', named(facts.holds or {}))
  add('injuries', table.concat(
    vim.tbl_map(function(injury)
      return type(injury) == 'table' and (injury.what or vim.json.encode(injury)) or tostring(injury)
    end, facts.injuries or {}),
    ', '
  ))
  add('knows', named(facts.knows or {}))
  local fields = vim.tbl_keys(facts.fields or {})
  table.sort(fields)
  for _, field in ipairs(fields) do
    local value = facts.fields[field]
    add(field, type(value) == 'table' and vim.json.encode(value) or name_of(tostring(value)))
  end
  return lines
end

--- The lines of an answer, with names and places as the bible has them.
local function facts_lines(answer, things)
  local function name_of(id)
    return things[id] and things[id].name or id
  end
  local lines = { { { 'When ' .. name_of(answer.scene) .. ' begins', 'StoryTitle' }, target = things[answer.scene] and place_of(things[answer.scene]) } }
  local ids = vim.tbl_keys(answer.containers)
  table.sort(ids, function(one, other)
    return name_of(one) < name_of(other)
  end)
  for _, id in ipairs(ids) do
    local thing = things[id]
    lines[#lines + 1] = { { '' } }
    lines[#lines + 1] = { { name_of(id), group_of(thing and thing.type) }, target = thing and place_of(thing) }
    vim.list_extend(lines, facts_of(answer.containers[id], name_of))
  end
  if #ids == 0 then
    lines[#lines + 1] = { { 'Nothing is known.', 'StoryDetail' } }
  end
  return lines
end

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
          return facts_lines(answer, things)
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
      write(vim.fn.fnamemodify(vim.fn.expand(path), ':p'), answer.text, context.bang)
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
      parts[#parts + 1] = ('%s: %s'):format(status.scene.name, of_target(status.scene.words, status.scene.target))
    end
    if status.words then
      parts[#parts + 1] = 'the story: ' .. of_target(status.words, status.target)
    end
    if status.errors then
      parts[#parts + 1] = ('%d errors, %d warnings'):format(status.errors, status.warnings or 0)
    end
    parts[#parts + 1] = ('%d files, %s'):format(status.index.files, status.index.state)
    parts[#parts + 1] = status.ai.enabled and ('AI: %s%s'):format(status.ai.provider, status.ai.model and ' ' .. status.ai.model or '') or 'AI is off'
    vim.notify(table.concat(parts, ' · '))
  end, client)
end

return M
