-- What a user of the client has in their init.lua. The server is the `storylsp` on PATH.
local way = vim.env.STORYLSP_TEST_WAY
-- A Neovim that waits for Enter behind a long message answers no test.
vim.opt.cmdheight = 3
if vim.fn.exists('+messagesopt') == 1 then
  vim.o.messagesopt = 'wait:0,history:500'
end
vim.opt.completeopt = { 'menuone', 'noselect' }

if way == 'plugin' then
  vim.opt.runtimepath:append(vim.env.STORYLSP_TEST_CLIENT)
  if vim.lsp.enable then
    vim.lsp.enable('storylsp')
  else
    require('storylsp').setup()
  end
elseif way == 'hooks' then
  -- A model and a key of the user's own. The test sees in `asked` what it was asked.
  vim.opt.runtimepath:append(vim.env.STORYLSP_TEST_CLIENT)
  local file = assert(io.open(vim.env.STORYLSP_TEST_EDITORS .. '/answers.json'))
  local answers = vim.json.decode(file:read('*a'))
  file:close()
  local function answer_to(system)
    if _G.answer then
      return _G.answer -- a test's own
    end
    for words, answer in pairs(answers) do
      if vim.startswith(vim.trim(system), words) then
        return answer
      end
    end
    return 'No answer is written for this.'
  end
  _G.asked = {}
  _G.cancelled = 0
  require('storylsp').setup({
    models = { 'quill', 'nib' },
    chat = function(request, on_part, done)
      local texts = vim.tbl_map(function(message)
        return message.text
      end, request.messages)
      local text = table.concat(texts, '\n')
      table.insert(_G.asked, { model = request.model, text = text })
      if text:find('Fail for me.', 1, true) then
        done(nil, 'The quill is broken.')
        return
      end
      if not text:find('Take your time.', 1, true) then
        for word in answer_to(texts[1]):gmatch('%s*%S+%s*') do
          on_part(word)
        end
        done({ model = 'quill' })
        return
      end
      local timer = vim.uv.new_timer()
      timer:start(0, 100, function()
        on_part('word ')
      end)
      return function()
        _G.cancelled = _G.cancelled + 1
        timer:close()
      end
    end,
    secret = function(name)
      return name == 'STORYLSP_TEST_KEY' and 'sk-of-the-hook' or nil
    end,
  })
elseif way == 'setup' then
  vim.opt.runtimepath:append(vim.env.STORYLSP_TEST_CLIENT)
  require('storylsp').setup({ cmd = { vim.env.STORYLSP_TEST_SERVER, '--stdio' } })
elseif way == 'bare' then
  -- No plugin at all: what Neovim does with the server by itself.
  vim.api.nvim_create_autocmd('FileType', {
    pattern = { 'yaml', 'markdown' },
    callback = function(event)
      vim.lsp.start({ name = 'storylsp', cmd = { 'storylsp', '--stdio' }, root_dir = vim.fs.root(event.buf, 'story.yaml') })
    end,
  })
end
