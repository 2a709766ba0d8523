from __future__ import annotations

from django.urls import path

from recruiting.jobs.views import drafts, openings, overview, pipeline, requirements, team

app_name = "jobs"
urlpatterns = [
    path("new/", drafts.new, name="new"),
    path("create/", drafts.create, name="create"),
    path("<int:pk>/", overview.overview, name="overview"),
    path("<int:pk>/ask-approval/", overview.ask_approval, name="ask_approval"),
    path("<int:pk>/approve/", overview.approve, name="approve"),
    path("<int:pk>/terms/", drafts.terms, name="terms"),
    path("<int:pk>/terms/save/", drafts.save_terms, name="save_terms"),
    path("<int:pk>/requirements/", requirements.requirements, name="requirements"),
    path("<int:pk>/requirements/add/", requirements.add, name="add_requirement"),
    path("<int:pk>/requirements/<int:requirement>/change/", requirements.change, name="change_requirement"),
    path("<int:pk>/requirements/<int:requirement>/drop/", requirements.drop, name="drop_requirement"),
    path("<int:pk>/team/", team.team, name="team"),
    path("<int:pk>/team/seat/", team.seat, name="seat"),
    path("<int:pk>/team/<int:seat>/leave/", team.unseat, name="unseat"),
    path("<int:pk>/pipeline/", pipeline.pipeline, name="pipeline"),
    path("<int:pk>/pipeline/add/", pipeline.add, name="add_step"),
    path("<int:pk>/pipeline/<int:step>/change/", pipeline.change, name="change_step"),
    path("<int:pk>/pipeline/<int:step>/place/", pipeline.place, name="place_step"),
    path("<int:pk>/openings/", openings.openings, name="openings"),
    path("<int:pk>/openings/ask/", openings.ask, name="ask_opening"),
    path("<int:pk>/openings/<int:opening>/approve/", openings.approve, name="approve_opening"),
    path("<int:pk>/openings/<int:opening>/withdraw/", openings.withdraw, name="withdraw_opening"),
]
