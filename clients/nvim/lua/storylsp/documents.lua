--- The read-only documents of the server (`storylsp:/proposal/…`, `storylsp:/before/…`, `storylsp:/after/…`), and the lenses of the prompts.
local M = {}

local server = require('storylsp.server')

local function set_text(bufnr, text)
  local lines = require('storylsp.hunks').lines(text)
  -- A text that is there already keeps its marks, and the cursors in it.
  if not vim.deep_equal(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), lines) then
    vim.bo[bufnr].modifiable = true
    vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
    vim.bo[bufnr].modifiable = false
  end
  vim.bo[bufnr].modified = false
end

--- Shows the lenses of a buffer, and keeps them as the text changes.
local function lenses(bufnr)
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = bufnr })
    -- Neovim 0.12 goes on asking for the lenses of a buffer that is gone, and fails.
    vim.api.nvim_create_autocmd('BufUnload', {
      group = vim.api.nvim_create_augroup('storylsp.lenses.' .. bufnr, {}),
      buffer = bufnr,
      once = true,
      callback = function()
        pcall(vim.lsp.codelens.enable, false, { bufnr = bufnr })
      end,
    })
  else
    vim.lsp.codelens.refresh({ bufnr = bufnr })
  end
end

--- Fills a buffer with what the server has under its address.
function M.fill(bufnr, done)
  local uri = vim.api.nvim_buf_get_name(bufnr)
  server.ask('workspace/textDocumentContent', { uri = uri }, function(result)
    if not vim.api.nvim_buf_is_valid(bufnr) then
      return
    end
    set_text(bufnr, result.text)
    local client = server.client()
    if client and uri:match('^storylsp:/proposal/') then
      vim.lsp.buf_attach_client(bufnr, client.id)
      lenses(bufnr)
    end
    if done then
      done()
    end
  end)
end

--- Reads a buffer whose name is an address of the server.
local function read(event)
  local bufnr = event.buf
  vim.bo[bufnr].buftype = 'nofile'
  vim.bo[bufnr].swapfile = false
  vim.bo[bufnr].modifiable = false
  vim.bo[bufnr].filetype = vim.filetype.match({ filename = event.match }) or 'markdown'
  M.fill(bufnr)
end

--- Handles the request workspace/textDocumentContent/refresh.
function M.refresh(_, params)
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and vim.api.nvim_buf_get_name(bufnr) == params.uri then
      M.fill(bufnr)
    end
  end
  return vim.NIL
end

--- The run whose prompt the buffer holds; nil for any other buffer.
---@return string?
function M.run_of(bufnr)
  return vim.fs.normalize(vim.api.nvim_buf_get_name(bufnr)):match('/%.story/runs/([%x]+)/prompt%.md$')
end

--- Whether the buffer has lenses of a run or a proposal.
local function has_lenses(bufnr)
  local name = vim.fs.normalize(vim.api.nvim_buf_get_name(bufnr))
  return name:match('/%.story/runs/.+%.md$') ~= nil or name:match('/%.story/cache/review/.+%.md$') ~= nil or name:match('^storylsp:/proposal/') ~= nil
end

function M.setup()
  local group = vim.api.nvim_create_augroup('storylsp.documents', {})
  vim.api.nvim_create_autocmd('BufReadCmd', { group = group, pattern = 'storylsp:/*', callback = read })
  vim.api.nvim_create_autocmd('LspAttach', {
    group = group,
    callback = function(event)
      if has_lenses(event.buf) then
        lenses(event.buf)
      end
    end,
  })
  if not vim.lsp.codelens.enable then
    vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged' }, {
      group = group,
      pattern = '*.md',
      callback = function(event)
        if has_lenses(event.buf) and #vim.lsp.get_clients({ name = 'storylsp', bufnr = event.buf }) > 0 then
          lenses(event.buf)
        end
      end,
    })
  end
end

return M
