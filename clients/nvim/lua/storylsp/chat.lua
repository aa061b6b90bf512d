--- Answers the server's `storylsp/chat` and `storylsp/secret` with the functions that the writer gave to setup().
---
---   chat = function(request, on_part, done) … return cancel end
---
--- `request` is { id, model?, messages = { { role, text }, … }, maxTokens?, temperature?, schema? }. Call `on_part(text)` with words as they come,
--- and at the end `done({ text?, model? })`, or `done(nil, 'why not')`. The function that it returns is called when the answer is not wanted any more.
local M = {}

--- chat, models and secret, as setup() was given them.
M.hooks = {}

--- The requests that wait for their answer, by id.
local waiting = {}

-- Neovim 0.10 does not know RequestFailed, and sends no error that it does not know; the server goes by the failure.
local codes = vim.lsp.protocol.ErrorCodes
local request_failed = codes.RequestFailed or codes.InternalError

local function failed(failure, message)
  return nil, { code = request_failed, message = message, data = { failure = failure } }
end

--- Handles the request storylsp/chat.
function M.chat(_, request, context)
  if not M.hooks.chat then
    return failed('notConfigured', 'Neovim has no model to offer: give setup() a chat function, or name another ai.provider in story.yaml. See :checkhealth storylsp')
  end
  local running = assert(coroutine.running())
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  local state = { text = {} }
  local function finish(answer, problem, cancelled)
    if state.over then
      return
    end
    state.over = true
    waiting[request.id] = nil
    coroutine.resume(running, answer, problem, cancelled)
  end
  local function on_part(text)
    vim.schedule(function()
      if not state.over and type(text) == 'string' and text ~= '' then
        state.text[#state.text + 1] = text
        require('storylsp.server').notify(client, 'storylsp/chatPart', { id = request.id, text = text })
      end
    end)
  end
  local function done(answer, problem)
    -- Not at once: a function that answers before it returns must not resume what has not yet yielded.
    vim.schedule(function()
      finish(answer, problem)
    end)
  end
  waiting[request.id] = function()
    if state.cancel then
      pcall(state.cancel)
    end
    finish(nil, nil, true)
  end
  local ok, cancel = pcall(M.hooks.chat, request, on_part, done)
  if ok then
    state.cancel = type(cancel) == 'function' and cancel or nil
  else
    done(nil, 'The chat function of setup() failed: ' .. tostring(cancel))
  end
  local answer, problem, cancelled = coroutine.yield()
  if cancelled then
    return nil, { code = codes.RequestCancelled, message = 'Cancelled.' }
  end
  if not answer then
    local known = type(problem) == 'table' and problem or { message = problem }
    return failed(known.failure or 'unreachable', known.message and tostring(known.message) or 'The chat function of setup() gave no answer.')
  end
  answer = type(answer) == 'table' and answer or { text = tostring(answer) }
  return { text = answer.text or table.concat(state.text), model = answer.model or request.model or 'neovim', finish = answer.finish or 'stop', usage = answer.usage }
end

--- Handles the notification storylsp/chatCancel.
function M.cancel(_, params)
  local cancel = waiting[params.id]
  if cancel then
    cancel()
  end
end

--- The models that setup() names, as a list or a function.
function M.models()
  local models = M.hooks.models
  if type(models) == 'function' then
    models = models()
  end
  return vim.tbl_map(function(model)
    return type(model) == 'table' and model or { id = model, name = model }
  end, models or {})
end

--- Handles the request storylsp/chatModels.
function M.chat_models()
  local ok, models = pcall(M.models)
  return { models = ok and models or {} }
end

--- Handles the request storylsp/secret. What goes wrong is told without its words, which may have the key in them.
function M.secret(_, params)
  if not M.hooks.secret then
    return { value = vim.NIL }
  end
  local ok, value = pcall(M.hooks.secret, params.name)
  if not ok then
    vim.notify(('The secret function of setup() failed for %s.'):format(params.name), vim.log.levels.ERROR)
  end
  return { value = ok and type(value) == 'string' and value or vim.NIL }
end

return M
