--- Applies the edits that the server asks for. An edit whose annotation needs a confirmation is applied only after the writer has accepted it,
--- and the server is told when it was not: Neovim itself either does not ask (0.10, 0.11) or says "applied" either way (0.12).
local M = {}

local accept, certain, reject, show, each = 'Accept', 'Without these', 'Reject', 'Show the change', 'Choose one by one'

--- The annotations in use that need a confirmation, each once: { id, label }.
local function questions(edit)
  local annotations, found, seen = edit.changeAnnotations or {}, {}, {}
  local function note(annotated)
    local annotation = annotated.annotationId and annotations[annotated.annotationId]
    if annotation and annotation.needsConfirmation and not seen[annotated.annotationId] then
      seen[annotated.annotationId] = true
      local label = annotation.description and ('%s: %s'):format(annotation.label, annotation.description) or annotation.label
      found[#found + 1] = { id = annotated.annotationId, label = label }
    end
  end
  for _, change in ipairs(edit.documentChanges or {}) do
    note(change)
    vim.iter(change.edits or {}):each(note)
  end
  for _, edits in pairs(edit.changes or {}) do
    vim.iter(edits):each(note)
  end
  return found
end

--- The name of a file for which the edit came too late, because the buffer has changed since; else nil.
local function stale(edit)
  for _, change in ipairs(edit.documentChanges or {}) do
    local document = change.textDocument
    if document and type(document.version) == 'number' then
      local bufnr = vim.uri_to_bufnr(document.uri)
      local version = vim.lsp.util.buf_versions[bufnr]
      if version and version > document.version then
        return vim.fn.fnamemodify(vim.uri_to_fname(document.uri), ':~:.')
      end
    end
  end
end

--- The edits without their annotations, which have been asked about.
local function plain(edits)
  return vim.tbl_map(function(text_edit)
    return { range = vim.deepcopy(text_edit.range), newText = text_edit.newText }
  end, edits)
end

local function without_annotations(edit)
  local copy = vim.deepcopy(edit)
  copy.changeAnnotations = nil
  for _, change in ipairs(copy.documentChanges or {}) do
    change.annotationId = nil
    change.edits = change.edits and plain(change.edits)
  end
  for uri, edits in pairs(copy.changes or {}) do
    copy.changes[uri] = plain(edits)
  end
  return copy
end

--- The edit without the changes whose annotations are in `left`; nil where nothing remains.
local function without(edit, left)
  local function stays(change)
    return not (change.annotationId and left[change.annotationId])
  end
  local copy = vim.deepcopy(edit)
  for uri, edits in pairs(copy.changes or {}) do
    copy.changes[uri] = vim.tbl_filter(stays, edits)
  end
  if copy.documentChanges then
    copy.documentChanges = vim.tbl_filter(function(change)
      change.edits = change.edits and vim.tbl_filter(stays, change.edits)
      return stays(change) and (change.edits == nil or #change.edits > 0)
    end, copy.documentChanges)
  end
  local empty = #(copy.documentChanges or {}) == 0 and vim.iter(pairs(copy.changes or {})):all(function(_, edits)
    return #edits == 0
  end)
  return not empty and copy or nil
end

--- What the edit would change in the text of files, as a unified diff.
local function diff_of(edit, encoding)
  local diff = (vim.text and vim.text.diff) or vim.diff
  local lines = {}
  local function add(uri, edits)
    local bufnr = vim.uri_to_bufnr(uri)
    vim.fn.bufload(bufnr)
    local before = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
    local scratch = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_lines(scratch, 0, -1, false, before)
    vim.lsp.util.apply_text_edits(plain(edits), scratch, encoding)
    local after = vim.api.nvim_buf_get_lines(scratch, 0, -1, false)
    vim.api.nvim_buf_delete(scratch, { force = true })
    local name = vim.fn.fnamemodify(vim.uri_to_fname(uri), ':~:.')
    vim.list_extend(lines, { '--- ' .. name, '+++ ' .. name })
    local text = diff(table.concat(before, '\n') .. '\n', table.concat(after, '\n') .. '\n', { ctxlen = 3 })
    vim.list_extend(lines, vim.split(vim.trim(text --[[@as string]]), '\n'))
  end
  for _, change in ipairs(edit.documentChanges or {}) do
    if change.edits then
      add(change.textDocument.uri, change.edits)
    else
      lines[#lines + 1] = ('%s %s'):format(change.kind, change.uri or change.newUri)
    end
  end
  for uri, edits in pairs(edit.changes or {}) do
    add(uri, edits)
  end
  return lines
end

--- Opens the change in a window below, and returns what closes it again.
local function preview(edit, encoding)
  local lines = diff_of(edit, encoding)
  local bufnr = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
  vim.bo[bufnr].filetype = 'diff'
  vim.bo[bufnr].modifiable = false
  vim.bo[bufnr].bufhidden = 'wipe'
  local window = vim.api.nvim_open_win(bufnr, false, { split = 'below', win = -1, height = math.min(#lines, 20) })
  vim.wo[window].wrap = true
  vim.cmd.redraw()
  return function()
    if vim.api.nvim_win_is_valid(window) then
      vim.api.nvim_win_close(window, true)
    end
  end
end

--- Asks one question, and returns the answer to the running coroutine.
local function select(choices, prompt)
  local running = assert(coroutine.running())
  vim.ui.select(choices, { prompt = prompt, kind = 'storylsp.edit' }, function(choice)
    -- A select that answers at once must not resume what has not yet yielded.
    vim.schedule(function()
      coroutine.resume(running, choice)
    end)
  end)
  return coroutine.yield()
end

--- The edit as far as the writer takes it; nil: nothing of it. Nothing chosen is a rejection.
local function ask(asked, label, edit, encoding)
  local labels = vim.tbl_map(function(question)
    return question.label
  end, asked)
  local prompt = #labels < 3 and table.concat(labels, ' · ') or ('%s (%d changes)'):format(label or labels[1], #labels)
  local all = {}
  for _, question in ipairs(asked) do
    all[question.id] = true
  end
  local rest = without(edit, all)
  local choices = #asked > 1 and { accept, reject, show, each } or { accept, reject, show }
  if rest then
    table.insert(choices, 2, certain) -- a rename of what is certain, and the mentions in prose as they are
  end
  local close = function() end
  local choice = select(choices, prompt)
  if choice == show then
    local ok, closer = pcall(preview, edit, encoding)
    close = ok and closer or close
    choices = vim.tbl_filter(function(one)
      return one ~= show
    end, choices)
    choice = select(choices, prompt)
  end
  local taken
  if choice == certain then
    taken = rest
  elseif choice == accept then
    -- What is in doubt is only taken by name.
    local left = {}
    for _, question in ipairs(asked) do
      left[question.id] = #asked > 1 and vim.startswith(question.label, 'In doubt: ') or nil
    end
    taken = without(edit, left)
  elseif choice == each then
    local left = {}
    for number, question in ipairs(asked) do
      left[question.id] = select({ accept, reject }, ('%d of %d: %s'):format(number, #asked, question.label)) ~= accept
    end
    taken = without(edit, left)
  end
  close()
  return taken
end

--- The buffers to whose very end the edit adds text: { bufnr, newlines at the end of that text }.
local function additions(edit)
  local found = {}
  for _, change in ipairs(edit.documentChanges or {}) do
    local bufnr = change.edits and vim.uri_to_bufnr(change.textDocument.uri)
    if bufnr and (vim.api.nvim_buf_is_loaded(bufnr) or not vim.uv.fs_stat(vim.api.nvim_buf_get_name(bufnr))) then
      local count = math.max(vim.api.nvim_buf_line_count(bufnr), 1)
      local is_empty = count == 1 and (vim.api.nvim_buf_get_lines(bufnr, 0, 1, false)[1] or '') == ''
      local last
      for _, text_edit in ipairs(change.edits) do
        last = (is_empty or text_edit.range.start.line >= count) and text_edit or last
      end
      if last and last.newText:find('[^\n]\n+$') then
        found[#found + 1] = { bufnr, #last.newText:match('\n+$') }
      end
    end
  end
  return found
end

--- Takes away the empty line that some versions of Neovim leave behind a text that is added at the end of a buffer.
local function without_last_line(addition)
  local bufnr, newlines = unpack(addition)
  local lines = vim.api.nvim_buf_get_lines(bufnr, -newlines - 2, -1, false)
  if #lines == newlines + 1 and vim.iter(vim.list_slice(lines, 2)):all(function(line)
    return line == ''
  end) then
    vim.api.nvim_buf_call(bufnr, function()
      pcall(vim.cmd.undojoin)
    end)
    vim.api.nvim_buf_set_lines(bufnr, -2, -1, false, {})
  end
end

local function refused(reason)
  return { applied = false, failureReason = reason }
end

--- Makes an edit as far as the writer takes it, and returns what the server is told. Runs in a coroutine, which waits for the answers.
---@param client vim.lsp.Client
function M.make(client, edit, label)
  local asked = questions(edit)
  if #asked > 0 then
    edit = ask(asked, label, edit, client.offset_encoding)
    if not edit then
      return refused('The writer rejected the change.')
    end
  end
  -- After the question: the buffer may have changed while it stood open.
  local late = stale(edit)
  if late then
    vim.notify(('%s has changed since, and the change was not made. Ask for it again.'):format(late), vim.log.levels.WARN)
    return refused(late .. ' has changed since.')
  end
  local added = additions(edit)
  local ok, problem = pcall(vim.lsp.util.apply_workspace_edit, without_annotations(edit), client.offset_encoding)
  if not ok then
    vim.notify('The change could not be made: ' .. tostring(problem), vim.log.levels.ERROR)
    return refused(tostring(problem))
  end
  vim.iter(added):each(without_last_line)
  return { applied = true }
end

--- Handles the request workspace/applyEdit.
function M.handle(_, params, context)
  return M.make(assert(vim.lsp.get_client_by_id(context.client_id)), params.edit, params.label)
end

--- Handles the answer to textDocument/rename: what is in doubt is asked about here as well.
function M.rename(err, edit, context)
  if err then
    require('storylsp.server').tell(err)
  elseif not edit then
    vim.notify('Nothing here can be renamed.')
  else
    local client = assert(vim.lsp.get_client_by_id(context.client_id))
    coroutine.wrap(M.make)(client, edit, 'Rename')
  end
end

return M
