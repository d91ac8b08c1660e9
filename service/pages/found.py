"""What a path names, if it is hers who asks; else the same answer as for what does not exist."""

from __future__ import annotations

from typing import TypeVar

from django.http import Http404, HttpRequest

from service.models import Job, OwnPage, Plan, Subscription, Term
from service.pages.page import actor

_Found = TypeVar("_Found")


def term_of(request: HttpRequest, number: int) -> Term:
    """A term."""
    return _or_404(actor(request).terms().filter(id=number).first())


def plan_of(request: HttpRequest, number: int) -> Plan:
    """A plan."""
    return _or_404(actor(request).plans().filter(id=number).first())


def job_of(request: HttpRequest, number: int) -> Job:
    """A job."""
    return _or_404(actor(request).jobs().filter(id=number).first())


def subscription_of(request: HttpRequest, number: int) -> Subscription:
    """A subscription."""
    return _or_404(actor(request).subscriptions().filter(id=number).first())


def own_page_of(request: HttpRequest, number: int) -> OwnPage:
    """A page of somebody's own."""
    return _or_404(actor(request).own_pages().filter(id=number).first())


def _or_404(found: _Found | None) -> _Found:
    if found is None:
        raise Http404
    return found
