--- The client for the storylsp language server: how it is started, and where.
local M = {}

local filetypes = { 'yaml', 'markdown', 'fountain' }

--- Marks of a workspace, the stronger first: a story.yaml far above wins over a .git nearby.
local root_marks = { 'story.yaml', '.git', '.obsidian' }

--- What setup() was given.
local options = {}

--- The folder that holds the story of a file: the nearest ancestor with a story.yaml, else with a .git, else with an .obsidian, else the
--- file's own folder. Nil for a loose file in the home folder or at the top of a disk, which nobody wants read as a whole.
---@param file string an absolute path
---@return string?
function M.root(file)
  local folder = vim.fs.dirname(vim.fs.normalize(file))
  for _, mark in ipairs(root_marks) do
    local found = vim.fs.find(mark, { path = folder, upward = true })[1]
    if found then
      return vim.fs.dirname(found)
    end
  end
  local home = vim.fs.normalize(vim.uv.os_homedir() or '')
  if folder == home or vim.fs.dirname(folder) == folder then
    return nil
  end
  return folder
end

--- Why a server with this command cannot be started, or nil if it can.
---@param cmd any
---@return string?
function M.problem(cmd)
  if type(cmd) ~= 'table' or type(cmd[1]) ~= 'string' then
    return nil -- a function of the user's own
  end
  if vim.fn.executable(cmd[1]) == 0 then
    return ('The story server %s was not found. See :checkhealth storylsp'):format(cmd[1]) -- one line, so that nobody has to press Enter
  end
  return nil
end

--- The buffer's file if it is one on disk that the server should see.
local function file_of(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  if vim.bo[bufnr].buftype ~= '' or name == '' or name:match('^%a[%w+.-]+://') then
    return nil
  end
  return vim.fn.fnamemodify(name, ':p')
end

--- The command in force, which the user may have changed by vim.lsp.config or by setup.
function M.command()
  local configured = vim.lsp.config and vim.lsp.config.storylsp
  return (configured and configured.cmd) or options.cmd or { 'storylsp', '--stdio' }
end

local told = false

--- Says once that the server is not there.
local function tell(problem)
  if not told then
    told = true
    vim.notify(problem, vim.log.levels.WARN)
  end
end

--- From 0.11 on Neovim passes over a program that is not there without a word, so somebody else must say it.
local function watch_for_missing_server()
  local function look(bufnr)
    local problem = vim.api.nvim_buf_is_valid(bufnr) and file_of(bufnr) and M.problem(M.command())
    if problem and vim.tbl_contains(vim.lsp.config.storylsp.filetypes, vim.bo[bufnr].filetype) then
      tell(problem)
    end
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('storylsp.missing', {}),
    callback = function(event)
      look(event.buf)
    end,
  })
  vim.schedule(function()
    vim.iter(vim.api.nvim_list_bufs()):filter(vim.api.nvim_buf_is_loaded):each(look)
  end)
end

--- Calls start(root) if the buffer is a file and the server is there.
local function with_root(bufnr, start)
  local file = file_of(bufnr)
  if not file then
    return
  end
  local problem = M.problem(M.command())
  if problem then
    tell(problem)
  else
    start(M.root(file))
  end
end

local watching = false

--- What this editor can beyond the standard; EXTENSIONS.md says what each word means.
local function what_we_can()
  local hooks = require('storylsp.chat').hooks
  return { chat = hooks.chat ~= nil, secrets = hooks.secret ~= nil, documents = true, ticks = true, refactorings = true, showPlaces = true, views = true }
end

--- For a statusline: what the latest run of a pipeline does, or an empty string.
function M.status()
  return require('storylsp.runs').status()
end

--- A handler that is only loaded when it is needed.
local function later(module, name)
  return function(...)
    return require(module)[name](...)
  end
end

--- The configuration of the client, as vim.lsp.config and vim.lsp.start take it.
---@return table
function M.config()
  if vim.lsp.enable and not watching then
    watching = true
    watch_for_missing_server()
  end
  require('storylsp.documents').setup()
  require('storylsp.colours').setup()
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities = vim.tbl_deep_extend('force', capabilities, {
    -- Not every Neovim asks before it applies an edit that needs a confirmation; the handler below does, and tells the server the answer.
    workspace = {
      workspaceEdit = { documentChanges = true, changeAnnotationSupport = { groupsOnLabel = true } },
      diagnostics = { refreshSupport = true },
      fileOperations = { willRename = true, didRename = true },
    },
    experimental = { storylsp = what_we_can() },
  })
  return {
    cmd = { 'storylsp', '--stdio' },
    filetypes = filetypes,
    capabilities = capabilities,
    handlers = {
      ['workspace/diagnostic/refresh'] = later('storylsp.findings', 'refresh'),
      ['workspace/applyEdit'] = later('storylsp.edit', 'handle'),
      ['textDocument/rename'] = later('storylsp.edit', 'rename'),
      ['workspace/textDocumentContent/refresh'] = later('storylsp.documents', 'refresh'),
      ['storylsp/run'] = later('storylsp.runs', 'note'),
      ['storylsp/changed'] = later('storylsp.page', 'changed'),
      ['storylsp/chat'] = later('storylsp.chat', 'chat'),
      ['storylsp/chatCancel'] = later('storylsp.chat', 'cancel'),
      ['storylsp/chatModels'] = later('storylsp.chat', 'chat_models'),
      ['storylsp/secret'] = later('storylsp.chat', 'secret'),
    },
    commands = {
      ['storylsp.resume'] = later('storylsp.runs', 'lens'),
      ['storylsp.drop'] = later('storylsp.runs', 'lens'),
      ['storylsp.changeModel'] = later('storylsp.runs', 'lens'),
      ['storylsp.refactor'] = later('storylsp.refactor', 'refactoring'),
      ['storylsp.showPlaces'] = later('storylsp.refactor', 'show_places'),
    },
    on_init = function(client)
      if vim.lsp.on_type_formatting then
        require('storylsp.typing').watch(client)
      end
    end,
    root_dir = function(bufnr, start)
      with_root(bufnr, start)
    end,
  }
end

--- The options of setup(), beside those of every language client.
M.own_options = { 'cmd', 'filetypes', 'root_dir', 'picker', 'chat', 'models', 'secret' }

--- Takes out of the options what is ours and no configuration of a language client: chat, models, secret and picker.
local function take_hooks(given)
  local hooks, rest = require('storylsp.chat').hooks, {}
  for name, value in pairs(given) do
    if name == 'chat' or name == 'models' or name == 'secret' then
      hooks[name] = value
    elseif name == 'picker' then
      require('storylsp.places').picker = value
    else
      rest[name] = value
    end
  end
  rest.capabilities = vim.tbl_deep_extend('force', { experimental = { storylsp = what_we_can() } }, rest.capabilities or {})
  return rest
end

--- Starts the server for the story files of this Neovim. `opts` is merged over the configuration: `cmd`, `filetypes`, `settings`, … On 0.11 and later
--- this is the same as vim.lsp.config('storylsp', opts) and vim.lsp.enable('storylsp'). Beside these it takes `picker`, `chat`, `models` and `secret`: see
--- :help storylsp-options.
---@param opts? table
function M.setup(opts)
  if vim.fn.has('nvim-0.10') == 0 then
    return -- plugin/storylsp.lua has said why
  end
  options = take_hooks(opts or {})
  if vim.lsp.enable then
    vim.lsp.config('storylsp', options)
    vim.lsp.enable('storylsp')
    return
  end
  local config = vim.tbl_deep_extend('force', M.config(), options, { name = 'storylsp' })
  local own_root = options.root_dir
  local function attach(bufnr)
    with_root(bufnr, function(root)
      if type(own_root) == 'function' then
        root = own_root(vim.api.nvim_buf_get_name(bufnr), bufnr)
      elseif own_root then
        root = own_root
      end
      local start = vim.tbl_extend('force', config, {})
      start.root_dir = root
      vim.lsp.start(start, { bufnr = bufnr })
    end)
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('storylsp', {}),
    pattern = config.filetypes,
    callback = function(event)
      attach(event.buf)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and vim.tbl_contains(config.filetypes, vim.bo[bufnr].filetype) then
      attach(bufnr)
    end
  end
end

return M
