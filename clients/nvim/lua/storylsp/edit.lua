--- Applies the edits that the server asks for. An edit whose annotation needs a confirmation is applied only after the writer has accepted it,
--- and the server is told when it was not: Neovim itself either does not ask (0.10, 0.11) or says "applied" either way (0.12).
local M = {}

local accept, reject, show = 'Accept', 'Reject', 'Show the change'

--- The labels of the annotations in use that need a confirmation, each once.
local function questions(edit)
  local annotations, labels, seen = edit.changeAnnotations or {}, {}, {}
  local function note(annotated)
    local annotation = annotated.annotationId and annotations[annotated.annotationId]
    if annotation and annotation.needsConfirmation and not seen[annotated.annotationId] then
      seen[annotated.annotationId] = true
      labels[#labels + 1] = annotation.description and ('%s: %s'):format(annotation.label, annotation.description) or annotation.label
    end
  end
  for _, change in ipairs(edit.documentChanges or {}) do
    note(change)
    vim.iter(change.edits or {}):each(note)
  end
  for _, edits in pairs(edit.changes or {}) do
    vim.iter(edits):each(note)
  end
  return labels
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

--- Asks until the writer has decided, and resumes the running coroutine with what was chosen; nothing chosen is a rejection.
local function ask(labels, edit, encoding)
  local running = assert(coroutine.running())
  local close
  local function once()
    local choices = close and { accept, reject } or { accept, reject, show }
    vim.ui.select(choices, { prompt = table.concat(labels, ' · '), kind = 'storylsp.edit' }, function(choice)
      -- A select that answers at once must not resume what has not yet yielded.
      vim.schedule(function()
        if choice == show then
          local ok, closer = pcall(preview, edit, encoding)
          close = ok and closer or function() end
          once()
          return
        end
        if close then
          close()
        end
        coroutine.resume(running, choice == accept)
      end)
    end)
  end
  once()
  return coroutine.yield()
end

local function refused(reason)
  return { applied = false, failureReason = reason }
end

--- Handles the request workspace/applyEdit.
function M.handle(_, params, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  local edit = params.edit
  local labels = questions(edit)
  if #labels > 0 and not ask(labels, edit, client.offset_encoding) then
    return refused('The writer rejected the change.')
  end
  -- After the question: the buffer may have changed while it stood open.
  local late = stale(edit)
  if late then
    vim.notify(('%s has changed since, and the change was not made. Ask for it again.'):format(late), vim.log.levels.WARN)
    return refused(late .. ' has changed since.')
  end
  local ok, problem = pcall(vim.lsp.util.apply_workspace_edit, without_annotations(edit), client.offset_encoding)
  if not ok then
    vim.notify('The change could not be made: ' .. tostring(problem), vim.log.levels.ERROR)
    return refused(tostring(problem))
  end
  return { applied = true }
end

return M
