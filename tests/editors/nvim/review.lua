-- Which hunk of a proposal is decided about, and that nothing is decided unseen and unasked.
local suite = require('suite')
local story = require('story')
local same, contains = suite.same, suite.contains

local M = {}

local draft = { pipeline = 'draft-scene', file = 'scenes/03-lamplight.md', at = '# Lamplight' }
local before = '“Let them dry,” said Ada. They laid the letters along the cold pipes of the mill, one beside the other, until the whole room looked like a laundry on a Monday. '
  .. 'Ada lit the stove and shut its door with her boot. The paper curled at its edges. Tom waited by the window.'
local after = '“Let them dry,” said Ada. They laid the letters along the pipes. Ada lit the stove and shut its door with her boot. The paper curled and went brown. Tom waited by the window.'

--- How the hunks of all proposals that wait stand: `open open, …`.
local states = [[(function(bufnr)
  for _, answer in pairs(vim.lsp.buf_request_sync(bufnr, 'storylsp/proposal', { uri = vim.uri_from_bufnr(bufnr) }, 5000) or {}) do
    return answer.result and table.concat(vim.tbl_map(function(proposal)
      return table.concat(vim.tbl_map(function(hunk) return hunk.state end, proposal.hunks), ' ')
    end, answer.result.proposals), ', ')
  end
end)(...)]]

local function says(child, text)
  child:wait('the message with ' .. text, [[vim.api.nvim_exec2('messages', { output = true }).output:find(..., 1, true) ~= nil]], text)
end

local function command(child, line)
  child:lua([[local line = ...; vim.cmd('messages clear'); vim.schedule(function() vim.cmd(line) end)]], line)
end

--- Brings a proposal with two hunks, which are sentences of one long line, and leaves it undecided.
local function propose(child)
  story.reset(child)
  story.settings(child, { 'provider: editor', 'model: quill' })
  child:lua(story.ask_here)
  child:lua('_G.answer = ...', after)
  local bufnr = story.at(child, draft)
  child:lua([[
    local first = vim.fn.search('^They laid') - 1
    vim.api.nvim_buf_set_lines(0, first, -1, false, { ... })
    vim.api.nvim_win_set_cursor(0, { first - 1, 0 })]], before)
  story.to_prompt(child, draft)
  story.lens(child, 'Run')
  story.choose(child, 'Reject')
  child:wait('two hunks wait', states .. " == 'open open'", bufnr)
  return bufnr
end

--- Opens the review with the keys on a side.
local function open(child, side)
  command(child, 'Story proposals')
  child:wait('the review', [[(function()
    if not (vim.t.storylsp_proposal and vim.wo.diff and #vim.api.nvim_tabpage_list_wins(0) == 2) then return false end
    local marks = vim.api.nvim_get_namespaces()['storylsp.review']
    return vim.iter(vim.api.nvim_tabpage_list_wins(0)):all(function(window)
      return #vim.api.nvim_buf_get_extmarks(vim.api.nvim_win_get_buf(window), marks, 0, -1, {}) == 2
    end)
  end)()]])
  child:lua([[vim.api.nvim_set_current_win(vim.api.nvim_tabpage_list_wins(0)[...])]], side == 'before' and 1 or 2)
end

local function put_on(child, text)
  suite.cursor_on(child, text)
end

local tests = {}

for _, one in ipairs({
  { side = 'after', on = 'went brown', key = 'gr', says = 'Rejected: hunk 2.', state = 'open rejected' },
  { side = 'before', on = 'its edges', key = 'gr', says = 'Rejected: hunk 2.', state = 'open rejected' },
  { side = 'after', on = 'along the pipes', key = 'ga', says = 'Accepted: hunk 1.', state = 'accepted open' },
  { side = 'before', on = 'looked like a laundry', key = 'gr', says = 'Rejected: hunk 1.', state = 'rejected open' },
}) do
  tests[#tests + 1] = {
    title = ('%s on “%s” in the text %s means the hunk there'):format(one.key, one.on, one.side),
    body = function(child)
      local bufnr = propose(child)
      open(child, one.side)
      put_on(child, one.on)
      child:keys(one.key)
      says(child, one.says)
      same(child:lua('return ' .. states, bufnr), one.state, 'the hunks')
      command(child, 'Story reject all')
      child:wait('the review is closed', '#vim.api.nvim_list_tabpages() == 1')
      same(child:lua('return _G.question == nil'), true, 'nothing is asked where all is before the eyes')
    end,
  }
end

tests[#tests + 1] = {
  title = 'outside of a review a decision without words opens the review, and one about all is asked about',
  body = function(child)
    local bufnr = propose(child)
    child:lua([[vim.api.nvim_set_current_buf(...)]], bufnr)
    local text = child:bytes(bufnr)
    for _, line in ipairs({ 'Story reject', 'Story accept' }) do
      command(child, line)
      child:wait('the review', [[vim.t.storylsp_proposal ~= nil and #vim.api.nvim_tabpage_list_wins(0) == 2]])
      says(child, 'Nothing is decided yet')
      same(child:lua('return ' .. states, bufnr), 'open open', 'the hunks after ' .. line)
      child:lua([[vim.cmd('tabfirst')]])
      same(child:lua('return #vim.api.nvim_list_tabpages()'), 2, 'tabs: the review is opened once')
    end
    for _, line in ipairs({ 'Story reject all', 'Story reject 1 2' }) do
      command(child, line)
      local asked = story.choose(child, 'Decide later')
      contains(asked.prompt, 'Reject 2 changes in 1 file of “', 'the question of ' .. line)
      contains(asked.prompt, 'This cannot be undone.', 'the question of ' .. line)
      same(child:lua('return ' .. states, bufnr), 'open open', 'the hunks after ' .. line)
    end
    command(child, 'Story accept all')
    contains(story.choose(child, 'Decide later').prompt, 'Accept 2 changes in 1 file of “', 'the question')
    same(child:lua('return ' .. states, bufnr), 'open open', 'the hunks after the question')
    same(child:bytes(bufnr), text, 'the scene')
    command(child, 'Story reject all')
    story.choose(child, 'Reject')
    child:wait('the proposal is gone', states .. " == ''", bufnr)
    same(child:bytes(bufnr), text, 'the scene')
  end,
}

tests[#tests + 1] = {
  title = 'a word that is no number of a hunk is told, and nothing is decided',
  body = function(child)
    local bufnr = propose(child)
    open(child, 'after')
    for _, words in ipairs({ '1,2', 'x', 'all 1', '1 two', '-1' }) do
      command(child, 'Story reject ' .. words)
      says(child, 'is no number of a hunk')
    end
    same(child:lua('return ' .. states, bufnr), 'open open', 'the hunks')
    command(child, 'Story reject 2')
    says(child, 'Rejected: hunk 2.')
    same(child:lua('return ' .. states, bufnr), 'open rejected', 'the hunks')
    for _, number in ipairs({ '9', '2', '1 9' }) do
      command(child, 'Story reject ' .. number)
      says(child, 'There is no open hunk ' .. number:sub(-1))
    end
    same(child:lua('return ' .. states, bufnr), 'open rejected', 'the hunks')
    command(child, 'Story reject all')
    child:wait('the review is closed', '#vim.api.nvim_list_tabpages() == 1')
  end,
}

tests[#tests + 1] = {
  title = 'a text that has changed since it was shown is shown anew, and nothing is decided',
  body = function(child)
    local bufnr = propose(child)
    open(child, 'after')
    child:lua([[local bufnr = ...; vim.api.nvim_buf_set_lines(bufnr, -1, -1, false, { '', 'The post was early.' })]], bufnr)
    put_on(child, 'went brown')
    child:keys('gr')
    says(child, 'nothing was decided')
    same(child:lua('return ' .. states, bufnr), 'open open', 'the hunks')
    child:wait('the new words', [[vim.fn.search('The post was early', 'nw') > 0]])
    put_on(child, 'went brown')
    child:keys('gr')
    says(child, 'Rejected: hunk 2.')
    command(child, 'Story reject all')
    child:wait('the review is closed', '#vim.api.nvim_list_tabpages() == 1')
  end,
}

--- Hunks of a line, placed and asked for: the ids that are found at each cursor.
local function found(child, file, hunks, encoding, cursors)
  return child:lua([[
    local file, hunks, encoding, cursors = ...
    local placed = require('storylsp.hunks').place(file, hunks, encoding)
    return vim.tbl_map(function(cursor)
      return table.concat(vim.tbl_map(function(one) return one.hunk.id end, require('storylsp.hunks').at(placed, cursor[1], cursor[2])), ' ')
    end, cursors)]], file, hunks, encoding, cursors)
end

local function hunk(id, from, to, new, ticked)
  local function position(place)
    return { line = place[1], character = place[2] }
  end
  return { id = id, file = 'a.md', state = 'open', new = new, ticked = ticked ~= false, range = from and { start = position(from), ['end'] = position(to) } or nil }
end

tests[#tests + 1] = {
  title = 'the hunk at a cursor, in both texts, in every encoding',
  body = function(child)
    local texts = { file = 'a.md', before = 'Ä😀 one. Two. Three.\n\nFour.\n', after = 'Ä😀 1. Two! Three.\n\nFour.\n\nFive. Six.\n' }
    for encoding, width in pairs({ ['utf-8'] = 6, ['utf-16'] = 3, ['utf-32'] = 2 }) do
      local hunks = {
        hunk(1, { 0, width + 1 }, { 0, width + 4 }, '1'),
        hunk(2, { 0, width + 6 }, { 0, width + 10 }, 'Two!'),
        hunk(3, { 0, width + 11 }, { 0, width + 17 }, 'In doubt.', false),
        hunk(4, { 2, 5 }, { 2, 5 }, '\r\n\r\nFive.'),
        hunk(5, { 2, 5 }, { 2, 5 }, ' Six.'),
      }
      same(found(child, texts, hunks, encoding, {
        { 'before', { 1, 0 } }, { 'before', { 1, 7 } }, { 'before', { 1, 9 } }, { 'before', { 1, 12 } }, { 'before', { 1, 15 } }, { 'before', { 1, 17 } }, { 'before', { 3, 0 } },
        { 'after', { 1, 0 } }, { 'after', { 1, 7 } }, { 'after', { 1, 10 } }, { 'after', { 1, 16 } }, { 'after', { 4, 0 } }, { 'after', { 5, 0 } }, { 'after', { 5, 6 } }, { 'after', { 3, 0 } },
      }), { '1', '1', '1', '2', '2', '3', '4 5', '1', '1', '2', '2', '4', '4', '5', '' }, encoding)
    end
    -- Sentences of a paragraph of which others were rejected come with other blanks, and a text that is another one tells nothing.
    local two = { hunk(1, { 0, 4 }, { 0, 4 }, '\n\nFive.'), hunk(2, { 0, 4 }, { 0, 4 }, ' Six.') }
    same(found(child, { file = 'a.md', before = 'One.\n', after = 'One.\n\nFive.\n\nSix.\n' }, two, 'utf-16', { { 'after', { 5, 0 } } }), { '2' }, 'other blanks')
    same(found(child, { file = 'a.md', before = 'One.\n', after = 'One.\n\nFour. Six.\n' }, two, 'utf-16', { { 'after', { 3, 0 } }, { 'before', { 1, 3 } } }), { '', '1 2' }, 'another text')
    -- A file that is to come, and one that is to go.
    same(found(child, { file = 'a.md', after = 'One.\nTwo.\n' }, { hunk(1, nil, nil, 'One.\n'), hunk(2, nil, nil, 'Two.\n') }, 'utf-16', { { 'after', { 2, 0 } }, { 'before', { 1, 0 } } }), { '2', '1 2' }, 'a new file')
    same(found(child, { file = 'a.md', before = 'One.\n' }, { hunk(1, { 0, 0 }, { 1, 0 }, '') }, 'utf-16', { { 'after', { 1, 0 } }, { 'before', { 1, 2 } } }), { '1', '1' }, 'a file that goes')
  end,
}

function M.define()
  suite.group({ way = 'hooks' }, tests)
end

return M
