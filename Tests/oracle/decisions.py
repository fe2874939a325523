"""Decisions that hold for a firm (认定): those of the evaluation office, and the vetoes and protections of a method.

A rule's reason is its condition in words, with the labels of what it asks.
"""

from exact import Refused, all_of, one_of
from firms import AppliedDecision
from standing import TIERS

MANUAL_EFFECTS = {"定档": "set", "不高于": "not_above", "不低于": "not_below"}
ASSUMED = "假设，未见公开文件"


def manual(e, firm):
    """人工认定, priority 30: what the feed says about the tier of a firm, in order of document, kind and tier.

    Rows about scope, cohort or points (不纳入评价, 暂不评价, 按规上评价, 按规下评价, 加分) count elsewhere, or nowhere.
    """
    rows = [row for row in e.county.rows("decision", firm.code) if row["kind"] in MANUAL_EFFECTS]
    rows.sort(key=lambda row: (row["document"], row["kind"], row["tier"] or ""))
    for row in rows:
        if row["tier"] not in TIERS:
            raise Refused(f"a decision names no tier: firm {firm.code}, {row['document']}", "names the tier")
    return [
        AppliedDecision(
            "manual", "人工认定", 30, MANUAL_EFFECTS[row["kind"]], row["tier"], row["reason"], row["document"])
        for row in rows
    ]


def had_accident(firm):
    return firm["has_event_for_accident"]


def accident(firm):
    """一票否决, priority 20: an accident, an environmental or a major tax offence, and no tier above C."""
    if had_accident(firm) is not True:
        return []
    label = "安全事故、环境违法或重大税收违法一票否决"
    reason = "有否决事项（安全事故、环境违法、重大税收违法）"
    return [AppliedDecision("accident", label, 20, "not_above", "C", reason, ASSUMED)]


def was_promoted(firm):
    return all_of(one_of(firm["registry_scale"], "规上"), one_of(firm["previous_cohort_for_promoted"], "规下"))


def promoted(firm):
    """升规保护, priority 10 (永康 only): below scale last year, above scale now, and no tier below C."""
    if was_promoted(firm) is not True:
        return []
    label = "上年规下、本年升规企业不列D类"
    reason = "企业名录：规模 = 规上 且 上年结果：评价组（年度 = 2020） = 规下"
    return [AppliedDecision("promoted", label, 10, "not_below", "C", reason, ASSUMED)]
