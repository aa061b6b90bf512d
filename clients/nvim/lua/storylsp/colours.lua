--- The highlight groups, each linked to one that every colour scheme has; a link or a colour of the writer's own always goes before.
local M = {}

--- Group -> what it is linked to by default.
M.groups = {
  StoryCharacter = '@lsp.type.class',
  StoryPlace = '@lsp.type.namespace',
  StoryItem = 'Identifier',
  StoryThing = '@lsp.type.interface',
  StoryScene = 'Function',
  StoryFact = 'Constant',
  StoryKey = '@property',
  StoryType = 'Type',
  StoryTitle = 'Title',
  StoryDetail = 'Comment',
  StoryCount = 'Number',
  StoryTime = 'Special',
  StoryError = 'DiagnosticError',
  StoryWarning = 'DiagnosticWarn',
  StoryHunk = 'Comment',
  StoryDoubt = 'DiagnosticVirtualTextWarn',
  ['@lsp.type.class.storylsp'] = 'StoryCharacter',
  ['@lsp.type.namespace.storylsp'] = 'StoryPlace',
  ['@lsp.type.variable.storylsp'] = 'StoryItem',
  ['@lsp.type.interface.storylsp'] = 'StoryThing',
  ['@lsp.type.method.storylsp'] = 'StoryScene',
  ['@lsp.type.enumMember.storylsp'] = 'StoryFact',
  ['@lsp.type.property.storylsp'] = 'StoryKey',
  ['@lsp.type.type.storylsp'] = 'StoryType',
}

local function define()
  for group, link in pairs(M.groups) do
    vim.api.nvim_set_hl(0, group, { link = link, default = true })
  end
end

--- Colours the server's tokens with the groups of this server alone: `@lsp.type.class.markdown` would be every server's. Where the writer has given that
--- one a colour, it stays.
local function colour(event)
  local client = vim.lsp.get_client_by_id(event.data.client_id)
  if not client or client.name ~= 'storylsp' then
    return
  end
  local kind = event.data.token.type
  local of_the_writer = vim.api.nvim_get_hl(0, { name = ('@lsp.type.%s.%s'):format(kind, vim.bo[event.buf].filetype), create = false })
  if vim.tbl_isempty(of_the_writer) then
    vim.lsp.semantic_tokens.highlight_token(event.data.token, event.buf, client.id, ('@lsp.type.%s.storylsp'):format(kind))
  end
end

function M.setup()
  define()
  local group = vim.api.nvim_create_augroup('storylsp.colours', {})
  vim.api.nvim_create_autocmd('ColorScheme', { group = group, callback = define })
  vim.api.nvim_create_autocmd('LspAttach', {
    group = group,
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'storylsp' then
        vim.api.nvim_clear_autocmds({ group = group, event = 'LspTokenUpdate', buffer = event.buf })
        vim.api.nvim_create_autocmd('LspTokenUpdate', { group = group, buffer = event.buf, callback = colour })
      end
    end,
  })
end

return M
