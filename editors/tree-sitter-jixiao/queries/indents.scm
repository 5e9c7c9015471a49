; Neovim
(block) @indent.begin

(block
  close: _ @indent.branch @indent.end)

(text_block) @indent.auto

(ERROR
  [
    "{"
    "｛"
  ]) @indent.begin

(comment) @indent.auto
