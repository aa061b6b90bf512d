--- Asks for the findings of the open files again when the server says that they have changed: what was typed in one file can clear, or cause, a finding
--- in another. Neovim 0.10 does not know that message; 0.12 then asks for all files but leaves out those that are open.
local M = {}

--- Handles the request workspace/diagnostic/refresh.
function M.refresh(err, params, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  if not client then
    return vim.NIL
  end
  local identifier = vim.tbl_get(client, 'server_capabilities', 'diagnosticProvider', 'identifier')
  for bufnr in pairs(client.attached_buffers) do
    local request = { textDocument = vim.lsp.util.make_text_document_params(bufnr), identifier = identifier }
    if vim.fn.has('nvim-0.11') == 1 then
      client:request('textDocument/diagnostic', request, nil, bufnr)
    else
      client.request('textDocument/diagnostic', request, nil, bufnr)
    end
  end
  if vim.lsp.diagnostic.on_refresh then
    return vim.lsp.diagnostic.on_refresh(err, params, context)
  end
  return vim.NIL
end

return M
