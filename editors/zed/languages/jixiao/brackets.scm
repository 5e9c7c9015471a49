("{" @open
  "}" @close)

("｛" @open
  "｝" @close)
