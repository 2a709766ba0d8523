"""The dialog: what it offers, what it keeps, and what it answers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from funnel.models import Application
from recycling.models import Exit, ExitReason
from tests.builders import a_manager
from tests.builders_funnel import a_hire, an_application
from tests.builders_jobs import an_open_job
from tests.builders_recycling import again, an_exit

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def address(application, name="exit"):
    return reverse(f"recycling:{name}", args=[application.pk])


def test_the_reasons_of_a_side_are_offered_most_used_first(client, recruiter, empty_cache):
    an_exit("interest.role")
    client.force_login(recruiter)

    page = client.get(address(an_application(through="interview")), {"side": "they"})

    first = page.context["first"]
    assert len(first) == 12
    assert (first[0].reason.key, first[0].used, first[0].key_cap) == ("interest.role", 1, "1")
    assert "integrity.false" not in [each.reason.key for each in (*first, *page.context["rest"])]


def test_only_what_the_reason_needs_is_asked(client, recruiter):
    client.force_login(recruiter)
    application = an_application(through="interview")

    page = client.get(address(application), {"reason": "terms.pay"})

    assert "pay_floor" in page.context["form"].fields
    assert not {"due_on", "failed", "refused_by", "is_runner_up"} & set(page.context["form"].fields)


def test_the_runner_up_is_asked_for_from_the_interview_on(client, recruiter):
    client.force_login(recruiter)

    for stage, is_asked in (("screening", False), ("interview", True)):
        page = client.get(address(an_application(through=stage)), {"side": "we", "reason": "capacity.filled"})
        assert ("is_runner_up" in page.context["form"].fields) is is_asked


def test_who_decides_is_ticked_already(client, recruiter):
    client.force_login(recruiter)
    decider = a_manager()
    application = an_application(through="interview", job=an_open_job(decider=decider))

    page = client.get(address(application), {"side": "we", "reason": "decision.manager"})

    assert page.context["form"].fields["refused_by"].initial == [decider.pk]


def test_looking_ahead_changes_nothing_and_keeps_what_was_typed(client, recruiter):
    client.force_login(recruiter)
    application = an_application(through="interview")

    page = client.post(
        address(application, "exit_preview"),
        {"side": "they", "reason": "terms.pay", "pay_floor": "12500000", "note": "Called twice"},
        **HTMX,
    )

    assert page.status_code == 200
    assert "¥12.5M" in page.content.decode()
    assert "Called twice" in page.content.decode()
    assert not Exit.objects.exists()


def test_what_is_missing_is_said_and_what_was_typed_stays(client, recruiter):
    client.force_login(recruiter)
    application = an_application(through="interview")

    page = client.post(address(application), {"side": "they", "reason": "terms.pay", "note": "Called twice"}, **HTMX)

    assert page.status_code == 422
    assert "Say the pay they need at least." in page.content.decode()
    assert "Called twice" in page.content.decode()


def test_no_one_leaves_without_a_reason(client, recruiter):
    client.force_login(recruiter)
    application = an_application(through="interview")

    page = client.post(address(application), {"side": "they"})

    assert page.status_code == 422
    assert Application.objects.get(pk=application.pk).outcome == "active"


def test_leaving_and_taking_it_back(client, recruiter):
    client.force_login(recruiter)
    application = an_application(through="interview")

    answer = client.post(
        address(application),
        {
            "side": "they",
            "reason": "interest.withdrew",
            "told": "nothing",
            f"seen_{application.pk}": application.version,
        },
        **HTMX,
    )
    exit = Exit.objects.get(application=application)
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
    client.post(reverse("recycling:undo_exits") + f"?exit={exit.pk}")

    exit = again(exit)
    assert exit.undone_at
    assert Application.objects.get(pk=application.pk).outcome == "active"


def test_a_card_that_moved_meanwhile_is_refused_with_the_dialog(client, recruiter):
    client.force_login(recruiter)
    application = an_application(through="interview")

    answer = client.post(
        address(application),
        {"side": "they", "reason": "interest.withdrew", f"seen_{application.pk}": application.version - 1},
        **HTMX,
    )

    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()


def test_several_leave_for_the_same_reason(client, recruiter):
    client.force_login(recruiter)
    job = an_open_job()
    cards = [an_application(job=job) for _ in range(3)]

    client.post(
        reverse("recycling:exit_many"),
        {"application": [card.pk for card in cards], "side": "we", "reason": "capacity.on_hold", "told": "not_yet"},
    )

    assert Exit.objects.filter(application__in=cards, reason__key="capacity.on_hold").count() == 3


def test_without_javascript_the_way_back_is_the_page_one_came_from(client, recruiter):
    client.force_login(recruiter)

    answer = client.post(
        address(an_application()), {"side": "they", "reason": "process.no_reply", "next": "/jobs/", "told": "nothing"}
    )

    assert answer["Location"] == "/jobs/"


def test_a_manager_lets_go_only_people_of_their_jobs(client, manager):
    client.force_login(manager)
    mine = an_application(through="interview", job=an_open_job(decider=manager))
    other = an_application(through="interview")

    assert client.get(address(mine)).status_code == 200
    assert client.get(address(other)).status_code == 404


def test_an_interviewer_lets_nobody_go(client, interviewer):
    client.force_login(interviewer)

    assert client.get(address(an_application())).status_code == 403


def test_the_price_of_the_dialog_does_not_grow_with_the_reasons_given(
    client, recruiter, empty_cache, django_assert_max_num_queries
):
    client.force_login(recruiter)
    application = an_application(through="interview", job=an_open_job(asks=(("Python", 3), ("PostgreSQL", 3))))
    for _ in range(3):
        an_exit("skill.must_have", job=an_open_job(asks=(("Python", 3),)))

    with django_assert_max_num_queries(45):
        client.get(address(application), {"side": "we", "reason": "skill.must_have"})


def test_the_text_to_send_is_in_their_language_and_telling_closes_undo(client, recruiter):
    client.force_login(recruiter)
    exit = an_exit("terms.pay", by=recruiter)
    exit.candidate.language = "ja"
    exit.candidate.save()

    page = client.get(reverse("recycling:tell", args=[exit.pk]))
    client.post(reverse("recycling:told", args=[exit.pk]), {"on": "2026-11-20", "what": "We spoke."})

    assert "平素より" in page.content.decode()
    exit = again(exit)
    assert (exit.told, exit.told_what) == ("told", "We spoke.")


def test_only_a_lead_keeps_the_reasons(client, recruiter, lead):
    client.force_login(recruiter)
    assert client.get(reverse("recycling:reasons")).status_code == 403

    client.force_login(lead)
    assert client.get(reverse("recycling:reasons")).status_code == 200


def edit(client, reason, **changes):
    fields = ("label_en", "label_ja", "help_en", "help_ja", "side", "klass", "cool_months", "re_entry", "version")
    data = {name: getattr(reason, name) for name in fields}
    data |= {"pool": reason.pool_id or "", "cool_months_final": "", "is_active": "on"}
    data |= {"is_offered": "on"} if reason.is_offered else {}
    return client.post(reverse("recycling:reason", args=[reason.pk]), data | changes)


def test_every_edit_of_a_reason_is_a_version(client, lead):
    client.force_login(lead)
    reason = ExitReason.objects.get(key="terms.pay")

    edit(client, reason, cool_months=9)

    reason = again(reason)
    assert (reason.cool_months, reason.version) == (9, 2)


def test_the_second_of_two_leads_who_edit_is_refused(client, lead):
    client.force_login(lead)
    reason = ExitReason.objects.get(key="terms.pay")
    edit(client, reason, cool_months=9)

    assert edit(client, reason, cool_months=3).status_code == 409


def test_a_thirteenth_reason_is_not_offered(client, lead):
    client.force_login(lead)
    reason = ExitReason.objects.get(key="fit.values")

    answer = edit(client, reason, is_offered="on")

    assert answer.status_code == 409
    assert "already offers 12 reasons" in answer.content.decode()


def test_what_a_verb_of_ours_rests_on_keeps_its_class(client, lead):
    client.force_login(lead)
    reason = ExitReason.objects.get(key="consent.withdrawn")

    edit(client, reason, klass="N", label_en="No more contact")

    reason = again(reason)
    assert (reason.klass, reason.label_en) == ("X", "No more contact")


def test_a_reason_of_one_s_own_is_for_a_person_to_decide(client, lead):
    client.force_login(lead)
    pool = ExitReason.objects.get(key="interest.role").pool_id
    words = {"label_en": "Sabbatical", "label_ja": "長期休暇", "side": "they", "klass": "N", "pool": pool}

    client.post(reverse("recycling:new_reason"), words | {"cool_months": 4, "re_entry": "screening", "is_active": "on"})

    made = ExitReason.objects.get(label_en="Sabbatical")
    assert (made.kind, made.version, made.pool_id) == ("review", 1, pool)
    an_exit_of = client.get(address(an_application()), {"side": "they", "reason": made.key})
    assert an_exit_of.context["reason"] == made


def test_who_was_hired_and_did_not_start_leaves_for_a_reason_and_frees_the_opening(client, recruiter):
    application = a_hire(by=recruiter)
    client.force_login(recruiter)

    client.post(address(application), {"side": "they", "reason": "interest.other_offer", "told": "nothing"})

    exit = Exit.objects.get(application=application)
    assert (exit.reason.key, exit.stage) == ("interest.other_offer", "hire")
    assert application.job.openings.get().state == "open"
    exit.candidate = again(exit.candidate)
    assert exit.candidate.employed_on is None


def test_moving_to_another_job_asks_which_and_from_where(client, recruiter):
    client.force_login(recruiter)
    application, other = an_application(through="screening"), an_open_job("Another")

    page = client.get(address(application, "move_job"))
    client.post(address(application, "move_job"), {"job": other.pk, "stage": "screening"})

    assert [value for value, _label in page.context["form"].fields["stage"].choices] == ["sourcing", "screening"]
    assert Application.objects.get(job=other).stage == "screening"
    assert application.exits.get().reason.key == "admin.moved"
