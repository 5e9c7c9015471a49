-- Neovim 0.11 and later: vim.lsp.enable("jixiao")
return {
  cmd = { "jixiao", "lsp" },
  filetypes = { "jixiao" },
  root_markers = { "jixiao.toml", ".git" },
}
