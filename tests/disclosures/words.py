"""The running text of made-up documents, which quotes their figures in the manner of several regions' templates."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tests.disclosures.final_accounts import OWN_NAMES, counted
from tests.disclosures.money import GRANTS, Department, Fen, name_of
from tests.disclosures.printing import Habit, figure
from tests.generator.content import numeral

_BRIEF = "主要原因是按照工作安排调整了相关经费"


class Speaker:
    """Says amounts, shares and changes as one document does."""

    def __init__(self, habit: Habit) -> None:
        self.habit = Habit(unit=habit.text_unit or habit.unit, separators=habit.separators and habit.variant % 2 == 0)
        self.year = habit.year
        self.places = Decimal("0.01") if habit.variant % 3 else Decimal("0.1")

    def money(self, amount: Fen) -> str:
        """123.45万元."""
        return figure(amount, self.habit, zero="0.00" if self.places == Decimal("0.01") else "0") + self.habit.unit

    def share(self, part: Fen, whole: Fen) -> str:
        """12.34%."""
        return f"{self.rate(part, whole)}%"

    def rate(self, part: Fen, whole: Fen) -> Decimal:
        """A share in per cent, rounded."""
        return (Decimal(100 * part) / whole if whole else Decimal(0)).quantize(self.places, ROUND_HALF_UP)

    def change(self, now: Fen, before: Fen) -> str:
        """增加1.00万元，增长2.34%."""
        if now == before:
            return "持平"
        more, up = ("增加", "增长") if now > before else ("减少", "下降")
        return f"{more}{self.money(abs(now - before))}，{up}{self.share(abs(now - before), before)}"


def final_account(made: Department, habit: Habit) -> list[str]:
    """The explanations of a final account."""
    say = Speaker(habit)
    wholes = made.add(lambda i: i.income) + made.surplus_used + made.add(lambda i: i.opening)
    before = made.add(lambda i: i.previous)
    year = habit.year
    first = [
        f"{year}年度收、支总计{say.money(wholes)}。与{year - 1}年度相比，收、支总计各{say.change(wholes, before)}。{_BRIEF}。",
        f"{year}年度收入总计{say.money(wholes)}，支出总计{say.money(wholes)}。与上年相比，收入、支出总计各{say.change(wholes, before)}，{_BRIEF}。",
        f"本部门{year}年度收入支出总计均为{say.money(wholes)}，与上年相比{say.change(wholes, before)}。",
    ][habit.variant % 3]
    return [
        "第三部分 部门决算情况说明",
        "一、收入支出决算总体情况说明",
        first,
        "二、收入决算情况说明",
        _income(made, say),
        "三、支出决算情况说明",
        _expenditure(made, say),
        "四、财政拨款收入支出决算总体情况说明",
        _grants(made, say),
        "五、一般公共预算财政拨款支出决算情况说明",
        *_general(made, say, habit),
        "六、一般公共预算财政拨款基本支出决算情况说明",
        _basic(made, say),
        "七、“三公”经费支出决算情况说明",
        *_public(made, say, habit),
        *_fund(made, say),
        "十、其他重要事项情况说明",
        *_others(say, habit),
    ]


def _income(made: Department, say: Speaker) -> str:
    whole = made.add(lambda i: i.income)
    amounts = {"财政拨款收入": made.add(lambda i: i.income, sources=GRANTS)}
    amounts |= {name: made.add(lambda i: i.income, sources=(key,)) for key, name in OWN_NAMES.items()}
    parts = "；".join(f"{name}{say.money(value)}，占{say.share(value, whole)}" for name, value in amounts.items())
    return f"{say.year}年度收入合计{say.money(whole)}，其中：{parts}。"


def _expenditure(made: Department, say: Speaker) -> str:
    whole = made.add(lambda i: i.spent)
    amounts = {
        "基本支出": made.add(lambda i: i.basic), "项目支出": made.add(lambda i: i.project),
        "上缴上级支出": made.add(lambda i: i.superior_paid), "经营支出": made.add(lambda i: i.operating),
        "对附属单位补助支出": made.add(lambda i: i.subsidy),
    }  # fmt: skip
    parts = "；".join(f"{name}{say.money(value)}，占{say.share(value, whole)}" for name, value in amounts.items())
    return f"{say.year}年度支出合计{say.money(whole)}，其中：{parts}。"


def _grants(made: Department, say: Speaker) -> str:
    whole = made.add(lambda i: i.income + i.opening, sources=GRANTS)
    before = made.add(lambda i: i.previous, sources=GRANTS)
    return f"{say.year}年度财政拨款收、支总计{say.money(whole)}。与上年相比，财政拨款收、支总计各{say.change(whole, before)}。"


def _general(made: Department, say: Speaker, habit: Habit) -> list[str]:
    def of(code: str = "", *, planned: bool = False) -> Fen:
        return made.add((lambda i: i.planned) if planned else (lambda i: i.spent), code, ("general",))

    whole, everything = of(), made.add(lambda i: i.spent)
    before = made.add(lambda i: i.previous, sources=("general",))
    classes = sorted({item.code[:3] for item in made.items if item.source == "general"})
    shares = "；".join(
        f"{name_of(code).removesuffix('支出')}（类）支出{say.money(of(code))}，占{say.share(of(code), whole)}"
        for code in classes
    )
    told = [
        (
            f"{say.year}年度一般公共预算财政拨款支出{say.money(whole)}，占本年支出合计的{say.share(whole, everything)}。"
            f"与上年相比，一般公共预算财政拨款支出{say.change(whole, before)}。"
        ),
        f"{say.year}年度一般公共预算财政拨款支出{say.money(whole)}，主要用于以下方面：{shares}。",
        (
            f"{say.year}年度一般公共预算财政拨款支出年初预算为{say.money(of(planned=True))}，支出决算为{say.money(whole)}，"
            f"完成年初预算的{say.share(whole, of(planned=True))}。其中："
        ),
    ]
    items = sorted({item.code for item in made.items if item.source == "general"})
    for number, code in enumerate(items, 1):
        plan, spent = of(code, planned=True), of(code)
        names = [name_of(code[:length]) for length in (3, 5, 7)]
        path = f"{names[0]}（类）{names[1]}（款）{names[2]}（项）"
        how = "等于" if plan == spent else "小于" if spent < plan else "大于"
        told.append(
            f"{number}．{path}。年初预算为{say.money(plan)}，支出决算为{say.money(spent)}，完成年初预算的{say.share(spent, plan)}。"
            f"决算数{how}年初预算数的主要原因：按实际工作需要列支。"
        )
    return told


def _basic(made: Department, say: Speaker) -> str:
    people = made.add(lambda i: i.personnel, sources=("general",))
    public = made.add(lambda i: i.public, sources=("general",))
    return (
        f"{say.year}年度一般公共预算财政拨款基本支出{say.money(people + public)}，其中：人员经费{say.money(people)}，主要包括：基本工资、"
        f"津贴补贴、奖金；公用经费{say.money(public)}，主要包括：办公费、印刷费、差旅费。"
    )


def _public(made: Department, say: Speaker, habit: Habit) -> list[str]:
    plan, spent = made.public_budget, made.public_spent
    whole = sum(spent)
    cars = spent[1] + spent[2]
    journeys, travellers, bought, _, receptions, guests = counted(made).values()
    told = [
        (
            f"{say.year}年度“三公”经费财政拨款支出预算为{say.money(sum(plan))}，支出决算为{say.money(whole)}，"
            f"完成预算的{say.share(whole, sum(plan))}。"
        ),
    ]
    if habit.variant % 2:
        told.append(
            f"“三公”经费财政拨款支出决算中，因公出国（境）费支出决算{say.money(spent[0])}，占{say.share(spent[0], whole)}；"
            f"公务用车购置及运行维护费支出决算{say.money(cars)}，占{say.share(cars, whole)}；"
            f"公务接待费支出决算{say.money(spent[3])}，占{say.share(spent[3], whole)}。"
        )
    told += [
        f"1．因公出国（境）费支出{say.money(spent[0])}。全年安排因公出国（境）团组{journeys}个，累计{travellers}人次。",
        f"2．公务用车购置及运行维护费支出{say.money(cars)}。其中：",
        f"公务用车购置支出{say.money(spent[1])}，更新购置公务用车{bought}辆。",
        f"公务用车运行维护支出{say.money(spent[2])}，主要用于公务出行。年末公务用车保有量6辆。",
        f"3．公务接待费支出{say.money(spent[3])}。其中：国内公务接待支出{say.money(spent[3])}，共接待{receptions}批次、{guests}人次。",
    ]
    return told


def _fund(made: Department, say: Speaker) -> list[str]:
    if not any(item.source == "fund" for item in made.items):
        return [
            "八、政府性基金预算财政拨款收入支出决算情况说明",
            "本部门没有政府性基金预算财政拨款收入，也没有使用政府性基金预算财政拨款安排的支出。",
        ]

    def of(amount: str) -> Fen:
        return made.add(lambda i: getattr(i, amount), sources=("fund",))

    return [
        "八、政府性基金预算财政拨款收入支出决算情况说明",
        (
            f"{say.year}年度政府性基金预算财政拨款年初结转和结余{say.money(of('opening'))}，本年收入{say.money(of('income'))}，"
            f"本年支出{say.money(of('spent'))}，年末结转和结余{say.money(of('closing'))}。"
        ),
    ]


def _others(say: Speaker, habit: Habit) -> list[str]:
    bought = (6_840_000, 0, 9_600_000)
    small, tiny = 12_000_000, 9_000_000
    cars = (0, 1, 2, 0, 3, 1, 0, 4)
    names = (
        "副部（省）级及以上领导用车",
        "主要领导干部用车",
        "机要通信用车",
        "应急保障用车",
        "执法执勤用车",
        "特种专业技术用车",
        "离退休干部用车",
        "其他用车",
    )
    listed = "、".join(f"{name}{count}辆" for name, count in zip(names, cars, strict=True))
    return [
        (
            f"{say.year}年度政府采购支出总额{say.money(sum(bought))}，其中：政府采购货物支出{say.money(bought[0])}、"
            f"政府采购工程支出{say.money(bought[1])}、政府采购服务支出{say.money(bought[2])}。"
            f"授予中小企业合同金额{say.money(small)}，占政府采购支出总额的{say.share(small, sum(bought))}，"
            f"其中：授予小微企业合同金额{say.money(tiny)}，占授予中小企业合同金额的{say.share(tiny, small)}。"
        ),
        f"截至{say.year}年12月31日，本部门共有车辆{sum(cars)}辆，其中，{listed}。单位价值100万元以上设备（不含车辆）2台（套）。",
    ]


def budget(made: Department, habit: Habit) -> list[str]:
    """The explanations of a budget."""
    return [_first_budget, _second_budget, _third_budget][habit.variant % 3](made, habit)


def _rest(made: Department) -> list[tuple[str, Fen]]:
    """What is spent on neither basic expenditure nor projects."""
    amounts = (
        ("事业单位经营支出", made.add(lambda i: i.operating)), ("上缴上级支出", made.add(lambda i: i.superior_paid)),
        ("对附属单位补助支出", made.add(lambda i: i.subsidy)),
    )  # fmt: skip
    return [(name, value) for name, value in amounts if value]


def _first_budget(made: Department, habit: Habit) -> list[str]:
    say = Speaker(habit)
    whole = made.add(lambda i: i.spent)
    before = made.add(lambda i: i.previous)
    opening = made.add(lambda i: i.opening)
    grants = {
        "一般公共预算拨款收入": "general",
        "政府性基金预算拨款收入": "fund",
        "国有资本经营预算拨款收入": "capital",
    }
    sources = {**grants, **{name: key for key, name in OWN_NAMES.items()}}
    parts = "；".join(
        f"{name}{say.money(value)}，占{say.share(value, whole)}"
        for name, key in sources.items()
        if (value := made.add(lambda i: i.income, sources=(key,)))
    )
    parts += f"；上年结转{say.money(opening)}，占{say.share(opening, whole)}"
    basic, project = made.add(lambda i: i.basic), made.add(lambda i: i.project)
    others = "".join(f"；{name}{say.money(value)}，占{say.share(value, whole)}" for name, value in _rest(made))
    return [
        f"第二部分 {habit.year}年部门预算情况说明",
        "一、部门预算收支总体情况",
        f"{habit.year}年部门预算收支总计{say.money(whole)}，较{habit.year - 1}年预算{say.change(whole, before)}。",
        "二、收入预算情况",
        f"{habit.year}年收入预算{say.money(whole)}，其中：{parts}。",
        "三、支出预算情况",
        (
            f"{habit.year}年支出预算{say.money(whole)}，其中：基本支出{say.money(basic)}，占{say.share(basic, whole)}；"
            f"项目支出{say.money(project)}，占{say.share(project, whole)}{others}。"
        ),
        *_budget_general(made, say),
        *_budget_public(made, say, habit),
    ]


def _budget_general(made: Department, say: Speaker) -> list[str]:
    def of(code: str = "") -> Fen:
        return made.add(lambda i: i.spent, code, ("general",))

    classes = sorted({item.code[:3] for item in made.items if item.source == "general"})
    listed = "；".join(f"{name_of(code)}{say.money(of(code))}，占{say.share(of(code), of())}" for code in classes)
    people = made.add(lambda i: i.personnel, sources=("general",))
    public = made.add(lambda i: i.public, sources=("general",))
    told = [
        "四、一般公共预算支出情况",
        f"{say.year}年一般公共预算支出{say.money(of())}，主要用于以下方面：{listed}。",
        f"{say.year}年一般公共预算基本支出{say.money(people + public)}，其中：人员经费{say.money(people)}，公用经费{say.money(public)}。",
    ]
    for number, code in enumerate(sorted({i.code for i in made.items if i.source == "general"}), 1):
        names = [name_of(code[:length]) for length in (3, 5, 7)]
        before = made.add(lambda i: i.previous, code, ("general",))
        told.append(
            f"{number}. {names[0]}（类）{names[1]}（款）{names[2]}（项）{say.year}年预算数为{say.money(of(code))}，"
            f"比{say.year - 1}年{'执行数' if number % 2 else '预算数'}{say.change(of(code), before)}。"
        )
    return told


def _budget_public(made: Department, say: Speaker, habit: Habit) -> list[str]:
    now, before = made.public_spent, made.public_budget
    names = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
    lines = [
        f"{numeral(n)}是{name}{say.money(a)}，与上年相比{say.change(a, b)}"
        for n, (name, a, b) in enumerate(zip(names, now, before, strict=True), 1)
    ]
    return [
        "五、“三公”经费预算情况",
        f"{say.year}年“三公”经费预算数为{say.money(sum(now))}，与上年相比{say.change(sum(now), sum(before))}。"
        + "；".join(lines)
        + "。",
    ]


def _second_budget(made: Department, habit: Habit) -> list[str]:
    """One paragraph a side, amounts by number, no shares."""
    say = Speaker(habit)
    whole = made.add(lambda i: i.spent)
    before = made.add(lambda i: i.previous)
    opening = made.add(lambda i: i.opening)
    grants = made.add(lambda i: i.income, sources=GRANTS)
    other = whole - opening - grants

    def kinds(of: tuple[tuple[str, Fen], ...]) -> str:
        return "，".join(f"{name}{say.money(value)}" for name, value in of)

    basic, project = made.add(lambda i: i.basic), made.add(lambda i: i.project)
    people, public = made.add(lambda i: i.personnel), made.add(lambda i: i.public)
    return [
        "二、预算安排的总体情况",
        "1、收入说明",
        f"反映本部门当年全部收入。{habit.year}年预算收入{say.money(whole)}，其中：{kinds((('财政拨款收入', grants), ('其他各项收入', other), ('上年结转', opening)))}。",
        "2、支出说明",
        f"{habit.year}年支出预算{say.money(whole)}，其中基本支出{say.money(basic)}，包括人员经费{say.money(people)}和公用经费{say.money(public)}；"
        f"项目支出{say.money(project)}" + "".join(f"；{name}{say.money(value)}" for name, value in _rest(made)) + "。",
        "3、比上年增减情况",
        f"{habit.year}年预算收支安排{say.money(whole)}，较{habit.year - 1}年预算{say.change(whole, before)}。",
        *_budget_public(made, say, habit),
    ]


def _third_budget(made: Department, habit: Habit) -> list[str]:
    """The headings of the tables, in the order of the tables."""
    say = Speaker(habit)
    whole = made.add(lambda i: i.spent)
    grants = made.add(lambda i: i.spent, sources=GRANTS)
    funds = [made.add(lambda i: i.spent, sources=(key,)) for key in GRANTS]
    basic, project = made.add(lambda i: i.basic), made.add(lambda i: i.project)
    return [
        f"一、关于{habit.year}年收支预算情况的总体说明",
        f"按照综合预算的原则，所有收入和支出均纳入部门预算管理。{habit.year}年收支总预算{say.money(whole)}。",
        f"二、关于{habit.year}年支出预算情况说明",
        f"{habit.year}年支出预算{say.money(whole)}，其中：基本支出{say.money(basic)}，占{say.share(basic, whole)}；项目支出{say.money(project)}，占{say.share(project, whole)}"
        + "".join(f"；{name}{say.money(value)}，占{say.share(value, whole)}" for name, value in _rest(made))
        + "。",
        f"三、关于{habit.year}年财政拨款收支预算情况的总体说明",
        f"{habit.year}年财政拨款收支总预算{say.money(grants)}。其中：一般公共预算{say.money(funds[0])}，政府性基金预算{say.money(funds[1])}，国有资本经营预算{say.money(funds[2])}。",
        *_budget_general(made, say),
        *_budget_public(made, say, habit),
    ]
