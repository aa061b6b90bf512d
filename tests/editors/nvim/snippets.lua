-- The settings for other editors, as docs/editors.md has them.
local Child = require('child')

local M = {}

local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
M.repository = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))

--- The fences of a section, each { language, text }.
function M.of(section)
  local page = Child.read(M.repository .. '/docs/editors.md')
  local text = assert(page:match('\n## ' .. section .. '\n(.-)\n## ') or page:match('\n## ' .. section .. '\n(.*)$'), 'the page has no ' .. section)
  local found = {}
  for language, body in text:gmatch('\n```(%w+)\n(.-\n)```\n') do
    found[#found + 1] = { language = language, text = body }
  end
  return found
end

--- The one fence of a section.
function M.one(section, language)
  local found = M.of(section)
  assert(#found == 1 and found[1].language == language, ('%s has not just one fence of %s'):format(section, language))
  return found[1].text
end

return M
