-- Drives the server as a person in Neovim does, and writes down what is seen. Started by tests/neovim.rs, which names the
-- program, the file, where to write, and what to type where.
local program, path, out = vim.env.JIXIAO_PROGRAM, vim.env.JIXIAO_FILE, vim.env.JIXIAO_OUT
local seen = { attached = false }

local function finish()
  local file = assert(io.open(out, "w"))
  file:write(vim.json and vim.json.encode(seen) or vim.fn.json_encode(seen))
  file:close()
  vim.cmd("qall!")
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

local function findings()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    local lsp = one.user_data and one.user_data.lsp or {}
    table.insert(found, { line = one.lnum + 1, code = lsp.code or one.code, message = one.message, data = lsp.data })
  end
  return found
end

-- Waits until the server has told what `holds` says of the findings.
local function wait(holds)
  return vim.wait(10000, function()
    return holds(findings())
  end, 20)
end

local function has(code)
  return function(found)
    for _, one in ipairs(found) do
      if one.code == code then
        return true
      end
    end
    return false
  end
end

local function ask(method, params)
  local answers, problem = vim.lsp.buf_request_sync(0, method, params, 10000)
  if not answers then
    return { problem = tostring(problem) }
  end
  for _, answer in pairs(answers) do
    return { result = answer.result, problem = answer.error and (answer.error.message or answer.err) }
  end
  return {}
end

-- Puts the cursor behind the first place of some words.
local function go(words)
  for number, line in ipairs(lines()) do
    local _, last = line:find(words, 1, true)
    if last then
      vim.api.nvim_win_set_cursor(0, { number, last - 1 })
      return number, last
    end
  end
  error("not in the file: " .. words)
end

local function position(words)
  local number, last = go(words)
  local params = vim.lsp.util.make_position_params(0, "utf-16")
  params.position.character = vim.str_utfindex(lines()[number]:sub(1, last))
  -- The second value counts UTF-16 units.
  local _, units = vim.str_utfindex(lines()[number], last)
  params.position.character = units
  return params
end

local function run()
  vim.g.jixiao_command = { program, "--lang", "zh", "lsp" }
  vim.cmd("edit " .. vim.fn.fnameescape(path))
  seen.filetype = vim.bo.filetype
  seen.attached = vim.wait(10000, function()
    for _, client in pairs(vim.lsp.buf_get_clients(0)) do
      return client.server_capabilities ~= nil or client.initialized
    end
    return false
  end, 20)
  wait(function(found)
    return #found > 0
  end)
  seen.opened = findings()

  -- Completion by pinyin where a field may stand.
  local number = go("  目标 \"")
  vim.api.nvim_buf_set_lines(0, number, number, false, { "  yt" })
  seen.completion = ask("textDocument/completion", position("  yt"))
  vim.api.nvim_buf_set_lines(0, number, number + 1, false, {})

  seen.hover = ask("textDocument/hover", position("宣传场"))

  -- The first fix that is offered for the text that does not close.
  wait(has("JX205"))
  local diagnostics = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    local lsp = one.user_data.lsp
    if lsp.code == "JX205" then
      local place = { line = one.lnum, character = one.col }
      local range = { start = place, ["end"] = { line = one.end_lnum, character = one.end_col } }
      local _, from = vim.str_utfindex(lines()[one.lnum + 1], one.col)
      local _, to = vim.str_utfindex(lines()[one.end_lnum + 1], one.end_col)
      range.start.character, range["end"].character = from, to
      table.insert(diagnostics, {
        range = range, message = one.message, severity = one.severity, code = lsp.code, source = one.source, data = lsp.data,
      })
    end
  end
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = diagnostics[1] and diagnostics[1].range,
    context = { diagnostics = diagnostics },
  }
  local actions = ask("textDocument/codeAction", params)
  seen.actions = {}
  for _, action in ipairs(actions.result or {}) do
    table.insert(seen.actions, action.title)
  end
  seen.actions_problem = actions.problem
  local first = (actions.result or {})[1]
  if first then
    vim.lsp.util.apply_workspace_edit(first.edit, "utf-16")
  end
  seen.is_mended = wait(function(found)
    return #found > 0 and not has("JX205")(found)
  end)
  seen.mended = lines()

  vim.lsp.buf.formatting_sync(nil, 10000)
  seen.formatted = lines()
  -- Letter by letter: what is half typed shows no more than its own mistake.
  local target = go("宣传场次 ≥ 6 次")
  local line = lines()[target]
  vim.api.nvim_buf_set_lines(0, target - 1, target, false, { (line:gsub("≥ 6 次.*$", "≥")) })
  seen.is_half_typed_told = wait(function(found)
    for _, one in ipairs(found) do
      if one.line == target and one.code:find("^JX2") then
        return true
      end
    end
    return false
  end)
  seen.half_typed = findings()

  -- A new text, typed without a blank at the start of a line.
  vim.g.jixiao_no_server = true
  vim.cmd("enew! | setfiletype jixiao")
  local text = { "项目 甲 {", "预算 1 元 {", "财政拨款 1 元", "}", '目标 """', "甲。", '"""', '用途 "乙"', "}" }
  local keys = "i" .. table.concat(text, "<CR>") .. "<Esc>"
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), "xt", false)
  seen.typed = lines()
end

local is_fine, problem = pcall(run)
if not is_fine then
  seen.problem = tostring(problem)
end
finish()
