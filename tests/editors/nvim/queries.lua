-- The tree-sitter queries, with Neovim's own parser for Markdown and one for YAML: nvim --headless -u NONE -i NONE -n -l queries.lua
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
package.path = here .. '/?.lua;' .. package.path
local Child = require('child')
local suite = require('suite')
local snippets = require('snippets')
local parsers = assert(vim.env.STORYLSP_TEST_PARSERS, 'STORYLSP_TEST_PARSERS names the folder with the parsers')

local text = [[
---
pov: ada
---

# One

```story
pov: ada
```

```storybook
pov: ada
```

```yaml
pov: ada
```

Prose.]]

--- The language at the beginning of each of some lines, from 0.
local languages = [[
  local lines, numbers = ...
  vim.cmd('enew!')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
  vim.bo.filetype = 'markdown'
  local parser = vim.treesitter.get_parser(0, 'markdown')
  parser:parse(true)
  return vim.tbl_map(function(number) return parser:language_for_range({ number, 0, number, 1 }):lang() end, numbers)
]]

local lines = vim.split(text, '\n')
local numbers = { 1, 7, 11, 15, 18 }

suite.test('a story fence is YAML, and no other fence', { way = 'plugin' }, function(child)
  child:lua('vim.opt.runtimepath:append(...)', parsers)
  suite.same(child:lua(languages, lines, numbers), { 'yaml', 'yaml', 'markdown', 'yaml', 'markdown_inline' }, 'the languages')
end)

suite.test('without the plugin it is not', { way = 'bare' }, function(child)
  child:lua('vim.opt.runtimepath:append(...)', parsers)
  suite.same(child:lua(languages, lines, numbers), { 'yaml', 'markdown', 'markdown', 'yaml', 'markdown_inline' }, 'the languages')
end)

suite.test('without a parser for YAML nothing breaks', { way = 'plugin' }, function(child)
  suite.same(child:lua(languages, lines, { 7, 18 }), { 'markdown', 'markdown_inline' }, 'the languages')
  suite.same(child:messages(), '', 'messages')
end)

suite.test('the query for Helix knows the nodes of the parser', { way = 'bare' }, function(child)
  local query = Child.read(snippets.repository .. '/grammars/helix/queries/markdown/injections.scm')
  suite.same(child:lua([[return #vim.treesitter.query.parse('markdown', ...).captures > 0]], query), true, 'captures')
end)

suite.finish()
