from __future__ import annotations

from django.urls import path

from funnel.views import adding, board, handoff_links, handoffs, jobs, moves, numbers, people, standing

app_name = "funnel"
urlpatterns = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/hold/", jobs.ask_hold, name="ask_hold_job"),
    path("jobs/<int:pk>/hold/now/", jobs.hold, name="hold_job"),
    path("jobs/<int:pk>/resume/", jobs.resume, name="resume_job"),
    path("jobs/<int:pk>/pipeline/<int:step>/retire/", jobs.retire, name="retire_step"),
    path("jobs/<int:pk>/board/", board.board, name="board"),
    path("jobs/<int:pk>/board/pace/", board.pace, name="pace"),
    path("jobs/<int:pk>/board/filters/", board.filters, name="filters"),
    path("jobs/<int:pk>/board/<int:step>/", board.column, name="column"),
    path("jobs/<int:pk>/people/", people.people, name="list"),
    path("jobs/<int:pk>/numbers/", numbers.job_numbers, name="job_numbers"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("jobs/<int:pk>/move/choose/", moves.choose, name="choose"),
    path("jobs/<int:pk>/move/", moves.move, name="move"),
    path("jobs/<int:pk>/next-action/", standing.next_action, name="next_action"),
    path("jobs/<int:pk>/next-action/set/", standing.set_next_action, name="set_next_action"),
    path("jobs/<int:pk>/add/", adding.add, name="add"),
    path("jobs/<int:pk>/add/find/", adding.find, name="find"),
    path("handoffs/", handoffs.handoffs, name="handoffs"),
    path("handoffs/<int:pk>/", handoffs.handoff, name="handoff"),
    path("handoffs/<int:pk>/accept/", handoffs.accept, name="accept_handoff"),
    path("handoffs/<int:pk>/return/", handoffs.give_back, name="return_handoff"),
    path("handoffs/<int:pk>/undo/", handoffs.undo, name="undo_handoff"),
    path("handoffs/from-mail/<str:token>/", handoff_links.handoff_link, name="handoff_link"),
    path("applications/<int:pk>/hold/", standing.hold, name="hold"),
    path("applications/<int:pk>/resume/", standing.resume, name="resume"),
    path("applications/<int:pk>/hire/", standing.hire, name="hire"),
    path("applications/<int:pk>/hire/others/", standing.after_hire, name="after_hire"),
]
