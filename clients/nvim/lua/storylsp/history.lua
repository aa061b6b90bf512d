--- The undo tree of the story: what happened, and “what if” branches to go to and come back from.
local M = {}

local server = require('storylsp.server')
local choose = require('storylsp.runs').choose

--- Leads the texts to a branch or an event; asks which branch where none is named. One undo in each buffer comes back.
function M.checkout(to)
  if to then
    server.execute('storylsp.history.checkout', { to = to, uri = server.story(server.client()) }, function(done)
      if done.applied then
        vim.notify(('%s: %d file(s) changed'):format(done.branch or to, #(done.files or {})))
      end
    end)
    return
  end
  server.ask('storylsp/history', {}, function(history)
    choose(history.branches, 'Which branch?', 'There is no branch yet.', function(branch)
      return branch.name == history.current and branch.name .. ' (here)' or branch.name
    end, function(branch)
      M.checkout(branch.name)
    end)
  end)
end

--- Makes a branch at an event, else at the head of the present one.
function M.branch(name, at)
  if not name then
    vim.notify('A name for the branch is missing: :Story branch what-if', vim.log.levels.WARN)
    return
  end
  server.execute('storylsp.history.branch', { name = name, at = at, uri = server.story(server.client()) }, function(done)
    vim.notify(('The branch %s is made. :Story checkout %s goes there.'):format(done.branch, done.branch))
  end)
end

--- Lists what happened, and goes to the event that is taken.
function M.show()
  server.ask('storylsp/history', {}, function(history)
    local happened = vim.iter(history.events):any(function(event)
      return event.at ~= nil -- the root has no time
    end)
    if not happened then
      vim.notify('The history is empty: it begins with the first proposal that you accept.')
      return
    end
    vim.ui.select(history.events, {
      prompt = 'History: where to?',
      kind = 'storylsp',
      format_item = function(event)
        return table.concat({ event.label, event.branch or '', event.by or '', event.at or 'the beginning', event.id }, ' · ')
      end,
    }, function(event)
      if event then
        M.checkout(event.id)
      end
    end)
  end)
end

return M
