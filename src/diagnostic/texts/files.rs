//! What is said of files and folders: what cannot be read or written, and what was passed over.

use super::{Argument, Language, Text, Wording};

texts! {
    is_a_folder() "是文件夹" "it is a folder"
    is_read_only() "是只读的" "it is read-only"
    is_no_regular_file() "不是普通文件，是管道、设备或套接字" "it is a pipe, a device or a socket, no regular file"
    pipe_help() "要从管道读，路径写 `-`" "write `-` as the path to read from a pipe"
    is_link() "是符号链接，文件夹里的链接不跟着读" "it is a symbolic link, and links in folders are not followed"
    link_help() "把文件本身放进来，或在命令行里直接写出这个路径" "put the files themselves there, or name this path on the command line"
    name_not_utf_8() "名称不是 UTF-8 文字，请改名" "its name is not UTF-8: rename it"
    would_overwrite_source(path) "要写的 `{path}` 是读进来的文件，什么也没有写" "`{path}`, which was read, would be overwritten: nothing was written"
    write_elsewhere() "用 -o 写到另一个文件夹" "write to another folder with -o"
    there_already(path) "`{path}` 已经写好，没有改动" "`{path}` is there already, and the same"
}
