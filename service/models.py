"""What is kept (SERVICE.md, What is kept): references to files that never change once written, and who did what."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """Who may do what (docs/atkomst.md)."""

    ADMINISTRATOR = "administrator", "administratör"
    COORDINATOR = "samordnare", "samordnare"
    ORGANISATION = "forvaltning", "förvaltning"


class Rights(models.Model):
    """A role; for an administration's, whose people and, with a unit, which of them."""

    name = models.CharField(max_length=150, unique=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.CharField(max_length=100, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    active = models.BooleanField(default=True)

    class Meta:
        abstract = True


class Account(Rights):
    """Somebody who logs in. A changed ``generation`` ends all
    her sessions. Mails to an administration go to ``email``.
    """

    password = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)
    generation = models.PositiveIntegerField(default=1)


class ApiKey(Rights):
    """A key for programs, of which only a digest is kept: 256 random bits need no slow one."""

    digest = models.CharField(max_length=64, unique=True)


class OneTimeLink(models.Model):
    """A link that opens the service once, on the computer that it runs on."""

    digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()


class LoginAttempt(models.Model):
    """A failed login, by account and by address, each as a digest."""

    subject = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(auto_now_add=True)


class Term(models.Model):
    """A term: versions of its input, plans, publications."""

    name = models.CharField(max_length=200)
    created = models.DateTimeField(auto_now_add=True)


class InputVersion(models.Model):
    """A version of a term's input: ``folder`` below ``underlag``
    holds the file as it came and what was read from it.
    """

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=150)
    word = models.CharField(max_length=200, blank=True)
    folder = models.CharField(max_length=100)
    source = models.CharField(max_length=100)
    plannable = models.BooleanField()
    problem_sha256 = models.CharField(max_length=64, blank=True)
    errors = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    sizes = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("term", "number"), name="one_version_a_number"),)
        ordering = ("-number",)


class Plan(models.Model):
    """A plan folder below ``planer``, with the input it was made from and the plan it goes on from."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="plans")
    version = models.ForeignKey(InputVersion, on_delete=models.CASCADE, related_name="plans")
    predecessor = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="successors")
    folder = models.CharField(max_length=100)
    made = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=150)
    number = models.PositiveIntegerField()
    planning_date = models.DateField()
    plan_sha256 = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)


class PlanPerson(models.Model):
    """A hire in a plan, as lists and her page show her; ``account`` are her requirements in words."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="people")
    hire = models.CharField(max_length=100)
    name = models.TextField()
    order = models.TextField()
    organisation = models.CharField(max_length=100)
    unit = models.TextField(blank=True)
    programmes = models.TextField(blank=True)
    states = models.TextField(blank=True)
    text = models.TextField()
    account = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "hire"), name="one_person_a_plan"),)
        indexes = (models.Index(fields=("plan", "organisation"), name="people_of_organisation"),)


class PlanRound(models.Model):
    """A round in a plan, as lists show it, with its sessions and participants."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="rounds")
    round = models.CharField(max_length=100)
    programme = models.CharField(max_length=100)
    position = models.PositiveIntegerField()
    text = models.TextField()
    account = models.JSONField()


class PlanCalendar(models.Model):
    """Which file below ``kalendrar`` is whose."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="calendars")
    kind = models.CharField(max_length=20)
    owner = models.CharField(max_length=300)
    name = models.TextField()
    path = models.CharField(max_length=300)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "kind", "owner"), name="one_calendar_an_owner"),)


class Job(models.Model):
    """Work for a planner, which claims it by a conditional update and tells with ``heartbeat`` that it goes on."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", "väntar på sin tur"
        RUNNING = "running", "pågår"
        DONE = "done", "klar"
        FAILED = "failed", "misslyckad"
        CANCELLED = "cancelled", "avbruten"

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="jobs")
    version = models.ForeignKey(InputVersion, on_delete=models.CASCADE)
    base = models.ForeignKey(Plan, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=20)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED, db_index=True)
    by = models.CharField(max_length=150)
    made = models.DateTimeField(auto_now_add=True)
    begun = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    heartbeat = models.DateTimeField(null=True)
    planner = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    stop = models.BooleanField(default=False)
    level = models.CharField(max_length=40, blank=True)
    value = models.BigIntegerField(null=True)
    bound = models.BigIntegerField(null=True)
    words = models.TextField(blank=True)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.SET_NULL, related_name="+")
    result = models.JSONField(null=True)
    message = models.TextField(blank=True)


class Beat(models.Model):
    """A planner that lives."""

    planner = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()


class Publication(models.Model):
    """A plan that was published; the newest of a term is the one that calendars show."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="publications")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField()
    made = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("term", "number"), name="one_publication_a_number"),)
        ordering = ("-number",)


class Frozen(models.Model):
    """A calendar's bytes as they were published."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=20)
    owner = models.CharField(max_length=300)
    etag = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("publication", "kind", "owner"), name="one_file_an_owner"),)


class HandedOut(models.Model):
    """Something that is reached by a secret link. The secret
    is made from ``key`` and ``generation``, and kept nowhere.
    """

    key = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=20)
    owner = models.CharField(max_length=300)
    name = models.TextField()
    organisation = models.CharField(max_length=100, blank=True)
    unit = models.TextField(blank=True)
    generation = models.PositiveIntegerField(default=1)
    made = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=150)
    revoked = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Subscription(HandedOut):
    """A calendar that is subscribed to."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="subscriptions")
    fetched = models.DateTimeField(null=True)
    empty = models.BinaryField()


class OwnPage(HandedOut):
    """A page of a hire's, a mentor's or a trainer's own, for which she needs no account."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="own_pages")


class Link(models.Model):
    """The digest of a secret that was handed out; those of former
    generations answer 410 for ever, whatever became of the term.
    """

    digest = models.CharField(max_length=64, unique=True)
    subscription = models.ForeignKey(Subscription, null=True, on_delete=models.SET_NULL, related_name="links")
    generation = models.PositiveIntegerField()


class PageLink(models.Model):
    """The digest of a secret that opens or once opened somebody's own page; like ``Link`` it outlives the term."""

    digest = models.CharField(max_length=64, unique=True)
    page = models.ForeignKey(OwnPage, null=True, on_delete=models.SET_NULL, related_name="links")
    generation = models.PositiveIntegerField()


class AuditEntry(models.Model):
    """Who did what, when; ids, no names of hires."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.CharField(max_length=150)
    what = models.CharField(max_length=100)
    term = models.ForeignKey(Term, null=True, on_delete=models.SET_NULL)
    details = models.TextField(blank=True)


class Report(models.Model):
    """What an administration tells of its own people, or a hire of
    herself, until a coordinator takes it in or refuses it with a word.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "väntar", "väntar på samordnaren"
        TAKEN = "intagen", "intagen i underlaget"
        REFUSED = "avvisad", "avvisad"

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=20)
    organisation = models.CharField(max_length=100)
    unit = models.TextField(blank=True)
    content = models.JSONField()
    by = models.CharField(max_length=150)
    made = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    answer = models.CharField(max_length=500, blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, blank=True)


class Mail(models.Model):
    """A mail of the outbox, as a reference: what it says is written when it is sent.

    ``key`` is a digest of what it is and to whom, so that nothing is put there twice.
    «Skickas» is stored before the attempt, with the ``attempt`` that alone may tell
    how it ended; ``nonce`` makes the Message-ID of what is no letter of a plan.
    """

    class What(models.TextChoices):
        """What it is: a letter of the plan, or word to an administration of what happened in the service."""

        LETTER = "brev", "brev"
        PUBLISHED = "publicering", "besked om publicering"
        ANSWERED = "svar", "svar på anmälan"

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "väntar", "väntar"
        SENDING = "skickas", "skickas"
        SENT = "skickat", "skickat"
        FAILED = "misslyckat", "gick inte att skicka"
        UNCERTAIN = "osäkert", "osäkert"
        DROPPED = "struket", "struket"

    key = models.CharField(max_length=64, unique=True)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="mails")
    what = models.CharField(max_length=20, choices=What.choices)
    publication = models.ForeignKey(Publication, null=True, on_delete=models.CASCADE, related_name="mails")
    since = models.ForeignKey(Publication, null=True, on_delete=models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, null=True, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=20)
    owner = models.CharField(max_length=300)
    name = models.TextField()
    address = models.CharField(max_length=254)
    nonce = models.CharField(max_length=32)
    made = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=150)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING, db_index=True)
    attempt = models.CharField(max_length=32, blank=True)
    tries = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    begun = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)


class OutboxHold(models.Model):
    """While there is a row nothing is sent: a copy was read back,
    and mails that wait in it may have been sent since it was taken.
    """

    since = models.DateTimeField()


class Tick(models.Model):
    """A task of a hire's introduction that is done; ``number``
    counts those of a task on repeat, ``by``: on whose page.
    """

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="ticks")
    hire = models.CharField(max_length=100)
    task = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("term", "hire", "task", "number"), name="one_tick_a_task"),)
