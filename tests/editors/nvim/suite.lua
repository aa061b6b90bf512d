-- What the scripts of tests share: a test is { title, body }, and is counted; the last line says how many passed.
local Child = require('child')

local M = {}

local version = vim.version()
M.name = ('nvim %d.%d.%d'):format(version.major, version.minor, version.patch)
M.limit = tonumber(vim.env.STORYLSP_TEST_LIMIT or '') or 30000
local passed, failed = 0, 0
local only = vim.env.STORYLSP_TEST_ONLY

function M.same(actual, expected, what)
  if not vim.deep_equal(actual, expected) then
    error(('%s:\n--- expected\n%s\n--- actual\n%s'):format(what, vim.inspect(expected), vim.inspect(actual)), 2)
  end
end

function M.contains(text, part, what)
  if not text:find(part, 1, true) then
    error(('%s: %q is not in\n%s'):format(what, part, text), 2)
  end
end

--- Runs a body as a test, and returns whether it passed.
function M.run(title, body)
  local begun = vim.uv.hrtime()
  local ok, problem = xpcall(body, debug.traceback)
  passed, failed = passed + (ok and 1 or 0), failed + (ok and 0 or 1)
  io.stdout:write(('%s %s: %s (%d ms)\n%s'):format(ok and 'ok   ' or 'FAIL ', M.name, title, (vim.uv.hrtime() - begun) / 1e6, ok and '' or tostring(problem) .. '\n'))
  io.stdout:flush()
  return ok
end

--- Runs tests one after the other in one child; after one that failed the others get a fresh one. A test is { title, body }.
function M.group(options, tests)
  local child
  for _, one in ipairs(tests) do
    if not only or one.title:find(only, 1, true) then
      local ok = M.run(one.title, function()
        child = child or Child.start(options)
        one.body(child)
      end)
      if not ok and child then
        pcall(child.stop, child)
        child = nil
      end
    end
  end
  if child then
    pcall(child.stop, child)
  end
end

--- Runs a test with a child of its own.
function M.test(title, options, body)
  M.group(options, { { title = title, body = body } })
end

--- Puts the cursor on the first letter of a text.
function M.cursor_on(child, text)
  local found = child:lua([[return vim.fn.search('\\V' .. ..., 'cw')]], text)
  assert(found > 0, 'the buffer has no ' .. text)
end

--- Says the counts, and ends.
function M.finish()
  io.stdout:write(('%d passed, %d failed, 0 skipped\n'):format(passed, failed))
  io.stdout:flush()
  os.exit(failed == 0 and 0 or 1)
end

return M
