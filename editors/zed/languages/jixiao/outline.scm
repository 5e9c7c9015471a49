(department
  keyword: (_) @context
  name: (_) @name) @item

(project
  keyword: (_) @context
  name: (_) @name) @item

(standard
  keyword: (_) @context
  name: (_) @name) @item

(indicator
  keyword: (_) @context
  name: (_) @name) @item
