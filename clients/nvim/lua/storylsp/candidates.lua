--- The words that complete the arguments of :Story. They come from the server, and nothing waits for it: what it said last is offered at once, and what it
--- says now the next time. Only where it has said nothing yet the command line is held, for less than one notices.
local M = {}

local server = require('storylsp.server')

--- In milliseconds.
local patience = 40

--- What the server said last, by client and request.
local known = {}

--- Asks the server for what a list of candidates needs, without waiting.
local function ask(client, method)
  local entry = known[client.id] or {}
  known[client.id] = entry
  if entry[method] and entry[method].asking then
    return entry[method]
  end
  local answer = entry[method] or {}
  entry[method] = answer
  answer.asking = true
  server.request(client, method, { uri = server.story(client) }, function(err, result)
    answer.asking = nil
    if not err then
      answer.result = result
    end
  end)
  return answer
end

--- The last answer to a request; nil where there is none yet, or no server.
local function last(method)
  local client = server.client(true)
  if not client then
    return nil
  end
  local answer = ask(client, method)
  if answer.result == nil then
    vim.wait(patience, function()
      return answer.result ~= nil
    end, 5)
  end
  return answer.result
end

--- Asks beforehand for what the subcommands need most: called when the subcommand itself is completed.
function M.prepare()
  local client = server.client(true)
  if client then
    ask(client, 'storylsp/pipelines')
    ask(client, 'storylsp/bible')
  end
end

local function field(list, name)
  return vim.tbl_map(function(item)
    return item[name]
  end, list or {})
end

--- Candidates for the first argument alone.
local function first(candidates)
  return function(before)
    return #before == 0 and candidates() or {}
  end
end

M.pipelines = first(function()
  return field((last('storylsp/pipelines') or {}).pipelines, 'name')
end)

M.models = first(function()
  return field((last('storylsp/models') or {}).models, 'id')
end)

M.types = first(function()
  return field((last('storylsp/bible') or {}).types, 'type')
end)

M.containers = first(function()
  local ids = {}
  for _, kind in ipairs((last('storylsp/bible') or {}).types or {}) do
    vim.list_extend(ids, field(kind.containers, 'id'))
  end
  table.sort(ids)
  return ids
end)

M.branches = first(function()
  return field((last('storylsp/history') or {}).branches, 'name')
end)

M.all = first(function()
  return { 'all' }
end)

--- The formats of storylsp/export.
M.export_formats = { 'graph', 'timeline' }

--- A format, and then a file.
function M.formats(before, lead)
  if #before == 0 then
    return M.export_formats
  end
  return #before == 1 and M.files({}, lead) or {}
end

function M.files(before, lead)
  return #before == 0 and vim.fn.getcompletion(lead, 'file') or {}
end

--- The refactorings of EXTENSIONS.md.
M.refactorings = first(function()
  return {
    'add-progression', 'create-container', 'extract-container', 'link-to-mention', 'mention-to-link', 'merge-scene', 'move-chapter', 'move-scene', 'normalise-all-dates', 'normalise-dates',
    'retcon', 'sort-list', 'split-scene',
  }
end)

return M
