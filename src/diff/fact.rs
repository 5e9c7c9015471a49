//! Every fact that can change, by what it belongs to.

use crate::diagnostic::Text;
use crate::language::{Block, Field, plain_fields};

macro_rules! facts {
    ($( $before:ident { $( $id:ident $(($row:ident))? $($chinese:literal $english:literal)? )* } )*) => {
        /// A fact of a model that has a place of its own. The order is the order in which changes of one thing are told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Fact {
            /// A plain field of the schema.
            Plain(Field),
            $($( #[doc = facts!(@doc $($row)? $($chinese $english)?)] $id, )*)*
        }

        /// The facts with a form of their own, in their order.
        enum Own { $($( $id, )*)* }

        const OWN: &[Fact] = &[$($( Fact::$id, )*)*];

        impl Fact {
            /// As the language calls it.
            pub fn name(self) -> Text {
                match self {
                    Fact::Plain(field) => called(field),
                    $($( Fact::$id => facts!(@name $($row)? $($chinese $english)?), )*)*
                }
            }

            /// Its place among the others: the plain field before which it is told, and which of those there; that itself
            /// comes after them.
            pub(super) fn place(self) -> (Field, u8) {
                match self {
                    Fact::Plain(field) => (field, u8::MAX),
                    $($( Fact::$id => (Field::$before, Own::$id as u8), )*)*
                }
            }
        }
    };
    (@doc $row:ident) => { concat!("Of [`Field::", stringify!($row), "`].") };
    (@doc $chinese:literal $english:literal) => { concat!($chinese, ": ", $english, ".") };
    (@name $row:ident) => { called(Field::$row) };
    (@name $chinese:literal $english:literal) => { Text::new($chinese, $english) };
}

facts! {
    OverallGoal {
        DepartmentName "名称" "name"
        DepartmentCode "编码" "code"
        Year(Year)
        DepartmentStandard(DepartmentStandard)
        Unit(DepartmentUnit)
        UnitOrder "单位次序" "order of units"
        DepartmentExtra "新增字段" "extra field"
    }
    Purpose {
        SubGoalOrder "分项目标次序" "order of sub-goals"
        SafeguardOrder "保障措施次序" "order of safeguards"
        DepartmentDamage "无法理解的部分" "what is not understood"
        SubGoalText(SubGoal)
        Reference "分项目标的指标" "indicator of a sub-goal"
        ReferenceOrder "分项目标的指标次序" "order of a sub-goal's indicators"
        SafeguardName "保障措施名称" "name of a safeguard"
        SafeguardText(Safeguard)
        ProjectName "名称" "name"
        ProjectCode "编码" "code"
        ProjectStandard(DepartmentStandard)
        ProjectUnit(ProjectUnit)
        ProjectExtra "新增字段" "extra field"
        Budget(Budget)
        Fund "资金来源" "fund source"
        InvestmentFund "总投资的资金来源" "fund source of the total investment"
    }
    Goal {
        Plan(SpendingPlan)
        Checkpoint "支出节点" "checkpoint"
    }
    Description {
        IndicatorOrder "指标次序" "order of indicators"
        ProjectDamage "无法理解的部分" "what is not understood"
        IndicatorName "名称" "name"
        Category "类别" "category"
        Target "目标值" "target"
        WholePeriod(WholePeriod)
    }
    Source {
        BasisKind "依据类别" "kind of basis"
        Basis(Basis)
    }
    LastYear {
        Direction(Direction)
    }
    Counting {
        Interim(Interim)
    }
    Document {
        IndicatorExtra "新增字段" "extra field"
        StandardName "标准名称" "name of the standard"
        Title "说明" "title"
        Document(Document)
        DocumentOrder "文号次序" "order of documents"
        InForceFrom(InForceFrom)
        InForceUntil(InForceUntil)
        Default(Default)
        MoneyUnit(MoneyUnit)
        Measure(Measure)
        UnitForm "单位写法" "spelling of a unit"
        FundSource(FundSource)
        FundSourceOrder "资金来源次序" "order of fund sources"
        CheckpointRule(Checkpoint)
        CheckpointOrder "支出节点次序" "order of checkpoints"
        CategoryRule "指标类别" "category"
        CategoryOrder "指标类别次序" "order of categories"
        Framework(Framework)
        ProjectKinds(ProjectKinds)
        WeightTotal(WeightTotal)
        WeightScheme(WeightScheme)
        WeightSchemeOrder "权重方案次序" "order of weight schemes"
        Grades(Grades)
        FieldRule(FieldRule)
        FieldRuleOrder "字段次序" "order of fields"
        CodeForm(ProjectCode)
        Column "指标表的列" "column of the indicator table"
        ColumnOrder "指标表的列次序" "order of columns"
        MergedColumns "合并的列" "merged columns"
        Label(Label)
        Words(WordList)
        Reading(Reading)
        Level(RuleLevel)
        RuleSource(RuleSource)
        NameLength(NameLength)
        MonitoringRules(MonitoringRules)
        ScoringRules(ScoringRules)
        YearForm "全年的表" "form of the year"
        ProjectForm(ProjectForm)
    }
}

fn called(field: Field) -> Text {
    Text::new(field.name, field.english)
}

impl Fact {
    /// All facts, in their order.
    pub fn all() -> Vec<Fact> {
        let records = [Block::Department, Block::Project, Block::Indicator];
        let plain = records.into_iter().flat_map(plain_fields).map(Fact::Plain);
        let mut all: Vec<Fact> = OWN.iter().copied().chain(plain).collect();
        all.sort_unstable();
        all
    }
}

impl Ord for Fact {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place().cmp(&other.place())
    }
}

impl PartialOrd for Fact {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
