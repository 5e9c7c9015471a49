; The highlights of editors/tree-sitter-jixiao with the names of Zed: a test keeps them alike.
(comment) @comment

(keyword) @keyword
(yes_or_no) @boolean

; A name in quotes is coloured as a text.
(department
  name: (name) @type)
(project
  name: (name) @type)
(standard
  name: (name) @type)
(standard
  base: (name) @type)
(code) @constant

(indicator
  category: (path
    (name) @type))
(indicator
  name: (name) @function)

(field
  label: [
    (name)
    (date)
  ] @property)
(account
  label: (_) @property)

(field
  (path
    (name) @variable))
(account
  (path
    (name) @variable))

(string) @string
(text_block) @string
(escape) @string.escape

(number) @number
(multiplier) @type.builtin
(unit) @type.builtin

(target
  (date) @number)
(field
  label: (_)
  (date) @number)

(grade) @constant
(symbol) @variable.special

[
  (comparator)
  (range_sign)
  (times)
  (plus)
  (becomes)
] @operator

[
  "{"
  "｛"
  "}"
  "｝"
] @punctuation.bracket
