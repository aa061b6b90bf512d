--- Decisions about proposals: the hunk at the cursor, some by number, or all.
local M = {}

local server = require('storylsp.server')
local review = require('storylsp.review')
local hunks = require('storylsp.hunks')

local accept = 'storylsp.proposal.accept'

--- Says what was decided, and which of the hunks that were asked for (nil: all) stay out; a review with nothing left to decide is closed, else it goes on.
local function decided(decision, asked)
  local said = {}
  for what, list in pairs({ Accepted = decision.accepted or {}, Rejected = decision.rejected or {} }) do
    if #list > 0 then
      said[#said + 1] = ('%s: %s.'):format(what, #list > 5 and #list .. ' hunks' or (#list == 1 and 'hunk ' or 'hunks ') .. table.concat(list, ', '))
    end
  end
  for _, left in ipairs(decision.left or {}) do
    if not asked or vim.tbl_contains(asked, left.hunk) then
      said[#said + 1] = ('Hunk %d stays out: %s'):format(left.hunk, left.why)
    end
  end
  if #said > 0 then
    vim.notify(table.concat(said, '\n'))
  end
  if decision.status == 'accepted' or decision.status == 'rejected' then
    review.close(decision.proposal)
  else
    review.get(decision.proposal, review.refresh)
  end
end

local function decide(command, id, numbers)
  server.execute(command, { id = id, hunks = numbers }, function(decision)
    decided(decision, numbers)
  end)
end

--- The words of a command: numbers of hunks, or nil for `all`; and what is wrong with them.
local function numbers_in(words)
  if #words == 1 and words[1] == 'all' then
    return nil
  end
  local numbers = {}
  for _, word in ipairs(words) do
    if not word:find('^%d+$') then
      return nil, ('“%s” is no number of a hunk: say “all”, or numbers with blanks between them. Nothing was decided.'):format(word)
    end
    numbers[#numbers + 1] = tonumber(word)
  end
  return numbers
end

local function counted(number, what)
  return ('%d %s%s'):format(number, what, number == 1 and '' or 's')
end

--- Decides about hunks by number, or about all. What is not before the writer's eyes is asked about: a decision about a whole proposal is not one word.
---@param shown? string the file whose text the writer looks at
local function decide_named(command, proposal, numbers, shown)
  local open, files, count, unseen = {}, {}, 0, false
  for _, hunk in ipairs(proposal.hunks) do
    open[hunk.id] = (hunk.state == 'open' or hunk.state == 'stale') and hunk or nil
  end
  for _, number in ipairs(numbers or {}) do
    if not open[number] then
      vim.notify(('There is no open hunk %d, and nothing was decided.'):format(number), vim.log.levels.WARN)
      return
    end
  end
  for id, hunk in pairs(open) do
    local is_meant
    if numbers then
      is_meant = vim.tbl_contains(numbers, id)
    else
      is_meant = command ~= accept or hunk.ticked
    end
    if is_meant then
      files[hunk.file], count = true, count + 1
      unseen = unseen or hunk.file ~= shown
    end
  end
  if not unseen then
    decide(command, proposal.id, numbers)
    return
  end
  local what = command == accept and 'Accept' or 'Reject'
  local question = ('%s %s in %s of “%s”?%s'):format(
    what, counted(count, 'change'), counted(vim.tbl_count(files), 'file'), proposal.label, command == accept and '' or ' This cannot be undone.'
  )
  vim.ui.select({ what, 'Decide later' }, { prompt = question, kind = 'storylsp' }, function(answer)
    if answer == what then
      decide(command, proposal.id, numbers)
    end
  end)
end

--- Why nothing is decided where the cursor stands.
local function nothing_here(proposal, file, placed, side, found)
  if #found > 1 then
    local ids = vim.tbl_map(function(one)
      return one.hunk.id
    end, found)
    return ('Hunks %s are equally near. Stand on one of them on the other side, or :Story accept %d'):format(table.concat(ids, ' and '), ids[1])
  end
  local there = vim.iter(placed):any(function(one)
    return one[side] ~= nil
  end)
  if there then
    return 'No open hunk is here. ]c goes to the next one.'
  elseif #placed > 0 then
    return ('Hunk %d is only marked in the text before: <C-w>p goes there.'):format(placed[1].hunk.id)
  end
  local lost = vim.iter(proposal.hunks):find(function(hunk)
    return hunk.file == file.file and (hunk.state == 'open' or hunk.state == 'stale')
  end)
  return lost and ('Hunk %d has no place in this text any more: :Story reject %d'):format(lost.id, lost.id) or 'Nothing is left to decide in this file.'
end

--- Decides about the hunk at the cursor of the window that has the keys.
local function decide_here(command, id)
  local bufnr, window = vim.api.nvim_get_current_buf(), vim.api.nvim_get_current_win()
  local cursor, tick = vim.api.nvim_win_get_cursor(window), vim.api.nvim_buf_get_changedtick(bufnr)
  review.get(id, function(proposal, encoding)
    for _, file in ipairs(proposal.files or {}) do
      local side = bufnr == vim.uri_to_bufnr(file.beforeUri) and 'before' or bufnr == vim.uri_to_bufnr(file.afterUri) and 'after'
      if side then
        -- The cursor means what the writer saw: a text that is another by now has other hunks under it.
        if tick ~= vim.api.nvim_buf_get_changedtick(bufnr) or not vim.deep_equal(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), hunks.lines(file[side])) then
          vim.notify('The text has changed since, and nothing was decided: look again.')
          review.refresh(proposal, encoding)
          return
        end
        local placed = hunks.place(file, proposal.hunks, encoding)
        local found = hunks.at(placed, side, cursor)
        if #found == 1 then
          decide(command, id, { found[1].hunk.id })
        else
          vim.notify(nothing_here(proposal, file, placed, side, found))
        end
        return
      end
    end
  end)
end

--- The proposal of which the window at hand shows a text (before or after), and the one whose page it shows.
local function at_hand()
  local name = vim.api.nvim_buf_get_name(0)
  return name:match('^storylsp:/before/(%w+)/') or name:match('^storylsp:/after/(%w+)/'), name:match('^storylsp:/proposal/(%w+)%.md$')
end

--- Accepts or rejects: `words` are numbers of hunks, or `all` (for accept: those that are ticked); none: the hunk at the cursor. Outside of a review nothing
--- is decided unasked.
function M.decide(command, words)
  local numbers, problem = numbers_in(words)
  if problem then
    vim.notify(problem, vim.log.levels.WARN)
    return
  end
  local id, paged = at_hand()
  if id and not words[1] then
    decide_here(command, id)
  elseif id then
    local shown = vim.t.storylsp_file
    review.get(id, function(proposal)
      decide_named(command, proposal, numbers, shown)
    end)
  elseif words[1] then
    server.ask('storylsp/proposal', { id = paged }, function(answer)
      require('storylsp.runs').choose(answer.proposals, 'Which proposal?', 'No proposal waits for a decision.', function(proposal)
        return proposal.label
      end, function(proposal)
        decide_named(command, proposal, numbers)
      end)
    end)
  else
    vim.notify('Nothing is decided yet: in the review ga takes the hunk at the cursor, and gr leaves it.')
    review.list(paged)
  end
end

return M
