"""Edits of what the evaluation office decided (人工认定): tiers, scope, cohort, points."""

from editable import CODE


def tier_decisions(inbox):
    """Many decisions on tiers, one to three a firm, which may overrule a veto or agree with it."""
    draw = inbox.draw
    can_contradict = draw.random() < 0.05
    for firm in inbox.some(inbox.firms(), 60):
        tier = draw.choice("ABCD")
        for _ in range(draw.randint(1, 3)):
            if can_contradict:
                tier = draw.choice("ABCD")
            decide(inbox, firm, draw.choice(["定档", "不高于", "不低于"]), 档次=tier)
    if inbox.rows("decision") and draw.random() < 0.05:
        draw.choice(inbox.rows("decision"))["档次"] = draw.choice(["E", ""])


def other_decisions(inbox):
    """Decisions on scope, cohort and points, one to four a firm, together with any others; a refused one, rarely."""
    draw = inbox.draw
    kinds = ["不纳入评价", "暂不评价", "按规上评价", "按规上评价", "按规下评价", "按规下评价", "加分", "加分", "加分"]
    for firm in inbox.some(inbox.firms(), 80):
        for _ in range(draw.randint(1, 4)):
            kind = draw.choice(kinds)
            points = draw.choice(["2.5", "-3", "0.0001", "-100", "100", "0", ""]) if kind == "加分" else ""
            decide(inbox, firm, kind, 分值=points)
    if inbox.rows("decision") and draw.random() < 0.03:
        draw.choice(inbox.rows("decision"))["理由"] = ""


def decide(inbox, firm, kind, **values):
    """A decision that is mostly in force."""
    draw = inbox.draw
    inbox.add("decision", **{
        CODE: firm[CODE], "认定事项": kind, "理由": f"试,理由\"{kind}\"",
        "依据文件": f"试办〔{draw.randint(1, 999)}〕{inbox.number()}号",
        "认定日期": draw.choice([f"{inbox.as_of.year}-03-05", inbox.around()]),
        "失效日期": draw.choice(["", "", "", inbox.around()])} | values)
