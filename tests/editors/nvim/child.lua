-- A second Neovim, of the same version, that the tests drive as a person would: with keys.
local Child = {}
Child.__index = Child

local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local repository = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))
local limit = tonumber(vim.env.STORYLSP_TEST_LIMIT or '') or 30000

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local bytes = file:read('*a')
  file:close()
  return bytes
end
Child.read = read

--- Starts a Neovim on a fresh copy of the workspace, or of the folder `options.story`. `options.way` is how init.lua starts the server; `options.path` the
--- PATH.
function Child.start(options)
  local self = setmetatable({}, Child)
  self.home = vim.fn.tempname()
  local story = options.story or (vim.fs.dirname(here) .. '/workspace')
  self.workspace = self.home .. '/' .. (options.story and vim.fs.basename(story) or 'The Mill Road')
  vim.fn.mkdir(self.home, 'p')
  vim.fn.system({ 'cp', '-r', story, self.workspace })
  local server = assert(vim.env.STORYLSP_TEST_SERVER, 'STORYLSP_TEST_SERVER names the server')
  self.socket = self.home .. '/socket'
  self.channel = vim.fn.jobstart({ assert(vim.env.STORYLSP_TEST_NVIM), '--embed', '--headless', '--listen', self.socket, '-u', here .. '/init.lua', '-i', 'NONE', '-n' }, {
    rpc = true,
    cwd = self.home,
    env = {
      HOME = self.home,
      XDG_CONFIG_HOME = self.home .. '/config',
      XDG_DATA_HOME = self.home .. '/data',
      XDG_STATE_HOME = self.home .. '/state',
      XDG_CACHE_HOME = self.home .. '/cache',
      PATH = options.path or (vim.fs.dirname(server) .. ':' .. vim.env.PATH),
      STORYLSP_TEST_WAY = options.way,
      STORYLSP_TEST_EDITORS = vim.fs.dirname(here),
      STORYLSP_TEST_SERVER = server,
      STORYLSP_TEST_CLIENT = repository .. '/clients/nvim',
    },
  })
  assert(self.channel > 0, 'the second Neovim did not start')
  vim.rpcrequest(self.channel, 'nvim_ui_attach', 120, 40, {}) -- without a screen confirm() answers itself
  return self
end

function Child:stop()
  vim.fn.jobstop(self.channel)
  vim.fn.jobwait({ self.channel }, 5000)
  vim.fn.delete(self.home, 'rf')
end

--- Presses Enter where a long message waits for it: a Neovim that waits answers no other call.
function Child:pass_messages(mode)
  if mode == 'r' then
    self:keys('<CR>')
  end
end

--- Presses Enter by the child's other door: a message can come between the question whether one waits and the call, which then waits with it.
local function press_enter(socket)
  local pipe = assert(vim.uv.new_pipe())
  pipe:connect(socket, function(problem)
    if not problem then
      pipe:write('\147\2\170nvim_input\145\164<CR>') -- the notification nvim_input('<CR>') in MessagePack
    end
  end)
end

--- Runs Lua in the child and returns its value.
function Child:lua(code, ...)
  self:pass_messages(vim.rpcrequest(self.channel, 'nvim_get_mode').mode)
  local waited, timer = false, assert(vim.uv.new_timer())
  timer:start(15000, 15000, function()
    waited = true
    press_enter(self.socket)
  end)
  local result = { pcall(vim.rpcrequest, self.channel, 'nvim_exec_lua', code, { ... }) }
  timer:close()
  if waited then
    io.stdout:write(('      a call waited for long; messages: %s\n'):format(vim.rpcrequest(self.channel, 'nvim_exec2', 'messages', { output = true }).output))
  end
  if not result[1] then
    error(result[2], 0)
  end
  return result[2]
end

--- Types keys.
function Child:keys(keys)
  vim.rpcrequest(self.channel, 'nvim_input', keys)
end

--- Waits until the Lua expression is true in the child, and returns its value.
function Child:wait(what, expression, ...)
  local arguments, value = { ... }, nil
  local found = vim.wait(limit, function()
    local mode = vim.rpcrequest(self.channel, 'nvim_get_mode').mode
    self:pass_messages(mode)
    if vim.startswith(mode, 'r') then
      return false
    end
    value = self:lua('return ' .. expression, unpack(arguments))
    return value ~= nil and value ~= vim.NIL and value ~= false
  end, 20)
  if not found then
    error(('%s: not so in time; messages: %s'):format(what, self:messages()), 2)
  end
  return value
end

--- Waits until the child asks a question that keys must answer.
function Child:wait_for_question()
  local asked = vim.wait(limit, function()
    local mode = vim.rpcrequest(self.channel, 'nvim_get_mode').mode
    self:pass_messages(mode)
    return mode == 'rm' or mode == 'r?' or mode == 'c' -- 0.12 asks for a number as for a command line
  end, 20)
  if not asked then
    error('no question in time; messages: ' .. self:messages(), 2)
  end
end

function Child:messages()
  return self:lua([[return vim.api.nvim_exec2('messages', { output = true }).output]])
end

--- Opens a file of the workspace.
function Child:edit(relative)
  local path = self.workspace .. '/' .. relative
  -- Not at once: a message that opening gives may wait for Enter, and the call would wait with it.
  self:lua([[local path = ...; vim.schedule(function() vim.cmd.edit(vim.fn.fnameescape(path)) end)]], path)
  self:wait('the file is open', [[vim.api.nvim_buf_get_name(0) == ...]], path)
  return self:lua('return vim.api.nvim_get_current_buf()')
end

--- Opens a file of the workspace and waits until the server is attached to it.
function Child:open(relative)
  local bufnr = self:edit(relative)
  self:wait('the server is attached', [[vim.iter(vim.lsp.get_clients({ bufnr = 0 })):any(function(c) return c.initialized ~= false end)]])
  return bufnr
end

--- Runs :checkhealth storylsp and returns its report.
function Child:health()
  self:lua([[vim.schedule(function() vim.cmd('checkhealth storylsp') end)]])
  self:wait('the report', [[vim.bo.filetype == 'checkhealth' and vim.fn.search('File types:', 'nw') > 0]])
  return self:bytes()
end

--- The bytes that would be written if the buffer were saved now.
function Child:bytes(bufnr)
  return self:lua([[
    local b = ...
    local eol = ({ dos = '\r\n', mac = '\r', unix = '\n' })[vim.bo[b].fileformat]
    local text = table.concat(vim.api.nvim_buf_get_lines(b, 0, -1, false), eol)
    return (vim.bo[b].bomb and '\239\187\191' or '') .. text .. (vim.bo[b].endofline and eol or '')
  ]], bufnr or 0)
end

--- The bytes of the file on disk in this child's workspace.
function Child:disk(relative)
  return read(self.workspace .. '/' .. relative)
end

--- The bytes of the file as the repository has it.
function Child.original(relative)
  return read(vim.fs.dirname(here) .. '/workspace/' .. relative)
end

--- With STORYLSP_ACCEPT=1 takes the bytes as the right ones, if they are the original but for a line with the synopsis.
function Child.accept(relative, bytes)
  if vim.env.STORYLSP_ACCEPT == '1' and bytes:gsub('\nsynopsis: [^\n]*', '', 1) == Child.original(relative) then
    local file = assert(io.open(vim.fs.dirname(here) .. '/expected/' .. relative, 'wb'))
    file:write(bytes)
    file:close()
  end
end

--- The bytes that the file has once the synopsis is written.
function Child.expected(relative)
  return read(vim.fs.dirname(here) .. '/expected/' .. relative)
end

return Child
