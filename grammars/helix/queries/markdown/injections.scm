; Goes to ~/.config/helix/runtime/queries/markdown/injections.scm. Helix takes one file for the injections of a language, so this is all of Markdown's,
; and the first of them is the one for a story.

; The YAML of a story fence.
((fenced_code_block
  (info_string
    (language) @_fence)
  (code_fence_content) @injection.content)
  (#eq? @_fence "story")
  (#set! injection.language "yaml")
  (#set! injection.include-unnamed-children))

((fenced_code_block
  (info_string
    (language) @injection.language)
  (code_fence_content) @injection.content)
  (#not-eq? @injection.language "story")
  (#set! injection.include-unnamed-children))

((html_block) @injection.content
  (#set! injection.language "html")
  (#set! injection.include-unnamed-children)
  (#set! injection.combined))

((minus_metadata) @injection.content
  (#set! injection.language "yaml")
  (#set! injection.include-unnamed-children))

((plus_metadata) @injection.content
  (#set! injection.language "toml")
  (#set! injection.include-unnamed-children))

([
  (inline)
  (pipe_table_cell)
] @injection.content
  (#set! injection.language "markdown.inline")
  (#set! injection.include-unnamed-children))
