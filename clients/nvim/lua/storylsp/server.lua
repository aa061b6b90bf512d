--- How the commands reach the server: the client of the buffer at hand, else the one that there is.
local M = {}

--- The client of the current buffer or of the story that its page is about, else any; nil, and told, where the server is not attached.
---@param quiet? boolean not told
---@return vim.lsp.Client?
function M.client(quiet)
  local client = vim.lsp.get_clients({ name = 'storylsp', bufnr = 0 })[1]
    or vim.lsp.get_clients({ name = 'storylsp', id = vim.b.storylsp_client })[1]
    or vim.lsp.get_clients({ name = 'storylsp' })[1]
  if not client and not quiet then
    vim.notify('The story server is not attached: open a story file. See :checkhealth storylsp', vim.log.levels.WARN)
  end
  return client
end

--- Whether the buffer is a file on disk.
local function is_file(bufnr)
  return vim.bo[bufnr].buftype == '' and vim.api.nvim_buf_get_name(bufnr) ~= ''
end

--- Any address of the story that the person looks at.
---@param client vim.lsp.Client
function M.story(client)
  if is_file(0) then
    return vim.uri_from_bufnr(0)
  end
  local root = client.config.root_dir
  return root and vim.uri_from_fname(root) or nil
end

--- The same request in 0.10 and in later ones.
---@param client vim.lsp.Client
function M.request(client, method, params, handler, bufnr)
  if vim.fn.has('nvim-0.11') == 1 then
    return client:request(method, params, handler, bufnr)
  end
  return client.request(method, params, handler, bufnr)
end

---@param client vim.lsp.Client
function M.supports(client, method)
  if vim.fn.has('nvim-0.11') == 1 then
    return client:supports_method(method)
  end
  return client.supports_method(method)
end

---@param client vim.lsp.Client
function M.notify(client, method, params)
  if vim.fn.has('nvim-0.11') == 1 then
    return client:notify(method, params)
  end
  return client.notify(method, params)
end

--- Says what the server said; a cancellation is no news to whoever cancelled.
function M.tell(err)
  if err and err.code ~= -32800 then
    vim.notify(err.message or tostring(err), vim.log.levels.ERROR)
  end
end

--- Sends a request of our own, and calls `done` with its answer and the client that gave it. What goes wrong is told, and `done` is not called.
---@param client? vim.lsp.Client the one to ask; without it that of the current buffer
function M.ask(method, params, done, client)
  client = client or M.client()
  if not client then
    return
  end
  params = vim.tbl_extend('keep', params or {}, { uri = M.story(client) })
  if vim.tbl_isempty(params) then
    params = vim.empty_dict()
  end
  M.request(client, method, params, function(err, result)
    if err then
      M.tell(err)
    elseif done then
      done(result, client)
    end
  end)
end

--- Executes a command of the server, if it offers it.
function M.execute(command, argument, done)
  local client = M.client()
  if not client then
    return
  end
  if not M.supports(client, 'workspace/executeCommand') then
    vim.notify('The story has no AI: ai.enabled in its story.yaml is off.', vim.log.levels.WARN)
    return
  end
  M.request(client, 'workspace/executeCommand', { command = command, arguments = { argument } }, function(err, result)
    if err then
      M.tell(err)
    elseif done then
      done(result)
    end
  end)
end

return M
