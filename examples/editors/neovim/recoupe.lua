-- recoupe in Neovim: put this file into ~/.config/nvim/plugin/, or `:luafile` it.
--
-- With Neovim 0.11 and later it is enough to write
--
--   vim.lsp.config('recoupe', {
--     cmd = { 'recoupe', 'lsp' },
--     filetypes = { 'markdown', 'text', 'html', 'yaml' },
--     root_markers = { 'recoupe.yaml', 'recoupe.yml', '.git' },
--   })
--   vim.lsp.enable('recoupe')
--
-- What follows does the same and also works with older versions, down to 0.7.

local filetypes = { 'markdown', 'text', 'html', 'yaml' }

local function root(file)
  local folder = vim.fn.fnamemodify(file, ':p:h')
  for _, name in ipairs({ 'recoupe.yaml', 'recoupe.yml', '.git' }) do
    local found = vim.fn.findfile(name, folder .. ';')
    if found == '' then
      found = vim.fn.finddir(name, folder .. ';')
    end
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p:h')
    end
  end
  return folder
end

if vim.lsp.config and vim.lsp.enable then
  vim.lsp.config('recoupe', {
    cmd = { vim.g.recoupe_path or 'recoupe', 'lsp' },
    filetypes = filetypes,
    root_markers = { 'recoupe.yaml', 'recoupe.yml', '.git' },
  })
  vim.lsp.enable('recoupe')
else
  local clients = {}

  local function attach(buffer)
    local folder = root(vim.api.nvim_buf_get_name(buffer))
    clients[folder] = clients[folder]
      or vim.lsp.start_client({
        name = 'recoupe',
        cmd = { vim.g.recoupe_path or 'recoupe', 'lsp' },
        root_dir = folder,
        on_exit = function()
          clients[folder] = nil
        end,
      })
    if clients[folder] then
      vim.lsp.buf_attach_client(buffer, clients[folder])
    end
  end

  vim.api.nvim_create_autocmd('FileType', {
    pattern = filetypes,
    callback = function(event)
      attach(event.buf)
    end,
  })
end
