--- Where the hunks of a proposal stand in the text before and in the text after, and which of them is at a cursor.
local M = {}

--- A stretch of a text: lines from 1 and columns from 0 in bytes, as those of a cursor. It ends before its end.
---@class storylsp.Stretch
---@field from { [1]: integer, [2]: integer }
---@field to { [1]: integer, [2]: integer }

--- An open hunk with its places. The text after has only those that are not in doubt.
---@class storylsp.PlacedHunk
---@field hunk table
---@field before storylsp.Stretch
---@field after? storylsp.Stretch

--- The lines that a buffer has of a text.
---@param text? string
function M.lines(text)
  text = (text or ''):gsub('\r\n', '\n'):gsub('\n$', '')
  return vim.split(text, '\n')
end

local function without_blanks(text)
  return (text:gsub('%s+', ''))
end

--- The place in a text of the server's line and column, in its encoding.
local function place_of(lines, position, encoding)
  local line = lines[position.line + 1]
  if not line then
    return { #lines, #lines[#lines] }
  end
  local column = position.character
  if encoding ~= 'utf-8' then
    column = vim.fn.byteidxcomp(line, column, encoding == 'utf-16')
  end
  return { position.line + 1, column < 0 and #line or math.min(column, #line) }
end

--- Two functions: how many letters (bytes that are no blanks) stand before a place, and between which places so many letters and the next one stand.
local function counter(lines)
  local starts, total = {}, 0
  for number, line in ipairs(lines) do
    starts[number] = total
    total = total + #without_blanks(line)
  end
  local function count(place)
    return starts[place[1]] + #without_blanks(lines[place[1]]:sub(1, place[2]))
  end
  --- The place of the letter with this number, from 0.
  local function find(letter)
    for number = #lines, 1, -1 do
      if starts[number] <= letter then
        local seen = starts[number]
        for column = 1, #lines[number] do
          if not lines[number]:sub(column, column):find('%s') then
            if seen == letter then
              return { number, column - 1 }
            end
            seen = seen + 1
          end
        end
        return { number, #lines[number] }
      end
    end
  end
  return count, find
end

--- The stretch of some letters, without the blanks around them; of no letter, where they would stand.
local function stretch(find, first, last)
  local from = find(first)
  if last <= first then
    return { from = from, to = from }
  end
  local to = find(last - 1)
  return { from = from, to = { to[1], to[2] + 1 } }
end

--- Before which other hunk one stands: by place, insertions first, as the server writes them.
local function precedes(one, other)
  if one.first ~= other.first then
    return one.first < other.first
  end
  if (one.last > one.first) ~= (other.last > other.first) then
    return other.last > other.first
  end
  return one.hunk.id < other.hunk.id
end

--- Adds where the hunks stand in the text after. How the server joins sentences to paragraphs is its own affair, so that blanks do not count; where the texts
--- differ in more than these, nothing is guessed.
local function place_after(placed, before, after)
  local letters, pieces, at, shift = without_blanks(table.concat(before, '\n')), {}, 0, 0
  local ticked = vim.tbl_filter(function(one)
    return one.hunk.ticked
  end, placed)
  for _, one in ipairs(ticked) do
    local new = without_blanks(one.hunk.new or '')
    vim.list_extend(pieces, { letters:sub(at + 1, one.first), new })
    one.letters = { one.first + shift, one.first + shift + #new }
    at, shift = one.last, shift + #new - (one.last - one.first)
  end
  pieces[#pieces + 1] = letters:sub(at + 1)
  if table.concat(pieces) == without_blanks(table.concat(after, '\n')) then
    local _, find = counter(after)
    for _, one in ipairs(ticked) do
      one.after = stretch(find, one.letters[1], one.letters[2])
    end
  end
end

--- The open hunks of a file that have a place, in their order.
---@param file table a file of `storylsp/proposal`, with its texts
---@return storylsp.PlacedHunk[]
function M.place(file, hunks, encoding)
  local before = M.lines(file.before)
  local count, find = counter(before)
  local placed = {}
  for _, hunk in ipairs(hunks) do
    -- A hunk of a file that is to come has no place in the text before, which is empty.
    if hunk.file == file.file and hunk.state == 'open' and (hunk.range or not file.before) then
      local from = hunk.range and place_of(before, hunk.range.start, encoding) or { 1, 0 }
      local to = hunk.range and place_of(before, hunk.range['end'], encoding) or from
      local one = { hunk = hunk, first = count(from), last = count(to) }
      one.before = one.last > one.first and stretch(find, one.first, one.last) or { from = from, to = from }
      placed[#placed + 1] = one
    end
  end
  table.sort(placed, precedes)
  place_after(placed, before, M.lines(file.after))
  return placed
end

--- Keeps those for which the measure is least.
local function keep(group, one, measure)
  if not group.least or measure < group.least then
    group.least, group[1] = measure, one
    for index = #group, 2, -1 do
      group[index] = nil
    end
  elseif measure == group.least then
    group[#group + 1] = one
  end
end

--- The hunks at a cursor: of those on its line the one that holds it, else the nearest; else those on the line above and on the line below. More than one:
--- which is meant nobody can tell.
---@param placed storylsp.PlacedHunk[]
---@param side 'before'|'after'
---@param cursor { [1]: integer, [2]: integer }
---@return storylsp.PlacedHunk[]
function M.at(placed, side, cursor)
  local line, column = cursor[1], cursor[2]
  local here, above, below = {}, {}, {}
  for _, one in ipairs(placed) do
    local there = one[side]
    if there then
      local from, to = there.from, there.to
      if line == from[1] - 1 then
        keep(below, one, from[2])
      elseif line == to[1] + 1 then
        keep(above, one, -to[2])
      elseif line >= from[1] and line <= to[1] then
        local last = math.max(to[2] - 1, to[1] == from[1] and from[2] or 0)
        local ahead, behind = line == from[1] and from[2] - column or 0, line == to[1] and column - last or 0
        keep(here, one, math.max(ahead, behind, 0))
      end
    end
  end
  return #here > 0 and vim.list_slice(here) or vim.list_extend(vim.list_slice(above), vim.list_slice(below))
end

return M
