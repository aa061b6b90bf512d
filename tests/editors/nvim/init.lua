-- What a user of the client has in their init.lua. The server is the `storylsp` on PATH.
local way = vim.env.STORYLSP_TEST_WAY
vim.opt.completeopt = { 'menuone', 'noselect' }

if way == 'plugin' then
  vim.opt.runtimepath:append(vim.env.STORYLSP_TEST_CLIENT)
  if vim.lsp.enable then
    vim.lsp.enable('storylsp')
  else
    require('storylsp').setup()
  end
elseif way == 'setup' then
  vim.opt.runtimepath:append(vim.env.STORYLSP_TEST_CLIENT)
  require('storylsp').setup({ cmd = { vim.env.STORYLSP_TEST_SERVER, '--stdio' } })
elseif way == 'bare' then
  -- No plugin at all: what Neovim does with the server by itself.
  vim.api.nvim_create_autocmd('FileType', {
    pattern = { 'yaml', 'markdown' },
    callback = function(event)
      vim.lsp.start({ name = 'storylsp', cmd = { 'storylsp', '--stdio' }, root_dir = vim.fs.root(event.buf, 'story.yaml') })
    end,
  })
end
