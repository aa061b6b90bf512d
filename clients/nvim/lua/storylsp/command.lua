--- :StoryLsp
local M = {}

local function runs()
  return require('storylsp.runs')
end

local subcommands = {
  run = function(words, range)
    local text = table.concat(words, ' ', 2)
    runs().run(words[1], text ~= '' and text or nil, range)
  end,
  resume = function(words)
    runs().resume(words[1])
  end,
  cancel = function(words)
    runs().cancel(words[1])
  end,
  drop = function(words)
    runs().drop(words[1])
  end,
  model = function(words)
    runs().model(words[1])
  end,
  runs = function()
    runs().list()
  end,
  proposals = function(words)
    require('storylsp.review').list(words[1])
  end,
  accept = function(words)
    require('storylsp.review').decide('storylsp.proposal.accept', words)
  end,
  reject = function(words)
    require('storylsp.review').decide('storylsp.proposal.reject', words)
  end,
  move = function(words)
    require('storylsp.story').move(table.concat(words, ' '))
  end,
  refactor = function(words, range)
    require('storylsp.story').refactor(words, range)
  end,
  history = function()
    require('storylsp.history').show()
  end,
  checkout = function(words)
    require('storylsp.history').checkout(words[1])
  end,
  branch = function(words)
    require('storylsp.history').branch(words[1], words[2])
  end,
}

local names = vim.tbl_keys(subcommands)
table.sort(names)

function M.execute(options)
  local name = options.fargs[1]
  local subcommand = subcommands[name or '']
  if not subcommand then
    vim.notify((name and ('There is no :StoryLsp %s.'):format(name) or ':StoryLsp WHAT.') .. ' There are: ' .. table.concat(names, ', '), vim.log.levels.WARN)
    return
  end
  subcommand(vim.list_slice(options.fargs, 2), options.range > 0 and { options.line1, options.line2 } or nil)
end

--- The subcommands, and the pipelines after `run`.
function M.complete(lead, line)
  local first = line:match('StoryLsp%s+(%S+)%s')
  local words = names
  if first == 'run' then
    local client = vim.lsp.get_clients({ name = 'storylsp' })[1]
    local params = client and { uri = require('storylsp.server').story(client) }
    local answer = client and vim.lsp.buf_request_sync(0, 'storylsp/pipelines', params, 500) or {}
    local result = (answer[client and client.id or 0] or {}).result
    words = vim.tbl_map(function(pipeline)
      return pipeline.name
    end, result and result.pipelines or {})
  elseif first then
    words = {}
  end
  return vim.tbl_filter(function(word)
    return vim.startswith(word, lead)
  end, words)
end

return M
