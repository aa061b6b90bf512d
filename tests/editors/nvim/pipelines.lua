-- Each shipped pipeline in a real Neovim, with every provider, through a prompt that the user edited. One Neovim for all cases of a provider: each starts
-- from the story as the repository has it, and asserts the bytes of all its texts afterwards. pipelines.json says where each begins and what is typed.
local Child = require('child')
local story = require('story')

local M = {}

local editors = vim.fs.dirname(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h'))
local cases = vim.json.decode(Child.read(editors .. '/pipelines.json'))

--- What a model must never be told: words of a fact that is still secret.
local canaries = { 'Harrowgate', 'burned the' }

--- Defines the tests, with what run.lua has for all tests.
function M.define(with)
  local same, contains = with.same, with.contains
  local model = story.start_model()
  local loopback = 'endpoint: ' .. model.url
  local providers = {
    { name = 'editor', ai = { 'provider: editor', 'model: quill' } },
    { name = 'openai', ai = { 'provider: openai', loopback .. '/v1', 'model: quill', 'api_key_env: STORYLSP_TEST_KEY' } },
    { name = 'anthropic', ai = { 'provider: anthropic', loopback, 'model: quill', 'api_key_env: STORYLSP_TEST_KEY' } },
    { name = 'recorded', ai = { 'provider: replay', 'record: openai', loopback .. '/v1', 'model: quill', 'api_key_env: STORYLSP_TEST_KEY' } },
    { name = 'replay', ai = { 'provider: replay', 'model: quill' } },
    { name = 'offline', ai = { 'provider: offline' } },
  }

  --- What was asked of any model since the last call.
  local seen = 0
  local function news(child)
    local asked = model.asked()
    local found = vim.list_slice(asked, seen + 1)
    seen = #asked
    return vim.list_extend(found, child:lua('local asked = _G.asked; _G.asked = {}; return asked'))
  end

  local function begin(child, ai, case)
    story.reset(child)
    story.settings(child, ai)
    child:lua(story.ask_here)
    news(child)
    local bufnr = story.at(child, case)
    story.to_prompt(child, case)
    same(story.changed(child), {}, 'texts while the prompt is read')
    for _, canary in ipairs(canaries) do
      assert(not child:bytes():find(canary, 1, true), 'a secret is in the prompt: ' .. canary)
    end
    same(news(child), {}, 'what is sent before Run')
    return bufnr
  end

  local function check_asked(child, provider, typed)
    local found = news(child)
    if provider == 'offline' or provider == 'replay' then
      same(found, {}, 'what was sent')
      return
    end
    assert(#found > 0, 'no model was asked')
    contains(found[1].text, typed, 'what was sent')
    same(found[1].model, 'quill', 'the model')
    same(provider == 'editor' or found[1].key, true, 'the key of the hook')
    for _, request in ipairs(found) do
      for _, canary in ipairs(canaries) do
        assert(not request.text:find(canary, 1, true), 'a secret was sent: ' .. canary)
      end
    end
  end

  local function end_to_end(child, provider, case)
    local bufnr = begin(child, provider.ai, case)
    story.type_into_prompt(child, case.typed, case.after)
    story.lens(child, 'Run')
    local offline = provider.name == 'offline'
    if offline and case.offline == 'needs a model' then
      story.until_over(child)
      child:wait('the message', [[vim.api.nvim_exec2('messages', { output = true }).output:find('needs a model', 1, true) ~= nil]])
      same(child:lua('return _G.question == nil'), true, 'nothing is proposed')
      same(story.changed(child), {}, 'texts')
      child:lua([[vim.cmd('messages clear')]])
      check_asked(child, provider.name, case.typed)
      return
    end
    if case.result == 'notes' then
      child:wait('the remarks', [[vim.api.nvim_exec2('messages', { output = true }).output:find('remarks quoted words', 1, true) ~= nil]])
      child:lua('vim.api.nvim_win_set_buf(0, ...)', bufnr)
      child:wait('the remark on its words', [[vim.iter(vim.diagnostic.get(0)):any(function(d) return d.code == 'model/causality' end)]])
      child:lua([[vim.cmd('messages clear')]])
      check_asked(child, provider.name, case.typed)
      same(story.changed(child), {}, 'texts')
      return
    end
    story.choose(child, 'Accept')
    story.until_over(child)
    check_asked(child, provider.name, case.typed)
    local found
    vim.wait(5000, function()
      found = story.changed(child)
      return next(found) ~= nil
    end, 20)
    same(found, story.expected(case.pipeline .. '/' .. (offline and 'offline' or 'model'), found), 'texts after the proposal was accepted')
    if found[case.file] then
      same(child:disk(case.file), Child.original(case.file), 'the file on disk, which only the writer saves')
      child:lua([[local b = ...; vim.api.nvim_win_set_buf(0, b)]], bufnr)
      child:keys('u')
      vim.wait(5000, function()
        return next(story.changed(child)) == nil
      end, 20)
      same(story.changed(child), {}, 'texts after one undo')
    end
  end

  local every = {}
  for _, provider in ipairs(providers) do
    for _, case in ipairs(cases) do
      every[#every + 1] = {
        title = ('%s with %s'):format(case.pipeline, provider.name),
        body = function(child)
          end_to_end(child, provider, case)
        end,
      }
    end
  end
  with.group({ way = 'hooks' }, every)

  local continue = assert(vim.iter(cases):find(function(case)
    return case.pipeline == 'continue-scene'
  end))
  local repair = assert(vim.iter(cases):find(function(case)
    return case.pipeline == 'repair'
  end))
  local editor, openai = providers[1], providers[2]

  --- Waits until a text has changed, and returns what has.
  local function until_changed(child)
    local found
    vim.wait(10000, function()
      found = story.changed(child)
      return next(found) ~= nil
    end, 20)
    return found
  end

  local function proposal_of(child)
    return child:lua([[
      local ids = {}
      for name in vim.fs.dir(... .. '/.story/proposals') do ids[#ids + 1] = name end
      return ids
    ]], child.workspace)
  end

  local function cancelled_with(provider)
    return {
      title = 'cancelled in the middle of the words, with ' .. provider.name,
      body = function(child)
        begin(child, provider.ai, continue)
        local drawer = proposal_of(child)
        story.type_into_prompt(child, 'Take your time.', continue.after)
        story.lens(child, 'Run')
        child:wait('the first words', [[require('storylsp').status():find('[1-9]%d* words') ~= nil]])
        child:lua([[vim.cmd('Story cancel')]])
        story.until_over(child)
        if provider.name == 'editor' then
          child:wait('the hook is told', '_G.cancelled > 0')
        else
          assert(vim.wait(10000, function()
            return #model.asked() > seen
          end, 20), 'the model is told')
          same(model.asked()[seen + 1].ended, false, 'whether the model went on to the end')
        end
        same(story.changed(child), {}, 'texts')
        same(proposal_of(child), drawer, 'proposals')
      end,
    }
  end

  --- Runs the pipeline of a case with the editor's own model, up to the question.
  local function propose(child, case)
    local bufnr = begin(child, editor.ai, case)
    story.lens(child, 'Run')
    child:wait('the question', '_G.question ~= nil')
    return bufnr
  end

  with.group({ way = 'hooks' }, {
    cancelled_with(editor),
    cancelled_with(openai),
    {
      title = 'a chat function that fails says so',
      body = function(child)
        begin(child, editor.ai, continue)
        story.type_into_prompt(child, 'Fail for me.', continue.after)
        story.lens(child, 'Run')
        child:wait('the message', [[vim.api.nvim_exec2('messages', { output = true }).output:find('The quill is broken', 1, true) ~= nil]])
        same(story.changed(child), {}, 'texts')
      end,
    },
    {
      title = 'the lens Drop gives the run up, and its prompt is gone',
      body = function(child)
        begin(child, editor.ai, continue)
        local prompt = child:lua('return vim.api.nvim_buf_get_name(0)')
        same(child:lua([[return require('storylsp').status()]]), 'continue-scene: waits for you', 'the status')
        story.lens(child, 'Drop')
        story.until_over(child)
        assert(vim.wait(10000, function()
          return vim.uv.fs_stat(prompt) == nil
        end, 20), 'the prompt is still there')
        same(news(child), {}, 'what was sent')
        same(story.changed(child), {}, 'texts')
      end,
    },
    {
      title = 'the lens Change model writes the chosen one into the prompt',
      body = function(child)
        begin(child, editor.ai, continue)
        story.lens(child, 'Change model')
        story.choose(child, 'nib')
        child:wait('the model', [[vim.fn.search('^model: "\\?nib"\\?$', 'nw') > 0]])
        story.lens(child, 'Run')
        story.choose(child, 'Accept')
        same(until_changed(child), story.expected(continue.pipeline .. '/model', {}, true), 'texts')
        same(news(child)[1].model, 'nib', 'the model')
      end,
    },
    {
      title = 'one change taken, the others left',
      body = function(child)
        propose(child, repair)
        story.choose(child, 'Choose one by one')
        story.choose(child, 'Accept')
        for _ = 2, repair.hunks do
          story.choose(child, 'Reject')
        end
        local found = until_changed(child)
        same(found, story.expected('repair/one-ticked', found), 'texts')
      end,
    },
    {
      title = 'the list of runs leads to the prompt, with what was typed into it; a change of the model is told',
      body = function(child)
        begin(child, editor.ai, continue)
        story.type_into_prompt(child, 'Softly, softly.', continue.after)
        child:lua([[vim.schedule(function() vim.cmd('messages clear'); vim.cmd('Story model nib') end)]])
        child:wait('the message', [[vim.api.nvim_exec2('messages', { output = true }).output:find('goes to the model nib', 1, true) ~= nil]])
        child:lua([[vim.cmd('wincmd n | wincmd o'); vim.cmd('Story runs')]])
        child:wait('the list or the prompt', [[_G.question ~= nil or vim.fn.search('Softly, softly', 'nw') > 0]])
        if child:lua('return _G.question ~= nil') then
          story.choose(child, continue.pipeline .. ' · paused')
        end
        child:wait('the prompt', [[vim.fn.search('Softly, softly', 'nw') > 0 and vim.fn.search('^model: .*nib', 'nw') > 0]])
        same(child:messages():find('E%d+:'), nil, child:messages())
        child:lua([[vim.cmd('Story drop')]])
        story.until_over(child)
      end,
    },
    {
      title = 'before and after in a diff split, and a hunk taken where the cursor stands',
      body = function(child)
        local bufnr = propose(child, continue)
        story.choose(child, 'Reject')
        same(story.changed(child), {}, 'texts after the question')
        child:lua([[vim.schedule(function() vim.cmd('Story proposals') end)]])
        child:wait('the list or the split', '_G.question ~= nil or vim.t.storylsp_proposal ~= nil')
        if child:lua('return _G.question ~= nil') then
          story.choose(child, 'Continue')
        end
        child:wait('the split', [[vim.t.storylsp_proposal ~= nil and vim.wo.diff and #vim.api.nvim_tabpage_list_wins(0) == 2]])
        local before, after = unpack(child:lua([[return vim.tbl_map(vim.api.nvim_win_get_buf, vim.api.nvim_tabpage_list_wins(0))]]))
        child:wait('the marks', [[#vim.api.nvim_buf_get_extmarks(..., -1, 0, -1, {}) > 0]], before)
        same(child:bytes(before), Child.original(continue.file), 'before')
        same(child:bytes(after), story.expected(continue.pipeline .. '/model', {}, true)[continue.file], 'after')
        same(story.changed(child), {}, 'texts while they are shown')
        -- On a line without a hunk the key takes none, however near the next one is.
        child:wait('the first hunk', [[vim.fn.line('.') > 1]])
        child:keys('gg')
        child:wait('the first line', [[vim.fn.line('.') == 1]])
        child:keys('ga')
        child:wait('the message', [[vim.api.nvim_exec2('messages', { output = true }).output:find('No open hunk is here', 1, true) ~= nil]])
        same(story.changed(child), {}, 'texts after ga beside all hunks')
        child:keys(']cga')
        local first = until_changed(child)
        same(first, story.expected(continue.pipeline .. '/one-taken', first), 'texts with one hunk')
        -- The cursor goes on to the next hunk, so that one key after the other decides them all.
        local states = [[(function(...)
          local proposal
          for _, answer in pairs(vim.lsp.buf_request_sync(..., 'storylsp/proposal', { id = vim.t.storylsp_proposal }, 3000) or {}) do
            proposal = answer.result and answer.result.proposals[1]
          end
          return proposal and table.concat(vim.tbl_map(function(hunk) return hunk.state end, proposal.hunks), ' ')
        end)(...)]]
        child:wait('the marks are anew', [[vim.iter(vim.api.nvim_buf_get_extmarks(..., -1, 0, -1, { details = true })):all(function(mark)
          return not mark[4].virt_text or mark[4].virt_text[1][1]:sub(1, 1) ~= '1'
        end)]], before)
        child:keys('gr')
        child:wait('the next hunk is rejected', states .. [[:find('accepted rejected open', 1, true) == 1]], bufnr)
        same(story.changed(child), first, 'texts after gr')
        child:lua([[vim.schedule(function() vim.cmd('Story reject all') end)]])
        child:wait('the split is closed', '#vim.api.nvim_list_tabpages() == 1')
        same(story.changed(child), first, 'texts with the others rejected')
        same(child:bytes(bufnr), first[continue.file], 'the buffer')
      end,
    },
    {
      title = 'a branch for what if, and back',
      body = function(child)
        propose(child, continue)
        story.choose(child, 'Accept')
        local accepted = until_changed(child)
        child:wait('the acceptance is recorded', [[vim.fn.glob(... .. '/.story/provenance/*.json') ~= '']], child.workspace)
        vim.wait(300)
        child:lua([[vim.cmd('Story branch what-if')]])
        child:wait('the branch', [[vim.api.nvim_exec2('messages', { output = true }).output:find('what-if is made', 1, true) ~= nil]])
        local function go(to)
          child:lua([[vim.cmd('messages clear'); vim.cmd('Story checkout ' .. ...)]], to)
          child:wait('at ' .. to, [[vim.api.nvim_exec2('messages', { output = true }).output:find(... .. ': ', 1, true) ~= nil]], to)
        end
        go('what-if')
        child:edit(continue.file)
        child:keys('GoWhat if she went?<Esc>')
        child:wait('the words', [[vim.fn.search('What if she went', 'nw') > 0 and vim.api.nvim_get_mode().mode == 'n']])
        local what_if = story.changed(child)
        go('main')
        same(story.changed(child), accepted, 'texts on main')
        go('what-if')
        same(story.changed(child), what_if, 'texts on the branch, with every word')
      end,
    },
    {
      title = 'with AI off nothing is offered',
      body = function(child)
        story.reset(child)
        story.settings(child, { 'enabled: false' })
        child:open(continue.file)
        child:lua([[vim.cmd('messages clear'); vim.cmd('Story run synopsis')]])
        child:wait('the message', [[vim.trim(vim.api.nvim_exec2('messages', { output = true }).output) ~= '']])
        contains(child:messages(), 'ai.enabled', 'the message')
        same(story.changed(child), {}, 'texts')
      end,
    },
  })
  model.stop()
end

return M
