--- Formatting as one types (`vim.lsp.on_type_formatting.enable()`, Neovim 0.12): Neovim leaves the cursor before what is put in at the cursor, and the next
--- letter would stand before the second bracket of a link. Here it goes behind.
local M = {}

--- Where the cursor belongs after the edits; nil: where it is.
local function behind(edits, position)
  for _, edit in ipairs(edits or {}) do
    local at = edit.range.start
    if vim.deep_equal(at, edit.range['end']) and at.line == position.line and at.character == position.character and not edit.newText:find('\n', 1, true) then
      return #edit.newText
    end
  end
end

---@param client vim.lsp.Client
function M.watch(client)
  local request = client.request
  client.request = function(self, method, params, handler, bufnr)
    if method ~= 'textDocument/onTypeFormatting' or not handler then
      return request(self, method, params, handler, bufnr)
    end
    return request(self, method, params, function(err, edits, context)
      local columns, before = behind(edits, params.position), vim.api.nvim_win_get_cursor(0)
      local tick = vim.api.nvim_buf_get_changedtick(0)
      handler(err, edits, context)
      local after = vim.api.nvim_win_get_cursor(0)
      if columns and vim.api.nvim_get_current_buf() == context.bufnr and vim.api.nvim_buf_get_changedtick(0) ~= tick and vim.deep_equal(before, after) then
        vim.api.nvim_win_set_cursor(0, { after[1], after[2] + columns })
      end
    end, bufnr)
  end
end

return M
