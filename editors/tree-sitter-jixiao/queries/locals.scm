; A project's indicators are seen in its department: one scope, the file.
(source_file) @local.scope

(project
  name: (_) @local.definition)

(indicator
  name: (_) @local.definition)

(block
  (field
    (path
      (name) @local.reference)))
