--- How the server's answers become the lines of pages.
local M = {}

--- A number with a space between thousands.
local function counted(number)
  local digits = tostring(math.floor(number))
  local text, count = digits, 0
  repeat
    text, count = text:gsub('^(%d+)(%d%d%d)', '%1 %2')
  until count == 0
  return text
end

--- How many words there are, of how many.
function M.of_target(words, target)
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

-- The bible.

--- The types of the answer that are wanted: all, or the one that is named by its type or its title.
function M.wanted_types(answer, wanted)
  return vim.tbl_filter(function(kind)
    return #kind.containers > 0 and (not wanted or kind.type == wanted or kind.title:lower() == wanted:lower())
  end, answer.types)
end

--- The types, with what is of each; `wanted` names one of them.
---@return storylsp.Line[]
function M.bible(answer, wanted)
  local lines = {}
  for _, kind in ipairs(M.wanted_types(answer, wanted)) do
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

-- The manuscript.

--- Calls `each` with every part, chapter and scene, and how deep it lies.
function M.walk(entries, each, depth)
  for _, entry in ipairs(entries or {}) do
    each(entry, depth or 0)
    M.walk(entry.children, each, (depth or 0) + 1)
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

--- The whole with its words, and then each part, chapter and scene.
---@return storylsp.Line[]
function M.manuscript(answer)
  local names = {}
  M.walk(answer.entries, function(entry, depth)
    names[#names + 1] = ('  '):rep(depth) .. entry.name
  end)
  local width, lines = widest(names, 48), {}
  lines[1] = { { 'Manuscript', 'StoryTitle' }, { '  ' .. M.of_target(answer.words, answer.target), 'StoryCount' } }
  if #names == 0 then
    lines[2] = { { 'There is no scene yet.', 'StoryDetail' } }
  end
  M.walk(answer.entries, function(entry, depth)
    local name = ('  '):rep(depth) .. entry.name
    local line = {
      { padded(name, width), entry.kind == 'scene' and 'StoryScene' or 'StoryTitle' },
      { '  ' .. M.of_target(entry.words, entry.target), 'StoryCount' },
      { entry.status and '  ' .. entry.status or '', 'StoryDetail' },
      target = place_of(entry),
    }
    lines[#lines + 1] = vim.list_extend(line, findings_of(entry))
  end)
  return lines
end

-- The timeline.

--- The heading under which an entry stands, and what is left to say of its time. An entry without a time stays where the telling puts it.
local function time_of(entry)
  if not entry.day then
    return not entry.start and not entry['end'] and not entry.label:find('%d') and '' or entry.label, entry.label
  end
  return entry.day, vim.startswith(entry.label, entry.day) and entry.label:sub(#entry.day + 1):gsub('^, ', '') or entry.label
end

--- The days, with what happens on each.
---@return storylsp.Line[]
function M.timeline(answer)
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
---@return storylsp.Line[]
function M.facts(answer, things)
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

return M
