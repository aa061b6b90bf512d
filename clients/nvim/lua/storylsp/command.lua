--- :Story
local M = {}

local function of(module, name)
  return function(...)
    return require('storylsp.' .. module)[name](...)
  end
end

--- What a subcommand does with its words, and what its words may be. `context` has the command's range, bang and modifiers.
---@class storylsp.Context
---@field range? { [1]: integer, [2]: integer } the first and the last line, from 1
---@field bang boolean
---@field mods table

---@type table<string, { run: fun(words: string[], context: storylsp.Context), words?: fun(before: string[]): string[] }>
local subcommands = {
  bible = { run = of('views', 'bible'), words = of('candidates', 'types') },
  manuscript = { run = of('views', 'manuscript') },
  timeline = { run = of('views', 'timeline') },
  facts = { run = of('views', 'facts'), words = of('candidates', 'containers') },
  graph = { run = of('views', 'graph'), words = of('candidates', 'containers') },
  export = { run = of('views', 'export'), words = of('candidates', 'formats') },
  state = { run = of('views', 'state') },
  fairness = { run = of('views', 'fairness') },
  status = { run = of('views', 'status') },
  run = {
    run = function(words, context)
      local text = table.concat(words, ' ', 2)
      require('storylsp.runs').run(words[1], text ~= '' and text or nil, context.range)
    end,
    words = of('candidates', 'pipelines'),
  },
  resume = {
    run = function(words)
      require('storylsp.runs').resume(words[1])
    end,
  },
  cancel = {
    run = function(words)
      require('storylsp.runs').cancel(words[1])
    end,
  },
  drop = {
    run = function(words)
      require('storylsp.runs').drop(words[1])
    end,
  },
  model = {
    run = function(words)
      require('storylsp.runs').model(words[1])
    end,
    words = of('candidates', 'models'),
  },
  runs = {
    run = function()
      require('storylsp.runs').list()
    end,
  },
  proposals = {
    run = function(words)
      require('storylsp.review').list(words[1])
    end,
  },
  accept = {
    run = function(words)
      require('storylsp.decisions').decide('storylsp.proposal.accept', words)
    end,
    words = of('candidates', 'all'),
  },
  reject = {
    run = function(words)
      require('storylsp.decisions').decide('storylsp.proposal.reject', words)
    end,
    words = of('candidates', 'all'),
  },
  move = {
    run = function(words)
      require('storylsp.refactor').move(table.concat(words, ' '))
    end,
    words = of('candidates', 'files'),
  },
  refactor = {
    run = function(words, context)
      require('storylsp.refactor').refactor(words, context.range)
    end,
    words = of('candidates', 'refactorings'),
  },
  history = {
    run = function()
      require('storylsp.history').show()
    end,
  },
  checkout = {
    run = function(words)
      require('storylsp.history').checkout(words[1])
    end,
    words = of('candidates', 'branches'),
  },
  branch = {
    run = function(words)
      require('storylsp.history').branch(words[1], words[2])
    end,
  },
}

--- The names of the subcommands, sorted.
M.names = vim.tbl_keys(subcommands)
table.sort(M.names)

function M.execute(options)
  local name = options.fargs[1]
  local subcommand = subcommands[name or '']
  if not subcommand then
    -- One line, so that nobody has to press Enter.
    local what = name and ('There is no :Story %s.'):format(name) or 'What of the story?'
    vim.notify(what .. ' <Tab> lists what there is. See :help :Story', vim.log.levels.WARN)
    return
  end
  subcommand.run(vim.list_slice(options.fargs, 2), {
    range = options.range > 0 and { options.line1, options.line2 } or nil,
    bang = options.bang,
    mods = options.smods,
  })
end

--- What may stand at the cursor of the command line.
---@param lead string the word so far
---@param line string the whole command line
---@param position integer where the cursor is in it, in bytes
---@return string[]
function M.complete(lead, line, position)
  local words = vim.split(line:sub(1, position or #line):match('Story!?%s+(.*)$') or '', '%s+')
  local candidates = M.names
  if #words > 1 then
    local subcommand = subcommands[words[1]]
    candidates = subcommand and subcommand.words and subcommand.words(vim.list_slice(words, 2, #words - 1), lead) or {}
  else
    require('storylsp.candidates').prepare()
  end
  return vim.tbl_filter(function(candidate)
    return vim.startswith(candidate:lower(), lead:lower())
  end, candidates)
end

return M
