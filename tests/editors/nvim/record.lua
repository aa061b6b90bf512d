-- A session to record: a Neovim opens, reads, types, completes, renames and mends, as a writer does. What it ends with is written to STORYLSP_RECORD_FINAL.
-- nvim --headless -u NONE -i NONE -n -l record.lua
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
package.path = here .. '/?.lua;' .. package.path
local Child = require('child')
local story = require('story')

local child = Child.start({ way = 'plugin' })
child:lua(story.ask_here)
local scene, dos_scene = 'scenes/01-arrival.md', 'scenes/02-crossing.md'

local function rest()
  vim.wait(400)
  child:wait('the answers', [[vim.iter(vim.lsp.get_clients({ name = 'storylsp' })):all(function(c)
    return vim.iter(pairs(c.requests)):all(function(_, r) return r.type ~= 'pending' end)
  end)]])
end

local function at(file, text, column)
  child:open(file)
  child:lua([[local text, column = ...; vim.fn.search('\\V' .. text, 'cw'); vim.fn.cursor(0, vim.fn.col('.') + column)]], text, column or 0)
  rest()
end

local function typed(keys)
  child:keys(keys)
  child:wait('the keys', [[vim.api.nvim_get_mode().mode == 'n']])
  rest()
end

local function call(code, ...)
  child:lua(code, ...)
  rest()
end

at(scene, 'title:')
child:wait('the findings', '#vim.diagnostic.get(0) == 2')
at(scene, 'ada-vane')
call('vim.lsp.buf.hover()')
call('vim.lsp.buf.document_symbol()')
call('vim.cmd.cclose()')
call('vim.lsp.buf.references()')
call('vim.cmd.cclose()')
at(scene, 'old-mil')
call([[vim.lsp.buf.code_action({ apply = true, filter = function(one) return one.kind == 'quickfix' and one.title:find('old-mill', 1, true) ~= nil end })]])
at(dos_scene, 'They had been thrown away.')
child:keys('A See [[tom<C-x><C-o>')
child:wait('the list', 'vim.fn.pumvisible() == 1')
typed('<C-n><C-y><Esc>')
typed('oThe river had not risen. Ada Vane was not surprised.<Esc>')
call('vim.lsp.buf.definition()')
at('characters/ada-vane.yaml', 'name: Ada Vane', 6)
call([[vim.lsp.buf.rename('Ada Weir')]])
if child:lua('return _G.question ~= nil') then
  story.choose(child, 'Accept')
end
rest()
call([[vim.cmd('silent wall')]])
at(scene, 'Only the letters', 5)
typed('dwu')
call('vim.lsp.buf.document_highlight()')
call('vim.lsp.buf.workspace_symbol(...)', 'weir')
call('vim.cmd.cclose()')
call([[vim.lsp.buf.format()]])
at('lamps/storm-lamp.yaml', 'oyl')
typed('cwoil<Esc>')
child:wait('the finding is gone', [[not vim.iter(vim.diagnostic.get(0)):any(function(d) return d.code == 'schema/not-an-option' end)]])
call([[vim.cmd('silent wall')]])
at('scenes/03-lamplight.md', 'Ada lit the stove')
call([[vim.cmd('bdelete!')]])
child:open(scene)
vim.wait(1500)

--- The findings of the open files, as Neovim shows them: path -> "line code", sorted.
local findings = child:lua([[
  local found = {}
  for _, b in ipairs(vim.api.nvim_list_bufs()) do
    local name = vim.api.nvim_buf_get_name(b)
    if vim.api.nvim_buf_is_loaded(b) and #vim.lsp.get_clients({ bufnr = b }) > 0 then
      local path = name:sub(#... + 2)
      found[path] = vim.tbl_map(function(d) return ('%d %s'):format(d.lnum, d.code) end, vim.diagnostic.get(b))
      table.sort(found[path])
    end
  end
  return found
]], child.workspace)
for path, list in pairs(findings) do
  findings[path] = #list == 0 and vim.empty_dict() or list
end
local file = assert(io.open(vim.env.STORYLSP_RECORD_FINAL, 'wb'))
file:write(vim.json.encode({ workspace = child.workspace, texts = story.texts(child), findings = findings }))
file:close()
child:lua([[for _, client in ipairs(vim.lsp.get_clients()) do client.stop(client) end]])
vim.wait(3000, function()
  return child:lua('return #vim.lsp.get_clients() == 0')
end)
child:stop()
os.exit(0)
