--- What Neovim has no key for: a file is moved with the links to it, and a refactoring is told what the writer wants.
local M = {}

local server = require('storylsp.server')

--- Moves the file of the buffer at hand, and mends every link to it and in it.
---@param to string the new path; a relative one is of the story's folder
function M.move(to)
  local client = server.client()
  if not client then
    return
  end
  local from = vim.api.nvim_buf_get_name(0)
  if to == '' or vim.bo.buftype ~= '' or from == '' then
    vim.notify(':Story move PATH moves the file of this buffer to PATH.', vim.log.levels.WARN)
    return
  end
  local target = (vim.startswith(to, '/') or to:match('^%a:[/\\]')) and to or vim.fs.joinpath(client.config.root_dir or vim.fn.getcwd(), to)
  if vim.uv.fs_stat(target) then
    vim.notify(to .. ' is there already.', vim.log.levels.WARN)
    return
  end
  local params = { files = { { oldUri = vim.uri_from_fname(from), newUri = vim.uri_from_fname(target) } } }
  local function move()
    vim.fn.mkdir(vim.fs.dirname(target), 'p')
    vim.lsp.util.rename(from, target)
    server.notify(client, 'workspace/didRenameFiles', params)
  end
  if not server.supports(client, 'workspace/willRenameFiles') then
    move()
    return
  end
  server.request(client, 'workspace/willRenameFiles', params, function(err, edit)
    if err then
      server.tell(err)
      return
    end
    coroutine.wrap(function()
      if not edit or require('storylsp.edit').make(client, edit, 'Move').applied then
        move()
      end
    end)()
  end)
end

--- What is selected: to the letter where the range is that of the last visual selection of letters, else its lines.
local function selected(range, encoding)
  local first, last = vim.api.nvim_buf_get_mark(0, '<'), vim.api.nvim_buf_get_mark(0, '>')
  if vim.fn.visualmode() == 'v' and first[1] == range[1] and last[1] == range[2] then
    return vim.lsp.util.make_given_range_params(first, last, 0, encoding).range
  end
  return { start = { line = range[1] - 1, character = 0 }, ['end'] = { line = range[2], character = 0 } }
end

--- Starts a refactoring at the cursor or on a range: its name, and what it is told as key=value, where a value may have spaces. Without a name the writer
--- takes one.
function M.refactor(words, range)
  local client = server.client()
  if not client then
    return
  end
  if not words[1] then
    vim.ui.select(require('storylsp.candidates').refactorings({}), { prompt = 'Which refactoring?', kind = 'storylsp' }, function(name)
      if name then
        M.refactor({ name }, range)
      end
    end)
    return
  end
  local position = vim.lsp.util.make_position_params(0, client.offset_encoding).position
  local argument = { name = words[1], uri = vim.uri_from_bufnr(0), range = { start = position, ['end'] = position } }
  if range then
    argument.range = selected(range, client.offset_encoding)
  end
  local key
  for _, word in ipairs(vim.list_slice(words, 2)) do
    local name, value = word:match('^(%a+)=(.*)$')
    key = name or key
    if key then
      argument[key] = name and value or argument[key] .. ' ' .. word
    end
  end
  M.carry_out(argument)
end

--- Sends a refactoring to the server. What would change if somebody were born in another year is asked for that year first.
function M.carry_out(argument)
  if argument.name ~= 'retcon' or argument.born then
    server.execute('storylsp.refactor', argument)
    return
  end
  vim.ui.input({ prompt = 'Born in which year, or on which day? ' }, function(born)
    if born and vim.trim(born) ~= '' then
      server.execute('storylsp.refactor', vim.tbl_extend('force', argument, { born = vim.trim(born) }))
    end
  end)
end

--- Handles the command of a code action.
function M.refactoring(command)
  M.carry_out(command.arguments[1])
end

--- Handles the lens that leads to several places: they are put into the quickfix list, and a single one is gone to.
function M.show_places(command, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  local places = command.arguments[1].places
  if #places == 1 then
    vim.lsp.util.show_document(places[1], client.offset_encoding, { focus = true })
    return
  end
  vim.fn.setqflist({}, ' ', { title = command.title, items = vim.lsp.util.locations_to_items(places, client.offset_encoding) })
  vim.cmd.copen()
end

return M
