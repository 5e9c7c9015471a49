-- What a buffer of Jixiao needs: its comments, two blanks a level, colours, and the language server.
vim.bo.commentstring = "# %s"
vim.bo.comments = ":#,:＃"
vim.bo.shiftwidth = 2
vim.bo.expandtab = true
vim.bo.autoindent = true
vim.bo.indentexpr = "v:lua.JixiaoIndent(v:lnum)"
vim.bo.indentkeys = "0},0｝,o,O"

-- One level more after a line that ends with a brace, one less on a line that starts with one.
function _G.JixiaoIndent(number)
  local before = vim.fn.prevnonblank(number - 1)
  if before == 0 then
    return 0
  end
  local indent = vim.fn.indent(before)
  local line = vim.fn.getline(before):gsub("%s*#[^\"]*$", "")
  if vim.fn.match(line, "[{｛]\\s*$") >= 0 then
    indent = indent + vim.fn.shiftwidth()
  elseif vim.fn.match(line, '^\\s*"""\\s*$') >= 0 then
    indent = indent - vim.fn.shiftwidth()
  elseif vim.fn.match(line, '"""\\s*$') >= 0 then
    indent = indent + vim.fn.shiftwidth()
  end
  if vim.fn.match(vim.fn.getline(number), "^\\s*[}｝]") >= 0 then
    indent = indent - vim.fn.shiftwidth()
  end
  return math.max(indent, 0)
end

-- Colours by tree-sitter where parser/jixiao.so is there, else by syntax/jixiao.vim.
if vim.treesitter.start and pcall(vim.treesitter.start, 0, "jixiao") then
  vim.wo.foldmethod = "expr"
  vim.wo.foldexpr = "v:lua.vim.treesitter.foldexpr()"
  vim.wo.foldlevel = 99
end

if vim.g.jixiao_no_server then
  return
end

local command = vim.g.jixiao_command or { "jixiao", "lsp" }
if vim.fn.executable(command[1]) == 0 then
  vim.notify_once("找不到 " .. command[1] .. "：只有颜色，没有检查。用 vim.g.jixiao_command 指定位置。", vim.log.levels.WARN)
  return
end

if vim.lsp.enable then
  -- 0.11 and later: plugin/jixiao.lua has done it.
  return
end

local file = vim.api.nvim_buf_get_name(0)
local folder = vim.fn.fnamemodify(file, ":p:h")
local function above(name)
  local found = vim.fn.findfile(name, folder .. ";")
  if found == "" then
    found = vim.fn.finddir(name, folder .. ";")
  end
  return found ~= "" and vim.fn.fnamemodify(found, ":p:h" .. (vim.fn.isdirectory(found) == 1 and ":h" or "")) or nil
end
local root = above("jixiao.toml") or above(".git") or folder
if vim.lsp.start then
  vim.lsp.start({ name = "jixiao", cmd = command, root_dir = root })
  return
end

-- 0.6 and 0.7: one server for each root.
_G.jixiao_clients = _G.jixiao_clients or {}
local client = _G.jixiao_clients[root]
if not client or vim.lsp.client_is_stopped(client) then
  client = vim.lsp.start_client({ name = "jixiao", cmd = command, root_dir = root })
  _G.jixiao_clients[root] = client
end
vim.lsp.buf_attach_client(0, client)
vim.bo.formatexpr = "v:lua.vim.lsp.formatexpr()"

-- These versions keep only what starts with the signs that were typed, and would lose what was found by its pinyin.
local offered = {}
function _G.JixiaoComplete(is_start)
  if is_start == 0 then
    return offered
  end
  -- Asked now: in the second call Vim has taken the typed signs out of the line.
  local params = vim.lsp.util.make_position_params(0, "utf-16")
  local answers = vim.lsp.buf_request_sync(0, "textDocument/completion", params, 1000) or {}
  offered = {}
  for _, answer in pairs(answers) do
    for _, item in ipairs(answer.result and (answer.result.items or answer.result) or {}) do
      local means = item.documentation
      table.insert(offered, {
        word = item.textEdit and item.textEdit.newText or item.insertText or item.label,
        abbr = item.label,
        menu = item.detail or (type(means) == "table" and means.value or means or ""):match("[^\n]*"),
        dup = 1,
      })
    end
  end
  return vim.fn.match(vim.api.nvim_get_current_line():sub(1, vim.fn.col(".") - 1), "\\k*$")
end
vim.bo.omnifunc = "v:lua.JixiaoComplete"
