// The checks of `checks.k` and `checks.cue` as a function of the data: what is wrong, as texts.
local kinds = {
  '产出': ['数量', '质量', '时效', '成本'],
  '效益': ['经济效益', '社会效益', '生态效益', '可持续影响'],
  '满意度': ['服务对象满意度'],
};
local units = std.set(['%', '人', '次', '天', '工作日', '万元', '户', '公里', '平方米', '份', '个', '件']);
local comparators = std.set(['>=', '<=', '=', '>', '<']);

local isText(value) = std.isString(value) && value != '';
local isDigit(sign) = sign >= '0' && sign <= '9';
local isLetter(sign) = sign >= 'A' && sign <= 'Z';
local isCode(code) =
  std.length(code) == 21
  && std.all([
    if place == 8 then code[place] == 'P'
    else isDigit(code[place]) || place > 10 && isLetter(code[place])
    for place in std.range(0, 20)
  ]);
local isNumber(code, length) =
  std.length(code) == length && std.all([isDigit(code[place]) for place in std.range(0, length - 1)]);
local isOnce(list) = std.length(std.set(list)) == std.length(list);
local unless(holds, wrong) = if holds then [] else [wrong];

local ofTarget(target, about) =
  if std.objectHas(target, 'text') then
    unless(isText(target.text) && !std.objectHas(target, 'value'), about + ' 指标值')
  else
    unless(
      std.setMember(target.op, comparators) && std.setMember(target.unit, units) && std.isNumber(target.value)
      && (target.unit != '%' || target.value >= 0 && target.value <= 100),
      about + ' 指标值'
    );

local ofIndicator(indicator, about) =
  unless(std.member(std.get(kinds, indicator.level1, []), indicator.level2), about + ' 级次')
  + unless(isText(indicator.name) && isText(indicator.desc) && isText(indicator.basis), about + ' 指标文字')
  + ofTarget(indicator.target, about);

local ofProject(project) =
  local plan = project.plan;
  local levels = std.set([indicator.level2 for indicator in project.indicators]);
  unless(isCode(project.code), project.code + ' 项目编码格式')
  + unless(isText(project.name) && isText(project.purpose), project.code + ' 文字')
  + unless(
    project.budget > 0 && project.funds.fiscal >= 0 && project.funds.other >= 0
    && project.funds.fiscal + project.funds.other == project.budget,
    project.code + ' 资金合计'
  )
  + unless(
    std.length(plan) == 4 && std.all([std.isNumber(share) for share in plan])
    && 0 <= plan[0] && plan[0] <= plan[1] && plan[1] <= plan[2] && plan[2] <= plan[3] && plan[3] == 100,
    project.code + ' 支出计划'
  )
  + unless(project.goals != [] && std.all([isText(goal) for goal in project.goals]), project.code + ' 目标')
  + unless(isOnce([indicator.name for indicator in project.indicators]), project.code + ' 指标重复')
  + unless(std.setMember('数量', levels) && std.setMember('服务对象满意度', levels), project.code + ' 指标不全')
  + std.flatMap(function(indicator) ofIndicator(indicator, project.code), project.indicators);

local ofDepartment(department) =
  local indicators = {
    [project.code]: { [indicator.name]: true for indicator in project.indicators }
    for project in department.projects
  };
  unless(isNumber(department.code, 6), department.code + ' 部门编码')
  + unless(isText(department.name) && isText(department.overall), department.code + ' 文字')
  + std.flatMap(ofProject, department.projects)
  + std.flatMap(
    function(goal)
      unless(isText(goal.goal) && goal.refs != [], department.code + ' 分项目标')
      + std.flatMap(
        function(ref)
          unless(
            std.objectHas(indicators, ref.project) && std.objectHas(indicators[ref.project], ref.indicator),
            ref.project + ' ' + ref.indicator + ' 引用'
          ),
        goal.refs
      ),
    department.goals
  );

function(data)
  unless(isOnce([department.code for department in data.departments]), '部门编码重复')
  + unless(
    isOnce([project.code for department in data.departments for project in department.projects]),
    '项目编码重复'
  )
  + std.flatMap(ofDepartment, data.departments)
