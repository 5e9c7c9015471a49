//! What an editor shows.

use super::{Argument, Text};

texts! {
    message_not_understood() "有一条消息看不懂，已跳过" "a message could not be understood and was passed over"
    document_not_open() "文档没有打开" "the document is not open"
    parameters_not_understood() "参数不合协议" "the parameters are not what the protocol says"
    request_failed() "这项请求没能回答" "the request could not be answered"
    references_count(count) "{count} 处引用" "{count} references"
}
