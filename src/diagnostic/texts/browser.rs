//! What is said where the compiler lies in a web page.

use super::{Argument, Language, Text, Wording};

texts! {
    no_question() "网页问的话没有听懂：网页和里面的程序不是一个版本" "the page asked something that is not understood: it and the program in it are of different versions"
    nothing_dropped() "还没有放进文件" "no files were given yet"
    pdf_not_in_page() "这个网页不读 PDF：请对方发 Word 或 Excel 原件，或者用装在电脑上的程序导入" "this page reads no PDF: ask for the Word or Excel original, or import it with the program installed on a machine"
    save_as_in_office(ending) "在 Word、Excel 或 WPS 里打开，另存为 {ending}，再放进来" "open it in Word, Excel or WPS, save it as {ending}, and give that"
    department_dropped_twice(path, name) "`{path}` 是 `{name}` 的目标，同时放进来的 .jx 里已经有这个部门" "`{path}` holds the targets of `{name}`, which the .jx files given with it hold already"
    department_dropped_twice_help() "两份只能算一份：想知道它们哪里不一样，把旧的一份放到“和旧版本比”里" "only one of the two can count: to see what differs, give the older one as the older version"
}
