--- Pages about the story: read-only buffers whose lines lead to places, and which are read anew when the server says that the story has changed.
local M = {}

local server = require('storylsp.server')
local marks = vim.api.nvim_create_namespace('storylsp.page')

--- A line of a page: pieces of text with their highlight group, and the place that the line leads to.
---@class storylsp.Line
---@field [integer] { [1]: string, [2]: string? }
---@field target? { uri: string, range: table }

--- The open pages by buffer: what they ask, how they show it, and what the lines lead to.
local pages = {}

local function write(bufnr, lines)
  local texts, targets, colours = {}, {}, {}
  for number, line in ipairs(lines) do
    local text = ''
    for _, piece in ipairs(line) do
      local words = piece[1]:gsub('%c', ' ')
      if piece[2] and words ~= '' then
        colours[#colours + 1] = { number - 1, #text, #text + #words, piece[2] }
      end
      text = text .. words
    end
    texts[number] = (text:gsub('%s+$', ''))
    targets[number] = line.target
  end
  if not vim.deep_equal(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), texts) then
    vim.bo[bufnr].modifiable = true
    vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, texts)
    vim.bo[bufnr].modifiable = false
  end
  vim.bo[bufnr].modified = false
  vim.api.nvim_buf_clear_namespace(bufnr, marks, 0, -1)
  for _, colour in ipairs(colours) do
    local length = #texts[colour[1] + 1] -- blanks at the end are gone
    if colour[2] < length then
      vim.api.nvim_buf_set_extmark(bufnr, marks, colour[1], colour[2], { end_col = math.min(colour[3], length), hl_group = colour[4] })
    end
  end
  pages[bufnr].targets = targets
end

--- Asks the server for what a page shows, and shows it. The cursor of each window stays in its line.
local function fill(bufnr, done)
  local page = pages[bufnr]
  page.is_old, page.asked = false, vim.uv.now()
  server.ask(page.method, page.params, function(answer)
    if not vim.api.nvim_buf_is_valid(bufnr) or pages[bufnr] ~= page then
      return
    end
    local views = {}
    for _, window in ipairs(vim.fn.win_findbuf(bufnr)) do
      views[window] = vim.api.nvim_win_call(window, vim.fn.winsaveview)
    end
    write(bufnr, page.lines(answer))
    for window, view in pairs(views) do
      vim.api.nvim_win_call(window, function()
        vim.fn.winrestview(view)
      end)
    end
    if done then
      done()
    end
  end, page.client)
end

--- Opens what the line at the cursor is about: in the window where one was before, else in this one.
function M.follow()
  local page = pages[vim.api.nvim_get_current_buf()]
  local target = page and page.targets[vim.api.nvim_win_get_cursor(0)[1]]
  if not target then
    return
  end
  local before = vim.fn.win_getid(vim.fn.winnr('#'))
  if before ~= 0 and before ~= vim.api.nvim_get_current_win() and vim.bo[vim.api.nvim_win_get_buf(before)].buftype == '' then
    vim.api.nvim_set_current_win(before)
  end
  require('storylsp.places').go(target, page.client)
end

local function prepare(bufnr, name, filetype)
  vim.bo[bufnr].buftype = 'nofile'
  vim.bo[bufnr].bufhidden = 'hide'
  vim.bo[bufnr].swapfile = false
  vim.bo[bufnr].modifiable = false
  vim.api.nvim_buf_set_name(bufnr, name)
  vim.bo[bufnr].filetype = filetype
  vim.keymap.set('n', '<CR>', M.follow, { buffer = bufnr, desc = 'Open what this line is about' })
  vim.keymap.set('n', '<2-LeftMouse>', M.follow, { buffer = bufnr, desc = 'Open what this line is about' })
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = bufnr, nowait = true, desc = 'Close the page' })
  vim.api.nvim_create_autocmd('BufWipeout', {
    buffer = bufnr,
    callback = function()
      pages[bufnr] = nil
    end,
  })
end

--- The number of the buffer with exactly this name; nil: there is none.
local function buffer_named(name)
  return vim.iter(vim.api.nvim_list_bufs()):find(function(bufnr)
    return vim.api.nvim_buf_get_name(bufnr) == name
  end)
end

--- Shows a buffer in the window where it is already, else in a new one, as the modifiers of the command say.
function M.show(bufnr, mods)
  local window = vim.fn.bufwinid(bufnr)
  if window > 0 then
    vim.api.nvim_set_current_win(window)
    return
  end
  vim.cmd.split({ mods = mods })
  vim.api.nvim_win_set_buf(0, bufnr)
end

--- Opens a page. `name` says which it is; `method` and `params` are what the server is asked; `lines` makes lines of its answer.
---@param page { name: string, method: string, params?: table, filetype?: string, client?: vim.lsp.Client, lines: fun(answer: table): storylsp.Line[] }
---@param mods? table the modifiers of the command
function M.open(page, mods)
  page.client = page.client or server.client()
  if not page.client then
    return
  end
  page.params = vim.tbl_extend('keep', page.params or {}, { uri = server.story(page.client) })
  page.targets = {}
  local root = page.client.config.root_dir
  local name = ('story://%s/%s'):format(root and vim.fs.basename(root) or '', page.name)
  local bufnr = buffer_named(name)
  if not bufnr then
    bufnr = vim.api.nvim_create_buf(false, true)
    prepare(bufnr, name, page.filetype or 'storypage')
  end
  pages[bufnr] = page
  vim.b[bufnr].storylsp_client = page.client.id
  -- Only what is there to be read is shown: an error is a message, and no empty window.
  fill(bufnr, function()
    local is_new = vim.fn.bufwinid(bufnr) <= 0
    M.show(bufnr, mods)
    if is_new then
      local window = vim.wo[0][0] -- for this page alone, not for what the window shows next
      window.wrap, window.number, window.relativenumber, window.spell, window.cursorline = false, false, false, false, true
    end
  end)
end

--- How long a page stands before it is read anew, in milliseconds: the answer about a large story is long, and reading it holds up whoever types.
local pause = 2000

--- Whether somebody is writing, or looking through what is at hand to write: a word, a command, a terminal.
local function is_busy()
  return not vim.startswith(vim.api.nvim_get_mode().mode, 'n')
end

local timer, waits_for_mode

--- Reads the pages anew that are old and in a window, each when its time has come, and none while somebody is writing.
local function catch_up()
  local left
  for bufnr, page in pairs(pages) do
    if page.is_old and vim.api.nvim_buf_is_valid(bufnr) and #vim.fn.win_findbuf(bufnr) > 0 then
      local wait = page.asked + pause - vim.uv.now()
      if is_busy() then
        waits_for_mode = waits_for_mode
          or vim.api.nvim_create_autocmd('ModeChanged', {
            pattern = '*:n*',
            callback = vim.schedule_wrap(catch_up),
          })
      elseif wait > 0 then
        left = math.min(left or wait, wait)
      else
        fill(bufnr)
      end
    end
  end
  if left and not timer then
    timer = vim.defer_fn(function()
      timer = nil
      catch_up()
    end, left)
  end
end

--- Handles the notification storylsp/changed: what is in a window is read anew, soon; the rest when it is opened again.
function M.changed(_, _, context)
  for _, page in pairs(pages) do
    page.is_old = page.is_old or page.client.id == context.client_id
  end
  catch_up()
end

return M
