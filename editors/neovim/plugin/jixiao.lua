-- Neovim 0.11 and later start the server by lsp/jixiao.lua; before, ftplugin/jixiao.lua does.
if vim.lsp.enable and not vim.g.jixiao_no_server then
  if vim.g.jixiao_command then
    vim.lsp.config("jixiao", { cmd = vim.g.jixiao_command })
  end
  vim.lsp.enable("jixiao")
end
