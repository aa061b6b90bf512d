--- The runs of pipelines: what is going on, and the commands about it.
local M = {}

local server = require('storylsp.server')

--- The runs that are not over, by id, and the one with the latest news.
local runs, latest = {}, nil

local function says(run)
  if run.status == 'paused' then
    return 'waits for you'
  elseif run.status == 'queued' then
    return 'waits for its turn'
  end
  return run.words and run.words > 0 and ('%d words'):format(run.words) or run.kind or 'running'
end

--- For a statusline: what the latest run does, or an empty string.
function M.status()
  local run = latest and runs[latest]
  return run and ('%s: %s'):format(run.pipeline or 'pipeline', says(run)) or ''
end

--- Handles the notification storylsp/run.
function M.note(_, note)
  local before = runs[note.run]
  if not before and note.status == 'running' and note.text then
    return -- words that were under way when the run was cancelled
  end
  local over = note.status ~= 'running' and note.status ~= 'queued' and note.status ~= 'paused'
  runs[note.run] = not over and vim.tbl_extend('force', before or {}, note) or nil
  if over and latest == note.run then
    latest = next(runs)
  elseif not over then
    latest = note.run
  end
  if (before and before.status) ~= note.status and (note.status == 'paused' or note.status == 'cancelled' or note.status == 'queued') then
    local name = note.pipeline or before and before.pipeline or 'The run'
    local what = { paused = 'read the prompt, then :Story resume', cancelled = 'cancelled', queued = 'waits for its turn' }
    vim.notify(('%s: %s'):format(name, what[note.status]))
  end
  vim.cmd.redrawstatus()
end

--- Asks for one of several; a single one is taken.
local function choose(items, prompt, none, format, done)
  if #items == 0 then
    vim.notify(none)
  elseif #items == 1 then
    done(items[1])
  else
    vim.ui.select(items, { prompt = prompt, format_item = format, kind = 'storylsp' }, function(item)
      if item then
        done(item)
      end
    end)
  end
end
M.choose = choose

local function described(run)
  return table.concat({ run.pipeline, run.status, run.input or '', run.started or '', run.run }, ' · ')
end

--- Calls done with the named run, else with that of the prompt at hand, else with one that the writer takes among those with such a status.
local function with_run(id, statuses, prompt, done)
  id = id or require('storylsp.documents').run_of(0)
  if id then
    done({ run = id })
    return
  end
  server.ask('storylsp/runs', {}, function(answer)
    local found = vim.tbl_filter(function(run)
      return not statuses or vim.tbl_contains(statuses, run.status)
    end, answer.runs)
    -- What is at work goes before what waits.
    local at_work = vim.tbl_filter(function(run)
      return run.status == 'running' or run.status == 'queued'
    end, found)
    choose(#at_work > 0 and at_work or found, prompt, 'There is no such run.', described, done)
  end)
end

--- What the pipeline needs to know where to work: the cursor, or the lines of the range.
local function place(pipeline, range)
  if pipeline.input == 'story' or vim.bo.buftype ~= '' or (pipeline.input == 'findings' and not range) then
    return {}
  end
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local first, last = range and range[1] - 1 or line, range and range[2] or line
  return { range = { start = { line = first, character = 0 }, ['end'] = { line = last, character = 0 } } }
end

--- Starts a pipeline where the cursor stands. `words` is its text where it wants text, else an instruction for it.
function M.run(name, words, range)
  server.ask('storylsp/pipelines', {}, function(answer)
    local function start(pipeline)
      local argument = vim.tbl_extend('force', { pipeline = pipeline.name, uri = server.story(server.client()) }, place(pipeline, range))
      if pipeline.input ~= 'text' then
        argument.instruction = words
        server.execute('storylsp.run', argument)
      elseif words then
        server.execute('storylsp.run', vim.tbl_extend('force', argument, { text = words }))
      else
        vim.ui.input({ prompt = pipeline.title .. ': ' }, function(text)
          if text and vim.trim(text) ~= '' then
            server.execute('storylsp.run', vim.tbl_extend('force', argument, { text = text }))
          end
        end)
      end
    end
    local named = vim.tbl_filter(function(pipeline)
      return not name or pipeline.name == name
    end, answer.pipelines)
    choose(named, 'Which pipeline?', ('There is no pipeline %s.'):format(name or ''), function(pipeline)
      return ('%s: %s'):format(pipeline.title, pipeline.description)
    end, start)
  end)
end

--- The buffer with the prompt of a run, if it is loaded.
local function prompt_buffer(run)
  return vim.iter(vim.api.nvim_list_bufs()):find(function(bufnr)
    return vim.api.nvim_buf_is_loaded(bufnr) and require('storylsp.documents').run_of(bufnr) == run
  end)
end

--- Takes a buffer out of its windows, which show what they showed before, and forgets it.
local function close(bufnr)
  for _, window in ipairs(vim.fn.win_findbuf(bufnr)) do
    vim.api.nvim_win_call(window, function()
      local before = vim.fn.bufnr('#')
      if before > 0 and before ~= bufnr and vim.fn.buflisted(before) == 1 then
        vim.api.nvim_win_set_buf(window, before)
      else
        vim.cmd('silent! bprevious')
      end
    end)
  end
  vim.api.nvim_buf_delete(bufnr, { force = true })
end

--- Executes a command about the prompt of a run. The prompt is saved before, so that its file says what is sent, and closed after, if the server took it away.
local function about_prompt(command, argument)
  local bufnr = prompt_buffer(argument.run)
  if bufnr and vim.bo[bufnr].modified then
    vim.api.nvim_buf_call(bufnr, function()
      pcall(vim.cmd, 'silent write')
    end)
  end
  server.execute(command, argument, function()
    if bufnr and vim.api.nvim_buf_is_valid(bufnr) and not vim.bo[bufnr].modified and not vim.uv.fs_stat(vim.api.nvim_buf_get_name(bufnr)) then
      close(bufnr)
    end
  end)
end

--- The lenses of a prompt.
function M.lens(command)
  local argument = command.arguments[1]
  if command.command == 'storylsp.changeModel' then
    M.model(argument.model, argument.run)
  else
    about_prompt(command.command, argument)
  end
end

function M.resume(id)
  with_run(id, { 'paused', 'interrupted', 'failed' }, 'Which run shall go on?', function(run)
    about_prompt('storylsp.resume', { run = run.run })
  end)
end

function M.cancel(id)
  with_run(id, { 'queued', 'running', 'paused' }, 'Which run shall be cancelled?', function(run)
    about_prompt(run.status == 'paused' and 'storylsp.drop' or 'storylsp.cancel', { run = run.run })
  end)
end

function M.drop(id)
  with_run(id, { 'paused', 'interrupted' }, 'Which run shall be given up?', function(run)
    about_prompt('storylsp.drop', { run = run.run })
  end)
end

--- Lists the runs, and opens what the chosen one has to show: its prompt while it waits, else its proposal.
function M.list()
  server.ask('storylsp/runs', {}, function(answer, client)
    choose(answer.runs, 'Runs', 'Nothing has run yet.', described, function(run)
      if run.status == 'paused' and run.prompt then
        local top = { line = 0, character = 0 }
        require('storylsp.places').go({ uri = run.prompt, range = { start = top, ['end'] = top } }, client)
      elseif run.proposal then
        require('storylsp.review').open(run.proposal)
      else
        vim.notify(described(run))
      end
    end)
  end)
end

--- Changes the model of the prompt at hand; asks which where none is named.
function M.model(model, id)
  with_run(id, { 'paused' }, 'Which run?', function(run)
    local function change(name)
      server.execute('storylsp.changeModel', { run = run.run, model = name }, function(changed)
        vim.notify(('The prompt goes to the model %s.'):format(changed.model or name))
      end)
    end
    if model then
      change(model)
      return
    end
    server.ask('storylsp/models', {}, function(answer)
      choose(answer.models, 'Which model of ' .. answer.provider .. '?', 'The provider names no model: :Story model NAME', function(one)
        return one.id == answer.current and one.name .. ' (now)' or one.name
      end, function(one)
        change(one.id)
      end)
    end)
  end)
end

return M
