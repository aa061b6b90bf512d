if vim.g.loaded_storylsp then
  return
end
vim.g.loaded_storylsp = true

if vim.fn.has('nvim-0.10') == 0 then
  vim.api.nvim_echo({
    { 'storylsp needs Neovim 0.10 or later, and this is an older one. ', 'WarningMsg' },
    { 'The command line `storylsp check` works without an editor.', 'WarningMsg' },
  }, true, {})
  return
end

vim.api.nvim_create_user_command('Story', function(options)
  require('storylsp.command').execute(options)
end, {
  nargs = '*',
  range = true,
  bang = true,
  desc = 'The story: its people, manuscript and timeline, pipelines, proposals and history',
  complete = function(...)
    return require('storylsp.command').complete(...)
  end,
})
