--- Proposals side by side: the text before on the left, after on the right, and each hunk taken or left where the cursor stands.
local M = {}

local server = require('storylsp.server')
local hunks = require('storylsp.hunks')
local marks = vim.api.nvim_create_namespace('storylsp.review')

--- Marks each hunk where it stands on a side, with its number and why it is in doubt.
local function mark(bufnr, placed, side)
  vim.api.nvim_buf_clear_namespace(bufnr, marks, 0, -1)
  for _, one in ipairs(placed) do
    local hunk, there = one.hunk, one[side]
    if there and there.from[1] <= vim.api.nvim_buf_line_count(bufnr) then
      local text = ('%d %s'):format(hunk.id, hunk.doubt or hunk.label or '')
      vim.api.nvim_buf_set_extmark(bufnr, marks, there.from[1] - 1, 0, { virt_text = { { text, hunk.doubt and 'StoryDoubt' or 'StoryHunk' } } })
    end
  end
end

--- The keys of both sides. `gr` waits for no other key there: Neovim's own keys that begin so are about names, which these texts are not asked for.
local function keys(bufnr)
  local function map(key, command, what)
    vim.keymap.set('n', key, function()
      require('storylsp.decisions').decide(command, {})
    end, { buffer = bufnr, nowait = true, desc = what })
  end
  map('ga', 'storylsp.proposal.accept', 'Accept the hunk')
  map('gr', 'storylsp.proposal.reject', 'Reject the hunk')
end

--- Puts the cursors of both sides on the first hunk that is open there.
local function go_to_first(windows, placed)
  for side, window in pairs(windows) do
    local first = vim.iter(placed):find(function(one)
      return one[side] ~= nil
    end)
    if first and vim.api.nvim_win_is_valid(window) then
      vim.api.nvim_win_call(window, function()
        vim.cmd('diffupdate')
        pcall(vim.api.nvim_win_set_cursor, window, first[side].from)
        vim.cmd('silent! normal! zv')
      end)
    end
  end
end

--- Marks the hunks on both sides of a review and goes to the first.
local function show_hunks(windows, placed)
  for side, window in pairs(windows) do
    if vim.api.nvim_win_is_valid(window) then
      mark(vim.api.nvim_win_get_buf(window), placed, side)
    end
  end
  go_to_first(windows, placed)
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
      done()
    end
  end)
end

--- Asks for a proposal with its texts; `done` gets it, and how the server counts in a line.
function M.get(id, done)
  server.ask('storylsp/proposal', { id = id }, function(answer, client)
    if answer.proposals[1] then
      done(answer.proposals[1], client.offset_encoding)
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

--- Shows a file of a proposal in a tab of its own.
local function open_file(proposal, file, encoding)
  vim.cmd.tabnew()
  vim.bo.bufhidden = 'wipe'
  vim.t.storylsp_proposal = proposal.id
  vim.t.storylsp_file = file.file
  local windows = { before = vim.api.nvim_get_current_win() }
  local both = when_both(function()
    show_hunks(windows, hunks.place(file, proposal.hunks, encoding))
  end)
  show(file.beforeUri, 'Before: ' .. file.file, both)
  vim.cmd('rightbelow vsplit')
  windows.after = vim.api.nvim_get_current_win()
  show(file.afterUri, 'After: ' .. file.file .. ' (ga accepts, gr rejects the hunk at the cursor; :Story accept all)', both)
end

--- Opens the proposal, each of its files in a tab; goes there where it is open already.
function M.open(id)
  for _, tab in ipairs(vim.api.nvim_list_tabpages()) do
    if vim.t[tab].storylsp_proposal == id then
      vim.api.nvim_set_current_tabpage(tab)
      return
    end
  end
  M.get(id, function(proposal, encoding)
    for _, file in ipairs(proposal.files or {}) do
      open_file(proposal, file, encoding)
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

--- Closes the tabs of a proposal.
function M.close(id)
  for _, tab in ipairs(vim.api.nvim_list_tabpages()) do
    if vim.t[tab].storylsp_proposal == id and #vim.api.nvim_list_tabpages() > 1 then
      vim.cmd.tabclose({ range = { vim.api.nvim_tabpage_get_number(tab) } })
    end
  end
end

--- The windows of a review in a tab, by the side that they show.
local function sides(tab, file)
  local windows = {}
  for _, window in ipairs(vim.api.nvim_tabpage_list_wins(tab)) do
    local bufnr = vim.api.nvim_win_get_buf(window)
    if bufnr == vim.uri_to_bufnr(file.beforeUri) then
      windows.before = window
    elseif bufnr == vim.uri_to_bufnr(file.afterUri) then
      windows.after = window
    end
  end
  return windows
end

--- Shows what is left of a proposal in its tabs, and goes on to the next hunk.
function M.refresh(proposal, encoding)
  for _, tab in ipairs(vim.api.nvim_list_tabpages()) do
    local file = vim.t[tab].storylsp_proposal == proposal.id and vim.iter(proposal.files or {}):find(function(one)
      return one.file == vim.t[tab].storylsp_file
    end)
    local windows = file and sides(tab, file) or {}
    if windows.before and windows.after then
      local both = when_both(function()
        show_hunks(windows, hunks.place(file, proposal.hunks, encoding))
      end)
      for _, window in pairs(windows) do
        require('storylsp.documents').fill(vim.api.nvim_win_get_buf(window), both)
      end
    end
  end
end

return M
