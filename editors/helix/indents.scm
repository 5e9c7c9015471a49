(block) @indent

[
  "}"
  "｝"
] @outdent
