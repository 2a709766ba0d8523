"""Calendar files, read again as a calendar would: identity, zones, folding, who is asked, and what never leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from funnel.interviews import sayings
from funnel.interviews.calendar_files import CANCEL, PUBLISH, REQUEST, Entry, Who, calendar_file
from recruiting.notices.models import Mail
from tests.builders import MONDAY, an_interviewer, moment
from tests.builders_interviews import a_letter, an_interview

UTC = ZoneInfo("UTC")


def an_entry(**more):
    starts_at = more.pop("starts_at", moment("2026-11-10", "14:00"))
    terms = {
        "uid": "6f1b7cbe@kanryu.test",
        "sequence": 2,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "zone": ZoneInfo("Asia/Tokyo"),
        "summary": "面接：山田 花子（バックエンドエンジニア）",
        "organizer": Who("佐藤 健", "sato@kanryu.test"),
        "attendees": [Who("Mori, Ken", "ken@kanryu.test"), Who("Ada", "ada@kanryu.test")],
        "description": "詳細: https://kanryu.test/interviews/1/\n二行目",
        "location": "本社 3階; 会議室 A, 北側",
        "url": "https://kanryu.test/interviews/1/",
        "reminder": "面接",
    }
    return Entry(**{**terms, **more})


def read(text):
    calendar = Calendar.from_ical(text)
    return calendar, next(iter(calendar.walk("VEVENT")))


def test_an_invitation_reads_back_as_it_was_written():
    calendar, event = read(calendar_file(an_entry(), method=REQUEST, at=MONDAY))

    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("6f1b7cbe@kanryu.test", 2, "CONFIRMED")
    assert event["SUMMARY"] == "面接：山田 花子（バックエンドエンジニア）"
    assert event["LOCATION"] == "本社 3階; 会議室 A, 北側"
    assert event["DESCRIPTION"] == "詳細: https://kanryu.test/interviews/1/\n二行目"
    assert event["URL"] == "https://kanryu.test/interviews/1/"
    assert event["DTSTAMP"].dt == MONDAY
    assert event["ORGANIZER"] == "mailto:sato@kanryu.test"
    assert event["ORGANIZER"].params["CN"] == "佐藤 健"
    assert [who.params["CN"] for who in event["ATTENDEE"]] == ["Mori, Ken", "Ada"]
    assert {who.params["RSVP"] for who in event["ATTENDEE"]} == {"TRUE"}
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(minutes=-15))


def test_lines_are_folded_at_75_octets_and_end_as_the_standard_wants():
    text = calendar_file(an_entry(summary="面接" * 60), method=REQUEST, at=MONDAY)

    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert "\n" not in "".join(lines)
    assert read(text)[1]["SUMMARY"] == "面接" * 60


def test_a_cancellation_keeps_the_identity_and_asks_for_nothing():
    calendar, event = read(calendar_file(an_entry(sequence=3), method=CANCEL, at=MONDAY))

    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 3)
    assert event["UID"] == "6f1b7cbe@kanryu.test"
    assert not event.walk("VALARM")
    assert "RSVP" not in event["ATTENDEE"][0].params


def test_a_file_to_take_along_asks_nobody():
    _calendar, event = read(calendar_file(an_entry(), method=PUBLISH, at=MONDAY))

    assert "ATTENDEE" not in event


@pytest.mark.parametrize(
    ("zone", "at", "wall", "offset"),
    [
        ("Asia/Tokyo", datetime(2026, 11, 10, 5, tzinfo=UTC), "14:00", 9),
        ("America/New_York", datetime(2026, 3, 6, 18, tzinfo=UTC), "13:00", -5),  # the Friday before the change
        ("America/New_York", datetime(2026, 3, 9, 18, tzinfo=UTC), "14:00", -4),  # the Monday after it
        ("Europe/Berlin", datetime(2026, 10, 23, 8, tzinfo=UTC), "10:00", 2),
        ("Europe/Berlin", datetime(2026, 10, 26, 8, tzinfo=UTC), "09:00", 1),
        ("Asia/Kolkata", datetime(2026, 11, 10, 5, tzinfo=UTC), "10:30", 5.5),
        ("UTC", datetime(2026, 11, 10, 5, tzinfo=UTC), "05:00", 0),
    ],
)
def test_the_time_is_the_readers_and_the_same_moment_for_everybody(zone, at, wall, offset):
    text = calendar_file(an_entry(starts_at=at, zone=ZoneInfo(zone)), method=REQUEST, at=MONDAY)
    calendar, event = read(text)

    begins = event["DTSTART"].dt
    assert begins == at
    assert (f"{begins:%H:%M}", begins.utcoffset()) == (wall, timedelta(hours=offset))
    if zone != "UTC":
        assert event["DTSTART"].params["TZID"] == zone
    assert [str(each["TZID"]) for each in calendar.walk("VTIMEZONE")] == [zone]


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Australia/Sydney"])
def test_the_zone_in_the_file_knows_summer_time_by_itself(zone):
    """A calendar that has never heard of the zone computes the same offsets from the file alone."""
    starts_at = datetime(2026, 7, 1, 12, tzinfo=UTC)
    calendar, _event = read(
        calendar_file(an_entry(starts_at=starts_at, zone=ZoneInfo(zone)), method=REQUEST, at=MONDAY)
    )
    (written,) = calendar.walk("VTIMEZONE")
    alone = written.to_tz(lookup_tzid=False)

    for month in range(1, 13):
        noon = datetime(2026, month, 20, 12)  # noqa: DTZ001 - the wall's own time
        assert noon.replace(tzinfo=alone).utcoffset() == noon.replace(tzinfo=ZoneInfo(zone)).utcoffset()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200).map(str.strip),
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(["Asia/Tokyo", "America/New_York", "Europe/Lisbon", "Australia/Lord_Howe"]),
)
def test_whatever_is_written_is_read_again(words, at, zone):
    starts_at = at.replace(microsecond=0)
    text = calendar_file(
        an_entry(summary=words, description=words, starts_at=starts_at, zone=ZoneInfo(zone)), method=REQUEST, at=MONDAY
    )
    _calendar, event = read(text)

    assert (event["SUMMARY"], event["DTSTART"].dt.astimezone(UTC)) == (words, starts_at)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_when_is_said_in_the_readers_words():
    starts_at, ends_at = moment("2026-11-10", "14:00"), moment("2026-11-10", "15:00")

    said = [
        sayings.when(starts_at, ends_at, ZoneInfo("Asia/Tokyo"), "ja"),
        sayings.when(starts_at, ends_at, ZoneInfo("Europe/Berlin"), "ja"),
        sayings.when(starts_at, ends_at, ZoneInfo("Asia/Tokyo"), "en"),
        sayings.when(starts_at, ends_at, ZoneInfo("Asia/Kolkata"), "en"),
    ]

    assert said == [
        "2026年11月10日（火）14:00〜15:00（日本時間）",
        "2026年11月10日（火）06:00〜07:00（Europe/Berlin、UTC+1）",
        "Tuesday 10 November 2026, 14:00–15:00 (Asia/Tokyo, UTC+9)",
        "Tuesday 10 November 2026, 10:30–11:30 (Asia/Kolkata, UTC+5:30)",
    ]


@pytest.mark.django_db
def test_no_invitation_holds_a_score_pay_or_the_note_for_the_interviewers():
    interview = an_interview(interviewers=(an_interviewer(),), note="They ask for 12M; weak in Go last time")

    mail = Mail.objects.get()
    _calendar, event = read(mail.invitation)

    everything = mail.text + mail.html + mail.subject + str(event.to_ical().decode())
    assert "12M" not in everything
    assert "weak in Go" not in everything
    assert f"/interviews/{interview.pk}/" in event["URL"]


@pytest.mark.django_db
def test_each_copy_is_in_its_readers_zone_and_one_moment():
    an_interview(
        interviewers=(an_interviewer(time_zone="Asia/Tokyo"), an_interviewer(time_zone="America/New_York")),
    )

    begins = [read(mail.invitation)[1]["DTSTART"] for mail in Mail.objects.order_by("pk")]

    assert [each.params["TZID"] for each in begins] == ["Asia/Tokyo", "America/New_York"]
    assert begins[0].dt == begins[1].dt


@pytest.mark.django_db
def test_the_candidates_copy_names_the_job_and_nobodys_page():
    application = an_interview().application
    Mail.objects.all().delete()
    an_interview(application=application, video_url="https://meet.test/x", letter=a_letter(application))

    _calendar, event = read(Mail.objects.get(user=None).invitation)

    assert application.candidate.name not in event["SUMMARY"]
    assert application.job.title in event["SUMMARY"]
    assert event["URL"] == "https://meet.test/x"
    assert "-guest@" in event["UID"]
