(indicator) @function.around
(indicator
  body: (block) @function.inside)
(project) @class.around
(project
  body: (block) @class.inside)
(department) @class.around
(standard) @class.around
(field) @entry.around
(account) @entry.around
(comment) @comment.inside
(comment)+ @comment.around
