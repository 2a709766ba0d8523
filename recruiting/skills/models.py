"""The vocabulary of skills: one concept each, every way of writing it, and what is narrower than what."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from recruiting.skills.levels import Scale, level_choices, level_label


class Field(models.TextChoices):
    ENGINEERING = "engineering", _("Engineering")
    BUSINESS = "business", _("Business")
    LANGUAGE = "language", _("Language")
    OTHER = "other", _("Other")


class SkillQuerySet(models.QuerySet["Skill"]):
    def active(self) -> SkillQuerySet:
        return self.filter(is_active=True)


class Skill(models.Model):
    """One concept, in English and in Japanese. It is retired, never deleted: evidence points to it."""

    key = models.SlugField(max_length=60, unique=True)
    name_en = models.CharField(_("Name in English"), max_length=80)
    name_ja = models.CharField(_("Name in Japanese"), max_length=80)
    field = models.CharField(_("Field"), max_length=12, choices=Field.choices)
    scale = models.CharField(_("Levels"), max_length=8, choices=Scale.choices, default=Scale.GENERAL)
    is_active = models.BooleanField(_("In use"), default=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        indexes = [models.Index(fields=["field", "key"], name="skills_of_a_field_by_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_ja if (get_language() or "").startswith("ja") else self.name_en

    @property
    def other_spellings(self) -> list[str]:
        """Every spelling but the name that is shown; reads the prefetched aliases."""
        return [alias.text for alias in self.aliases.all() if alias.text != self.name]

    def level_label(self, level: int | None) -> str:
        return level_label(self.scale, level)

    def level_choices(self) -> list[tuple[int, str]]:
        return level_choices(self.scale)


class SkillAlias(models.Model):
    """One way of writing a skill, its own names included: a normal form belongs to one skill only."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=80)
    normal = models.CharField(max_length=100, unique=True)  # normalise.normal_form(text)
    is_name = models.BooleanField(default=False)  # follows name_en or name_ja; not removable by itself

    class Meta:
        verbose_name_plural = "skill aliases"
        ordering = ["-is_name", "normal"]

    def __str__(self) -> str:
        return self.text


class SkillBroader(models.Model):
    """A direct edge: whoever holds the narrow one holds the broad one."""

    narrow = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="broader_edges")
    broad = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="narrower_edges")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["narrow", "broad"], name="one_edge_between_narrow_and_broad"),
            models.CheckConstraint(condition=~Q(narrow=F("broad")), name="no_skill_is_broader_than_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.narrow_id} < {self.broad_id}"


class SkillRelated(models.Model):
    """Two skills worth seeing together; an unordered pair, kept lower id first. It meets nothing."""

    low = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="one_relation_between_two_skills"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="a_related_pair_is_kept_lower_id_first"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} ~ {self.high_id}"


class SkillClosure(models.Model):
    """Derived: every skill below every other, and itself at depth 0. Rebuilt when the taxonomy changes."""

    narrow = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="above")
    broad = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="below")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["narrow", "broad"], name="one_closure_row_per_pair")]
        # Asked "what meets this must-have?": all narrower ones of a broad one.
        indexes = [models.Index(fields=["broad", "narrow"], name="closure_what_meets_a_skill")]

    def __str__(self) -> str:
        return f"{self.narrow_id} <{self.depth} {self.broad_id}"
