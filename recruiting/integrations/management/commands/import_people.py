"""manage.py import_people: the same import as the page's, from a shell: read, map, dry run or import, report."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.refused import Refused
from recruiting.integrations import report, services
from recruiting.integrations.models import Import, ImportRow, ImportSource, ImportState
from recruiting.integrations.reading.mapping import Mapping
from recruiting.integrations.reading.notes import sentences
from recruiting.integrations.selectors import reason_names

SHOWN = 20


class Command(BaseCommand):
    help = "Import people, with what they went through elsewhere, from a CSV table or JSON Resume files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--source", required=True, choices=ImportSource.values)
        parser.add_argument("--mapping", type=Path, help="JSON: {column: field}, or what a dry run printed.")
        parser.add_argument("--system", default="", help="The system it comes from: its numbers are unique there.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen; write nobody.")
        parser.add_argument("--basis", default="nothing", choices=["announced", "agreed", "nothing"])
        parser.add_argument("--basis-from", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--basis-months", type=int)
        parser.add_argument("--by", metavar="EMAIL", help="Who is doing this.")
        parser.add_argument("--report", type=Path, help="Write the row by row report to this CSV file.")

    def handle(self, *args: Any, files: list[Path], source: str, **options: Any) -> None:
        groups = [[path] for path in files] if source == ImportSource.CSV else [files]
        try:
            for group in groups:
                self._bring_in(group, source, options)
        except Refused as refused:
            raise CommandError(refused.message) from refused

    def _bring_in(self, paths: list[Path], source: str, options: dict[str, Any]) -> None:
        by, at = self._who(options["by"]), timezone.now()
        with ExitStack() as opened:
            try:
                files = [File(opened.enter_context(path.open("rb")), name=path.name) for path in paths]
            except OSError as wrong:
                raise CommandError(f"{wrong.filename}: {wrong.strerror}") from wrong
            table = services.start_import(source=source, files=files, system=options["system"], by=by, at=at)
        if table.is_table:
            table = self._map(table, options["mapping"], by)
        since, months = options["basis_from"], options["basis_months"]
        services.set_basis(table=table, kind=options["basis"], since=since, months=months, by=by, at=at)
        go = services.check_import if options["dry_run"] else services.run_import
        table = services.work_on(go(table=table, by=by, at=at))
        self._say(table)
        if options["report"]:
            with options["report"].open("w", encoding="utf-8-sig", newline="") as out:
                out.writelines(report.lines(table))
        if table.state not in (ImportState.CHECKED, ImportState.DONE):
            raise CommandError(table.failure)

    def _who(self, email: str | None) -> User | None:
        if not email:
            return None
        found = User.objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            raise CommandError(_("Nobody by that name works here."))
        return found

    def _map(self, table: Import, path: Path | None, by: User | None) -> Import:
        mapping = Mapping.from_json(table.mapping)
        if path is not None:
            try:
                given = json.loads(path.read_text(encoding="utf-8-sig"))
                written = Mapping.from_json(given)
            except (OSError, ValueError, TypeError, AttributeError) as wrong:
                raise CommandError(f"{path}: {wrong}") from wrong
            mapping = Mapping(
                mapping.columns | written.columns,
                mapping.stages | written.stages,
                written.date_order or mapping.date_order,
            )
        table = services.set_mapping(table=table, mapping=mapping, system=table.system, by=by, at=timezone.now())
        self.stdout.write(json.dumps({"system": table.system, **table.mapping}, ensure_ascii=False, indent=2))
        return table

    def _say(self, table: Import) -> None:
        for label, count in report.summary(table):
            self.stdout.write(f"{count:>9,}  {label}")
        reasons = reason_names()
        rows = ImportRow.objects.filter(of=table, has_problem=True).order_by("number")
        for row in rows[:SHOWN]:
            self.stdout.write(
                _("Row %(number)s: %(said)s") % {"number": row.number, "said": " ".join(sentences(row.notes, reasons))}
            )
        more = max(0, rows.count() - SHOWN)
        if more:
            self.stdout.write(_("… and %(count)s more rows with a problem.") % {"count": more})
