--- Proposals side by side: the text before on the left, after on the right, and each hunk taken or left where the cursor stands.
local M = {}

local server = require('storylsp.server')
local marks = vim.api.nvim_create_namespace('storylsp.review')

--- Marks each hunk in the text before, with its number and why it is in doubt.
local function mark(bufnr, hunks)
  vim.api.nvim_buf_clear_namespace(bufnr, marks, 0, -1)
  for _, hunk in ipairs(hunks) do
    if hunk.range then
      local text = ('%d %s'):format(hunk.id, hunk.state ~= 'open' and hunk.state or hunk.doubt or hunk.label or '')
      local line = math.min(hunk.range.start.line, vim.api.nvim_buf_line_count(bufnr) - 1)
      vim.api.nvim_buf_set_extmark(bufnr, marks, line, 0, { virt_text = { { text, hunk.doubt and hunk.state == 'open' and 'StoryDoubt' or 'StoryHunk' } } })
    end
  end
end

--- The keys of both sides. `gr` waits for no other key there: Neovim's own keys that begin so are about names, which these texts are not asked for.
local function keys(bufnr)
  local function map(key, command, what)
    vim.keymap.set('n', key, function()
      M.decide(command, {})
    end, { buffer = bufnr, nowait = true, desc = what })
  end
  map('ga', 'storylsp.proposal.accept', 'Accept the hunk')
  map('gr', 'storylsp.proposal.reject', 'Reject the hunk')
end

--- Puts the cursors of both sides on the first hunk that is open. They go together, but only where one of them is moved by a key.
local function go_to_first(left, right, hunks)
  local first = vim.iter(hunks):find(function(hunk)
    return hunk.state == 'open' and hunk.range ~= nil
  end)
  if not (first and vim.api.nvim_win_is_valid(left) and vim.api.nvim_win_is_valid(right)) then
    return
  end
  local row = math.min(first.range.start.line + 1, vim.api.nvim_buf_line_count(vim.api.nvim_win_get_buf(left)))
  vim.api.nvim_win_call(right, function()
    vim.cmd('diffupdate')
    vim.cmd('silent! normal! gg]c')
  end)
  vim.api.nvim_win_set_cursor(left, { row, 0 })
end

--- Shows one of the server's documents in the current window.
local function show(uri, title, done)
  local bufnr = vim.uri_to_bufnr(uri)
  vim.api.nvim_win_set_buf(0, bufnr)
  keys(bufnr)
  vim.wo.winbar = title:gsub('%%', '%%%%')
  local window = vim.api.nvim_get_current_win()
  require('storylsp.documents').fill(bufnr, function()
    if vim.api.nvim_win_is_valid(window) then
      vim.api.nvim_win_call(window, vim.cmd.diffthis)
      done(bufnr)
    end
  end)
end

local function get(id, done)
  server.ask('storylsp/proposal', { id = id }, function(answer)
    if answer.proposals[1] then
      done(answer.proposals[1])
    end
  end)
end

--- A function that calls another one when it has been called for both sides: each comes when the server has it.
local function when_both(done)
  local shown = 0
  return function()
    shown = shown + 1
    if shown == 2 then
      done()
    end
  end
end

local function hunks_of(proposal, file)
  return vim.tbl_filter(function(hunk)
    return hunk.file == file
  end, proposal.hunks)
end

--- Shows a file of a proposal in a tab of its own.
local function open_file(proposal, file)
  vim.cmd.tabnew()
  vim.bo.bufhidden = 'wipe'
  vim.t.storylsp_proposal = proposal.id
  vim.t.storylsp_file = file.file
  local hunks = hunks_of(proposal, file.file)
  local left, right = vim.api.nvim_get_current_win(), nil
  local both = when_both(function()
    go_to_first(left, right, hunks)
  end)
  vim.t.storylsp_before = left
  show(file.beforeUri, 'Before: ' .. file.file, function(bufnr)
    mark(bufnr, hunks)
    both()
  end)
  vim.cmd('rightbelow vsplit')
  right = vim.api.nvim_get_current_win()
  show(file.afterUri, 'After: ' .. file.file .. ' (ga accepts, gr rejects the hunk at the cursor; :Story accept all)', both)
end

--- Opens the proposal, each of its files in a tab.
function M.open(id)
  get(id, function(proposal)
    for _, file in ipairs(proposal.files or {}) do
      open_file(proposal, file)
    end
  end)
end

--- Lists what is undecided.
function M.list(id)
  if id then
    M.open(id)
    return
  end
  server.ask('storylsp/proposal', {}, function(answer)
    require('storylsp.runs').choose(answer.proposals, 'Proposals: nothing of them is in your files yet', 'No proposal waits for a decision.', function(proposal)
      local found = proposal.findings
      return ('%s%s'):format(proposal.label, found and (found.added or 0) > 0 and (' (+%d findings, −%d)'):format(found.added, found.removed or 0) or '')
    end, function(proposal)
      M.open(proposal.id)
    end)
  end)
end

--- How far a line, and in it a column, is from a stretch: lines first.
local function distance(line, column, range)
  local from, to = range.start, range['end']
  if line < from.line or line > to.line then
    return math.max(from.line - line, line - to.line), 0
  end
  local before = line == from.line and from.character - column or 0
  local behind = line == to.line and column - to.character or 0
  return 0, math.max(before, behind, 0)
end

--- The open hunk of the review at the cursor, or beside it, where new text stands between two lines of the old one. What is further away is not meant.
--- The cursors of the two sides go together, so the left one says it.
local function at_cursor(proposal)
  local window, client = vim.t.storylsp_before, server.client()
  local there = client and vim.api.nvim_win_is_valid(window or -1)
  local cursor = there and vim.lsp.util.make_position_params(window, client.offset_encoding).position or { line = 0, character = 0 }
  local best, lines, columns
  for _, hunk in ipairs(proposal.hunks) do
    if hunk.state == 'open' and hunk.file == vim.t.storylsp_file then
      local far, aside = 0, 0
      if hunk.range then
        far, aside = distance(cursor.line, cursor.character, hunk.range)
      end
      if far <= 1 and (not best or far < lines or (far == lines and aside < columns)) then
        best, lines, columns = hunk, far, aside
      end
    end
  end
  return best
end

local function close(id)
  for _, tab in ipairs(vim.api.nvim_list_tabpages()) do
    if vim.t[tab].storylsp_proposal == id and #vim.api.nvim_list_tabpages() > 1 then
      vim.cmd.tabclose({ range = { vim.api.nvim_tabpage_get_number(tab) } })
    end
  end
end

--- Shows what is left of a file of a proposal, and goes on to the next hunk.
local function refresh(tab, proposal)
  local hunks = hunks_of(proposal, vim.t[tab].storylsp_file)
  local windows = vim.tbl_filter(function(window)
    return vim.wo[window].diff
  end, vim.api.nvim_tabpage_list_wins(tab))
  if #windows ~= 2 then
    return
  end
  local both = when_both(function()
    if vim.api.nvim_win_is_valid(windows[1]) then
      mark(vim.api.nvim_win_get_buf(windows[1]), hunks)
      go_to_first(windows[1], windows[2], hunks)
    end
  end)
  for _, window in ipairs(windows) do
    require('storylsp.documents').fill(vim.api.nvim_win_get_buf(window), both)
  end
end

--- Tells which of the hunks that were asked for stay out (nil: all), and shows what is left; a review with nothing left to decide is closed.
local function decided(decision, asked)
  for _, left in ipairs(decision.left or {}) do
    if not asked or vim.tbl_contains(asked, left.hunk) then
      vim.notify(('Hunk %d stays out: %s'):format(left.hunk, left.why))
    end
  end
  if decision.status == 'accepted' or decision.status == 'rejected' then
    close(decision.proposal)
    return
  end
  get(decision.proposal, function(proposal)
    for _, tab in ipairs(vim.api.nvim_list_tabpages()) do
      if vim.t[tab].storylsp_proposal == proposal.id then
        refresh(tab, proposal)
      end
    end
  end)
end

--- Accepts or rejects: `words` are numbers of hunks, or `all` (for accept: those that are ticked); none: the hunk at the cursor.
function M.decide(command, words)
  local hunks = words[1] and words[1] ~= 'all' and vim.tbl_map(tonumber, words) or nil
  local function decide(id)
    server.execute(command, { id = id, hunks = hunks }, function(decision)
      decided(decision, hunks)
    end)
  end
  local id = vim.t.storylsp_proposal
  if not id then
    server.ask('storylsp/proposal', {}, function(answer)
      require('storylsp.runs').choose(answer.proposals, 'Which proposal?', 'No proposal waits for a decision.', function(proposal)
        return proposal.label
      end, function(proposal)
        decide(proposal.id)
      end)
    end)
  elseif words[1] then
    decide(id)
  else
    get(id, function(proposal)
      local hunk = at_cursor(proposal)
      if hunk then
        hunks = { hunk.id }
        decide(id)
      else
        local open = vim.iter(proposal.hunks):any(function(one)
          return one.state == 'open' and one.file == vim.t.storylsp_file
        end)
        vim.notify(open and 'No open hunk is here. ]c goes to the next one.' or 'Nothing is left to decide in this file.')
      end
    end)
  end
end

return M
