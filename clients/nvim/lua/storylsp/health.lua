--- :checkhealth storylsp
local M = {}

local health = vim.health

local function check_neovim()
  local version = vim.version()
  local text = ('Neovim %d.%d.%d'):format(version.major, version.minor, version.patch)
  if vim.fn.has('nvim-0.10') == 0 then
    health.error(text .. ' is too old', { 'Install Neovim 0.10 or later.' })
    return false
  end
  health.ok(text .. (vim.lsp.enable and ': started by vim.lsp.enable' or ': started by require("storylsp").setup()'))
  return true
end

local function check_server(command)
  if type(command) ~= 'table' then
    health.info('The server is started by a function of your own.')
    return
  end
  local problem = require('storylsp').problem(command)
  if problem then
    health.error(problem, {
      'Build it: `dotnet build StoryLsp.sln -c Release` puts it at artifacts/bin/StoryLsp.Cli/release/storylsp.',
      'Put that folder on PATH, or name the program in setup({ cmd = { … } }).',
    })
    return
  end
  local path = vim.fn.exepath(command[1])
  local ran, result = pcall(function()
    return vim.system({ path, '--version' }, { text = true, timeout = 10000 }):wait()
  end)
  if ran and result.code == 0 then
    health.ok(('Server %s: %s'):format(vim.trim(result.stdout), path))
  else
    health.error(('%s was found but does not start'):format(path), { 'Run it in a terminal with --version and see what it says.' })
  end
end

local function check_start(filetypes)
  health.info('File types: ' .. table.concat(filetypes, ', '))
  local started
  if vim.lsp.enable then
    started = vim.lsp.is_enabled and vim.lsp.is_enabled('storylsp') or #vim.lsp.get_clients({ name = 'storylsp' }) > 0
  else
    started = pcall(vim.api.nvim_get_autocmds, { group = 'storylsp' })
  end
  if not started then
    health.warn('The server is not started for these file types', {
      vim.lsp.enable and 'Put vim.lsp.enable("storylsp") into your init.lua.' or 'Put require("storylsp").setup() into your init.lua.',
    })
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = 'storylsp' })
  if #clients == 0 then
    health.info('No buffer is attached. Open a story file; if none attaches then, see :lua =vim.lsp.get_log_path()')
  end
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_count(client.attached_buffers)
    health.ok(('Attached to %d buffer(s), workspace %s'):format(buffers, client.config.root_dir or '(single files)'))
  end
end

--- The provider of the story, its models, and the hooks of setup(). No network is asked.
local function check_models()
  local hooks = require('storylsp.chat').hooks
  health.info(('setup(): %s chat function, %s secret function'):format(hooks.chat and 'a' or 'no', hooks.secret and 'a' or 'no'))
  local client = vim.lsp.get_clients({ name = 'storylsp' })[1]
  if not client then
    return
  end
  if not require('storylsp.server').supports(client, 'workspace/executeCommand') then
    health.info('AI is off (ai.enabled in story.yaml): no pipeline is offered.')
    return
  end
  local requests = vim.tbl_get(client, 'server_capabilities', 'experimental', 'storylsp', 'requests') or {}
  if not vim.tbl_contains(requests, 'storylsp/models') then
    return -- an older server
  end
  local bufnr = next(client.attached_buffers)
  local answers = vim.lsp.buf_request_sync(bufnr, 'storylsp/models', { uri = vim.uri_from_bufnr(bufnr) }, 3000) or {}
  local answer = (answers[client.id] or {}).result
  if not answer then
    health.warn('The server did not say which models it has.')
    return
  end
  local models = vim.tbl_map(function(model)
    return model.id == answer.current and model.id .. ' (now)' or model.id
  end, answer.models)
  health.ok(('Provider %s; models: %s'):format(answer.provider, #models > 0 and table.concat(models, ', ') or 'none named'))
  if answer.provider == 'editor' and not hooks.chat then
    health.warn('The provider is the editor, and setup() has no chat function', { 'require("storylsp").setup({ chat = function(request, on_part, done) … end })' })
  end
end

--- What else the editor has that helps: something to choose places with, and a parser for the YAML in story fences.
local function check_editor()
  local picker = require('storylsp.places').which()
  health.info(picker and ('The story bible opens in ' .. picker) or 'The story bible opens as a page: there is neither Telescope nor fzf-lua nor another vim.ui.select, or setup() wants a page.')
  local has_yaml = pcall(vim.treesitter.language.add, 'yaml') and pcall(vim.treesitter.language.inspect, 'yaml')
  if has_yaml then
    health.ok('Story fences in Markdown are coloured as YAML')
  else
    health.info('Story fences in Markdown are not coloured: there is no tree-sitter parser for YAML. With nvim-treesitter: :TSInstall yaml')
  end
end

function M.check()
  health.start('storylsp')
  if not check_neovim() then
    return
  end
  local configured = vim.lsp.config and vim.lsp.config.storylsp
  check_server(require('storylsp').command())
  check_start((configured or require('storylsp').config()).filetypes)
  check_clients()
  check_models()
  check_editor()
end

return M
