"""What belongs together among arguments: possessors join what they possess, members of a list its last member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.knowledge.signs import endings
from kg.syntax.arguments import Arg
from kg.syntax.coordination import Lists


def chain(args: Sequence[Arg], lists: Lists) -> list[Arg]:
    """The arguments of a predicate, possessors with what they possess, members of a list with its last member."""
    out: list[Arg] = []
    for given in args:
        arg = _owned(given, out, lists)
        while out and out[-1].phrase.kind == "NP" and arg.phrase.kind == "NP" and lists.joins(out[-1], arg):
            _join(out.pop(), arg, lists)
        out.append(arg)
    return out


def _owned(arg: Arg, out: list[Arg], lists: Lists) -> Arg:
    """An argument with its possessors, which leave those before it; without a name of its own it means what they or a list before it name."""
    owners: list[Arg] = []
    while out and out[-1].particle in endings().owning and out[-1].phrase.kind == "NP":
        owners.insert(0, out.pop())
    mentions = arg.mentions
    if not mentions and owners and owners[-1].mentions:
        if lists.closes(owners[-1].phrase) or lists.of_bodies(owners[-1].mentions, arg.phrase):
            mentions = owners[
                -1
            ].mentions  # A, B 등 각계의 전문가들이; 영국, 가나 2개국의 담당자들이; 시민단체(A, B)의 인사 5명이
    nearest = owners[0] if owners else arg
    if (
        not mentions
        and out
        and not out[-1].particle
        and out[-1].mentions
        and out[-1].index == nearest.index - 1
        and lists.counted(nearest.phrase)
    ):
        mentions = out.pop().mentions  # 영국, 가나 / 총 2개국 감독기구의 담당자들이
    first = owners[0] if owners else None
    return replace(
        arg,
        mentions=mentions,
        owners=tuple(owners),
        first_index=first.first_index if first else arg.first_index,
        modifier=first.modifier if first and arg.modifier is None else arg.modifier,
        pending=(),
    )


def _join(before: Arg, arg: Arg, lists: Lists) -> None:
    """Give an argument what stands before it in its list."""
    goes_on = arg.mentions or before.head is not None and (lists.closes(arg.phrase) or lists.goes_on(before, arg))
    arg.mentions = before.pending + before.mentions + arg.mentions if goes_on else ()
    arg.pending = () if arg.mentions else before.pending or lists.pending(before)
    if not arg.mentions and arg.pending and (own := lists.name(arg.phrase)) is not None:
        arg.pending += (own,)
    arg.owners = before.owners + arg.owners
    arg.first_index = before.first_index
