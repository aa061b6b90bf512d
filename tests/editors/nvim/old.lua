-- A Neovim that is too old is told so once, and nothing breaks: nvim --headless -u NONE -i NONE -n -l old.lua
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
package.path = here .. '/?.lua;' .. package.path
local suite = require('suite')
local snippets = require('snippets')
local old = assert(vim.env.STORYLSP_TEST_OLD, 'STORYLSP_TEST_OLD names the program')
local client = snippets.repository .. '/clients/nvim'
suite.name = vim.trim(vim.fn.system({ old, '--version' })):match('^NVIM v(%S+)') .. ' of Neovim'

suite.run('is told so once, and nothing else happens', function()
  local file = vim.fn.tempname() .. '.md'
  vim.fn.writefile({ '# One', '', '```story', 'id: one', '```' }, file)
  local init = vim.fn.tempname() .. '.lua'
  vim.fn.writefile({ ('vim.opt.runtimepath:append(%q)'):format(client), "require('storylsp').setup({ cmd = { 'storylsp', '--stdio' } })" }, init)
  -- The Neovim that runs this has named its own files.
  local said = vim.fn.system({ 'env', '-u', 'VIMRUNTIME', '-u', 'NVIM',
    old, '--headless', '-u', init, '-i', 'NONE', '-n', file,
    '-c', 'runtime plugin/storylsp.lua', '-c', 'filetype on', '-c', 'edit', '-c', 'new other.fountain', '-c', 'checkhealth storylsp', '-c', 'silent! %print', '-c', 'qall!',
  })
  local _, count = said:gsub('storylsp needs Neovim 0%.10 or later', '')
  suite.same(count, 1, said)
  assert(not said:find('E%d+:') and not said:find('stack traceback', 1, true), said)
end)

suite.finish()
