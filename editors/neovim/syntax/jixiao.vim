" Colours where the tree-sitter parser is not built. What a standard declares is known by its place.
if exists("b:current_syntax")
  finish
endif

syntax iskeyword @,48-57,_,-,192-255

syntax match jixiaoNumber /[-+]\?[0-9０-９]\+\([,，_][0-9０-９]\+\)*\([.．][0-9０-９]\+\)\?/ nextgroup=jixiaoUnit skipwhite
syntax match jixiaoUnit /[%％‰]\|[^][:space:]0-9０-９{}｛｝"“”＂#＃;；,，、.．()（）≥≤><=＝×+-][^][:space:]{}｛｝"“”＂#＃;；,，、.．]*/ contained
syntax match jixiaoCode /[0-9A-Za-z][^[:space:]{｛"“”＂]*/ contained nextgroup=jixiaoName skipwhite
syntax match jixiaoName /[^[:space:]0-9{}｛｝"“”＂#＃;；][^[:space:]{}｛｝"“”＂#＃;；]*/ contained
syntax match jixiaoDate /[0-9]\{4}-[0-9]\{1,2}-[0-9]\{1,2}\|\([0-9]\{4}年\)\?[0-9]\{1,2}月\([0-9]\{1,2}[日号]\|[底末]\)\|[0-9]\{4}年[底末]/

syntax match jixiaoLabel /\(^\|[{｛;；]\)\@<=[[:blank:]　]*[^[:space:]　{}｛｝"“”＂#＃;；:：]\+/ contains=jixiaoDate
syntax match jixiaoDeclaration /^[[:blank:]　]*\(部门\|department\|项目\|project\)\ze[[:blank:]　:：]/ nextgroup=jixiaoCode,jixiaoName skipwhite
syntax match jixiaoDeclaration /^\(批复\|approval\|调整\|adjustment\|监控\|monitoring\|自评\|self_evaluation\|复核\|review\|评价\|evaluation\|区域\|area\)\ze[[:blank:]　:：{｛]/
syntax match jixiaoDeclaration /^\(标准\|standard\)\ze[[:blank:]　:：]/ nextgroup=jixiaoName skipwhite
syntax match jixiaoAccount /^[[:blank:]　]*\(单位\|unit\)\ze[[:blank:]　:：]/ nextgroup=jixiaoCode skipwhite
syntax match jixiaoIndicator /^[[:blank:]　]*\(指标\|indicator\)\ze[[:blank:]　:：]/ nextgroup=jixiaoCategory skipwhite
syntax match jixiaoCategory /[^[:space:]　:：{}｛｝"“”＂#＃;；]\+/ contained nextgroup=jixiaoIndicatorName skipwhite
syntax match jixiaoIndicatorName /[^[:space:]　≥≤><=＝{}｛｝"“”＂#＃;；]\+/ contained
syntax match jixiaoOperator /≥\|≤\|[><＞＜]=\?\|==\?\|＝\|\.\.\|×\|[～~*＊]/
syntax match jixiaoQualitative /[[:blank:]　]\@<=\(定性\|qualitative\|扩展\|extends\)\ze[[:blank:]　]/

syntax match jixiaoEscape /\\\(u{\x\+}\|.\)/ contained
syntax region jixiaoText start=/"/ end=/"\|$/ skip=/\\./ contains=jixiaoEscape oneline
syntax region jixiaoText start=/“/ end=/”\|$/ skip=/\\./ contains=jixiaoEscape oneline
syntax region jixiaoText start=/＂/ end=/＂\|$/ skip=/\\./ contains=jixiaoEscape oneline
syntax region jixiaoTextBlock start=/"""[[:blank:]]*$/ end=/^[[:blank:]　]*"""/
syntax region jixiaoTextBlock start=/“““[[:blank:]]*$/ end=/^[[:blank:]　]*\(“““\|”””\)/
syntax match jixiaoExcuse /\(允许\|allow\)\s\+\(JX\d\{3}[、, ]*\)\+/ contained
syntax region jixiaoComment start=/[#＃]/ end=/$/ contains=jixiaoExcuse oneline

syntax sync minlines=200

highlight default link jixiaoDeclaration Keyword
highlight default link jixiaoIndicator Keyword
highlight default link jixiaoQualitative Keyword
highlight default link jixiaoLabel Identifier
highlight default link jixiaoAccount Identifier
highlight default link jixiaoCategory Type
highlight default link jixiaoIndicatorName Function
highlight default link jixiaoName Title
highlight default link jixiaoCode Constant
highlight default link jixiaoNumber Number
highlight default link jixiaoDate Number
highlight default link jixiaoUnit Type
highlight default link jixiaoOperator Operator
highlight default link jixiaoText String
highlight default link jixiaoTextBlock String
highlight default link jixiaoEscape SpecialChar
highlight default link jixiaoComment Comment
highlight default link jixiaoExcuse Special

let b:current_syntax = "jixiao"
