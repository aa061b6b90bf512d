" Fountain, as fountain.io/syntax has it. What is a name of the story the server colours on top.
if exists('b:current_syntax')
  finish
endif

syntax spell toplevel
syntax sync minlines=60

" A paragraph of action first: what comes later goes before it.
syntax match fountainSection /^\s*#\{1,6}.*/
syntax match fountainSynopsis /^\s*==\@!.*/
syntax match fountainPageBreak /^\s*=\{3,}\s*$/
syntax match fountainCentered /^\s*>.*<\s*$/
syntax match fountainTransition /^\s*>.*[^< \t]\s*$/
syntax match fountainTransition /^\s*[^[:lower:]]*TO:\s*$/
syntax match fountainLyrics /^\s*\~.*/
syntax match fountainParenthetical /^\s*([^)]*)\s*$/
" A cue: capitals, behind a blank line and with a line behind it.
syntax match fountainCharacter /\(^\s*\n\|\%^\)\@<=\s*[^[:lower:][:space:]!>(.#=~][^[:lower:](]*\(([^)]*)\s*\)*^\?\s*\n\@=\(\n\s*\S\)\@=/ contains=fountainExtension
syntax match fountainCharacter /^\s*@[^(^]*/ contains=fountainExtension
syntax match fountainExtension /([^)]*)/ contained
syntax match fountainHeading /\c^\s*\(int\.\?\/ext\|ext\.\?\/int\|i\.\?\/e\|int\|ext\|est\)[. ].*/ contains=fountainNumber
syntax match fountainHeading /^\s*\.[[:alnum:]].*/ contains=fountainNumber
syntax match fountainNumber /#[[:alnum:].-]\+#\s*$/ contained
syntax match fountainForced /^\s*!/
syntax match fountainItalic /\*\@<!\*[^* \t][^*]*\*\*\@!/
syntax match fountainBold /\*\*[^* \t][^*]*\*\*/
syntax match fountainUnderline /\k\@<!_[^_ \t][^_]*_\k\@!/
syntax region fountainTitlePage start=/\%^\a[^:]*:/ end=/^\s*$/ contains=fountainTitleKey,fountainNote keepend
syntax match fountainTitleKey /^\a[^:]*:/ contained
syntax region fountainNote start=/\[\[/ end=/\]\]/ end=/^$/ keepend
syntax region fountainBoneyard start=/\/\*/ end=/\*\//

highlight default link fountainSection Title
highlight default link fountainSynopsis Comment
highlight default link fountainPageBreak Special
highlight default link fountainCentered Special
highlight default link fountainTransition Statement
highlight default link fountainLyrics String
highlight default link fountainParenthetical String
highlight default link fountainCharacter Identifier
highlight default link fountainExtension Comment
highlight default link fountainHeading Function
highlight default link fountainNumber Number
highlight default link fountainForced Special
highlight default link fountainTitleKey Keyword
highlight default link fountainNote Comment
highlight default link fountainBoneyard Comment
highlight default fountainItalic cterm=italic gui=italic
highlight default fountainBold cterm=bold gui=bold
highlight default fountainUnderline cterm=underline gui=underline

let b:current_syntax = 'fountain'
