-- What an editor sees of `botiquette lsp`: run by .ci/neovim-test inside a folder of its own, in a headless Neovim.
-- Works with Neovim 0.7 and newer.

local binary = assert(os.getenv('BOTIQUETTE'), 'BOTIQUETTE names no binary')
local passed, failed = 0, 0

local function check(what, holds)
  if holds then
    passed = passed + 1
  else
    failed = failed + 1
    io.stdout:write('FAILED: ' .. what .. '\n')
  end
end

local function write(name, lines)
  vim.fn.writefile(lines, name)
end

local function start(buffer)
  local config = { name = 'botiquette', cmd = { binary, 'lsp' }, root_dir = vim.fn.getcwd(), workspace_folders = {
    { uri = vim.uri_from_fname(vim.fn.getcwd()), name = 'here' },
  } }
  if vim.lsp.start then
    return vim.lsp.start(config, { bufnr = buffer })
  end
  local client = vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(buffer, client)
  return client
end

-- The names of the rules that speak about a buffer.
local function rules(buffer)
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    found[diagnostic.code or (diagnostic.user_data and diagnostic.user_data.lsp.code) or '?'] = true
  end
  return found
end

local function eventually(what, holds)
  check(what, vim.wait(20000, holds, 20))
end

local function ask(buffer, method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 20000) or {}
  for _, answer in pairs(answers) do
    return answer.result
  end
end

local function at(buffer, line, character)
  return {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    position = { line = line, character = character },
  }
end

write('bot.yaml', {
  "account: { handle: '@news', platform: mastodon, bot: true, operator: '@kim' }",
  'automations:',
  '  - on: unfollowed',
  "    do: { post: '🦀 @{handle} has left us. Shame!' }",
  '    limits: { per-day: 5 }',
})
write('botiquette.toml', { 'profile = ""' })

vim.cmd('edit bot.yaml')
local bot = vim.api.nvim_get_current_buf()
local client = start(bot)
check('the server starts', client ~= nil)

eventually('a finding is shown', function() return rules(bot)['unfollow-shaming'] end)
local place = vim.diagnostic.get(bot)[1] or {}
check('it stands where the message does', place.lnum == 3 and place.col == 16)

local hover = ask(bot, 'textDocument/hover', at(bot, 3, 25))
local said = hover and hover.contents and hover.contents.value or ''
check('a pop-up says what to do', said:find('Instead', 1, true) ~= nil)
check('and what the bot does', said:find('When someone unfollows you', 1, true) ~= nil)

local outline = ask(bot, 'textDocument/documentSymbol', { textDocument = { uri = vim.uri_from_bufnr(bot) } })
check('the outline names the account', outline and outline[1] and outline[1].name == '@news')
check('and what it does', outline and outline[1] and #(outline[1].children or {}) == 1)

local range = { start = { line = 3, character = 20 }, ['end'] = { line = 3, character = 20 } }
local wish = { textDocument = { uri = vim.uri_from_bufnr(bot) }, range = range, context = { diagnostics = {} } }
local actions = ask(bot, 'textDocument/codeAction', wish) or {}
local edits = vim.tbl_filter(function(action) return action.edit ~= nil end, actions)
local suppresses = function(action) return vim.inspect(action.edit):find('botiquette: ignore', 1, true) ~= nil end
local ignore = vim.tbl_filter(suppresses, edits)[1]
check('a fix stands before the suppression', #edits >= 2 and not suppresses(edits[1]))
check('a suppression is offered', ignore ~= nil)
if ignore then
  vim.lsp.util.apply_workspace_edit(ignore.edit, 'utf-16')
  local line = vim.api.nvim_buf_get_lines(bot, 3, 4, true)[1]
  check('it writes a comment', line == '    # botiquette: ignore[unfollow-shaming] …')
  eventually('a reason is asked for, and until then an error stays', function()
    return rules(bot)['unfollow-shaming'] and rules(bot)['suppression-without-reason']
  end)
  vim.api.nvim_buf_set_lines(bot, 3, 4, true, { '    # botiquette: ignore[unfollow-shaming] agreed by all, until May' })
  eventually('with a reason nothing is left', function() return vim.tbl_isempty(rules(bot)) end)
  vim.api.nvim_buf_set_lines(bot, 3, 4, true, {})
  eventually('without the comment the finding is back', function() return rules(bot)['unfollow-shaming'] end)
end

vim.api.nvim_buf_set_text(bot, 3, 10, 3, #vim.api.nvim_buf_get_lines(bot, 3, 4, true)[1], { 'report: { to: operator } }' })
eventually('a change while typing takes the finding away', function() return not rules(bot)['unfollow-shaming'] end)

vim.cmd('edit! botiquette.toml')
local settings = vim.api.nvim_get_current_buf()
vim.lsp.buf_attach_client(settings, client)
local words = ask(settings, 'textDocument/completion', at(settings, 0, 11)) or {}
local labels = vim.tbl_map(function(item) return item.label end, words.items or words)
check('profiles are completed', vim.tbl_contains(labels, 'strict'))
vim.api.nvim_buf_set_lines(settings, 0, -1, true, { 'ignore = ["auto-folow-back"]' })
eventually('a mistake in the settings is told', function()
  local told = vim.diagnostic.get(settings)[1]
  return told ~= nil and told.message:find('auto-follow-back', 1, true) ~= nil
end)

vim.lsp.stop_client(client)
check('the server ends', vim.wait(10000, function() return vim.lsp.get_client_by_id(client) == nil end, 20))

io.stdout:write(string.format('\n%d passed, %d failed\n', passed, failed))
vim.cmd(failed == 0 and 'qall!' or 'cquit!')
