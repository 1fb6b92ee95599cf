-- A draft in Neovim, as somebody would write it: opened, underlined, edited, mended by a code action. Works with Neovim 0.7 and later.
-- RECOUPE is the command, RECOUPE_SETTINGS the settings that the project gives to its users.

local function say(...)
  io.stderr:write(table.concat({ ... }, ' ') .. '\n')
end

local function fail(why)
  say('failed:', why)
  vim.cmd('cquit 1')
end

local ok, why = pcall(function()
  vim.g.recoupe_path = vim.env.RECOUPE
  vim.cmd('luafile ' .. vim.env.RECOUPE_SETTINGS)
  vim.cmd('filetype on')
  vim.cmd('edit story.md')
  vim.bo.filetype = 'markdown'

  -- The findings once they are these.
  local function wait_for(what, codes)
    local got
    local done = vim.wait(60000, function()
      local all = vim.diagnostic.get(0)
      table.sort(all, function(a, b)
        return a.lnum < b.lnum or (a.lnum == b.lnum and a.col < b.col)
      end)
      got = vim.tbl_map(function(d)
        return d.code or d.user_data.lsp.code
      end, all)
      return table.concat(got, ' ') == codes
    end, 20)
    say(what .. ':', table.concat(got, ' '))
    if not done then
      error(what .. ': expected ' .. codes)
    end
  end

  wait_for('opened', 'billion-for-milliard sum-mismatch')
  local sum = vim.tbl_filter(function(d)
    return (d.code or d.user_data.lsp.code) == 'sum-mismatch'
  end, vim.diagnostic.get(0))[1]
  local line = vim.api.nvim_buf_get_lines(0, sum.lnum, sum.lnum + 1, true)[1]
  local marked = line:sub(sum.col + 1, sum.end_col)
  if marked ~= '80 internes' then
    error('the mark stands on « ' .. marked .. ' »')
  end
  say('related:', tostring(#((sum.user_data.lsp or {}).relatedInformation or {})))

  -- « 80 » becomes « 75 »: the mark goes.
  vim.api.nvim_buf_set_text(0, sum.lnum, sum.col, sum.lnum, sum.col + 2, { '75' })
  wait_for('edited', 'billion-for-milliard')

  local function request(method, params)
    local answers = vim.lsp.buf_request_sync(0, method, params, 60000)
    for _, answer in pairs(answers or {}) do
      if answer.error then
        error(method .. ': ' .. answer.error.message)
      end
      return answer.result
    end
    error(method .. ': no answer')
  end

  local there = vim.diagnostic.get(0)[1]
  vim.api.nvim_win_set_cursor(0, { there.lnum + 1, there.col })
  local clients = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = 0 }) or vim.lsp.buf_get_clients(0)
  local client = clients[next(clients)]
  local position = vim.lsp.util.make_range_params(0, client.offset_encoding or 'utf-16')
  position.context = { diagnostics = {} }
  local actions = request('textDocument/codeAction', position)
  say('actions:', tostring(#actions))
  vim.lsp.util.apply_workspace_edit(actions[1].edit, client.offset_encoding or 'utf-16')
  wait_for('mended', '')

  local symbols = request('textDocument/documentSymbol', { textDocument = vim.lsp.util.make_text_document_params() })
  say('symbols:', tostring(#symbols))
  vim.cmd('silent write')
end)
if not ok then
  fail(tostring(why))
end
vim.cmd('qall!')
