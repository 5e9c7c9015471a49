-- Neovim 0.11 and later: plugin/jixiao.lua enables it.
return {
  cmd = { "jixiao", "lsp" },
  filetypes = { "jixiao" },
  root_markers = { "jixiao.toml", ".git" },
}
