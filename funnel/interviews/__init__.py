"""Interviews: planned, told to every calendar, held; and what each interviewer found, blind until their own is in."""
