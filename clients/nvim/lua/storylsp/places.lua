--- Places of the story to choose from: in Telescope, fzf-lua or another picker where the writer has one, in the quickfix list on request.
local M = {}

--- What setup() was given as `picker`: `telescope`, `fzf-lua`, `select`, `quickfix`, or `page`; nil: the first of the first two that is there, else
--- `select` where that is not Neovim's own list of numbers, else a page.
M.picker = nil

--- A place with its words for a person.
---@class storylsp.Place
---@field text string
---@field uri string
---@field range table

--- Goes to a place.
---@param client vim.lsp.Client
function M.go(place, client)
  vim.cmd("normal! m'")
  vim.lsp.util.show_document({ uri = place.uri, range = place.range }, client.offset_encoding, { focus = true })
end

local function items(places, client)
  local found = vim.lsp.util.locations_to_items(places, client.offset_encoding)
  -- The items come sorted by file; what they say is found by their place.
  for _, item in ipairs(found) do
    item.text = item.user_data.text
  end
  return found
end

--- Puts the places into the quickfix list, in their own order.
local function quickfix(title, places, client)
  local list = {}
  for _, place in ipairs(places) do
    vim.list_extend(list, items({ place }, client))
  end
  vim.fn.setqflist({}, ' ', { title = title, items = list })
  vim.cmd('botright copen')
end

local function telescope(title, places, client)
  local config = require('telescope.config').values
  require('telescope.pickers')
    .new({}, {
      prompt_title = title,
      finder = require('telescope.finders').new_table({
        results = places,
        entry_maker = function(place)
          return {
            value = place,
            display = place.text,
            ordinal = place.text,
            filename = vim.uri_to_fname(place.uri),
            lnum = place.range.start.line + 1,
            col = place.range.start.character + 1,
          }
        end,
      }),
      sorter = config.generic_sorter({}),
      previewer = config.grep_previewer({}),
      attach_mappings = function(prompt)
        local actions = require('telescope.actions')
        actions.select_default:replace(function()
          local entry = require('telescope.actions.state').get_selected_entry()
          actions.close(prompt)
          if entry then
            M.go(entry.value, client)
          end
        end)
        return true
      end,
    })
    :find()
end

local function fzf(title, places, client)
  local lines = {}
  for number, place in ipairs(places) do
    lines[number] = ('%d\t%s'):format(number, place.text)
  end
  local function chosen(selected)
    return vim.tbl_map(function(line)
      return places[tonumber(line:match('^%d+'))]
    end, selected)
  end
  require('fzf-lua').fzf_exec(lines, {
    prompt = title .. '> ',
    fzf_opts = { ['--delimiter'] = '\t', ['--with-nth'] = '2..', ['--multi'] = true },
    actions = {
      default = function(selected)
        local found = chosen(selected)
        if #found == 1 then
          M.go(found[1], client)
        elseif #found > 1 then
          quickfix(title, found, client)
        end
      end,
    },
  })
end

local function select(title, places, client)
  vim.ui.select(places, {
    prompt = title,
    kind = 'storylsp',
    format_item = function(place)
      return place.text
    end,
  }, function(place)
    if place then
      M.go(place, client)
    end
  end)
end

local pickers = { telescope = telescope, ['fzf-lua'] = fzf, select = select, quickfix = quickfix }

--- Whether vim.ui.select is a plugin's.
local function has_own_select()
  return not debug.getinfo(vim.ui.select, 'S').source:find('vim/ui%.lua$')
end

--- The picker to take; nil: none, and a page serves.
---@param bang? boolean the quickfix list is asked for
function M.which(bang)
  if bang then
    return 'quickfix'
  elseif M.picker then
    return pickers[M.picker] and M.picker or nil
  elseif pcall(require, 'telescope.pickers') then
    return 'telescope'
  elseif pcall(require, 'fzf-lua') then
    return 'fzf-lua'
  elseif has_own_select() then
    return 'select'
  end
end

--- Offers places with a picker that `which` has named.
---@param picker string
---@param title string
---@param places storylsp.Place[]
---@param client vim.lsp.Client
function M.offer(picker, title, places, client)
  if #places == 0 then
    vim.notify(title .. ': there is nothing yet.')
    return
  end
  pickers[picker](title, places, client)
end

return M
