from __future__ import annotations

from recruiting.skills.taxonomy import closes_a_circle, closure_of

NEXTJS, REACT, JAVASCRIPT, FRONT_END, SPA = range(1, 6)
EDGES = [(NEXTJS, REACT), (REACT, JAVASCRIPT), (REACT, SPA), (JAVASCRIPT, FRONT_END), (SPA, FRONT_END)]


def test_a_skill_lies_below_everything_above_it_by_its_shortest_way():
    closure = closure_of(range(1, 6), EDGES)

    assert {broad: depth for (narrow, broad), depth in closure.items() if narrow == NEXTJS} == {
        NEXTJS: 0,
        REACT: 1,
        JAVASCRIPT: 2,
        SPA: 2,
        FRONT_END: 3,
    }


def test_a_skill_without_edges_lies_only_below_itself():
    assert closure_of([7], []) == {(7, 7): 0}


def test_an_edge_that_puts_a_skill_below_itself_closes_a_circle():
    assert closes_a_circle(FRONT_END, NEXTJS, EDGES)
    assert closes_a_circle(REACT, REACT, EDGES)
    assert not closes_a_circle(NEXTJS, FRONT_END, EDGES)
