; Nothing of another language stands in a text; comments may hold what an editor marks in them.
((comment) @injection.content
  (#set! injection.language "comment"))
