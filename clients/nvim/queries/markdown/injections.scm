;extends

; The YAML of a story fence.
((fenced_code_block
  (info_string
    (language) @_fence)
  (code_fence_content) @injection.content)
  (#eq? @_fence "story")
  (#set! injection.language "yaml"))
