"""All addresses of the service; each has its row in docs/atkomst.md."""

from __future__ import annotations

from django.urls import path, re_path, register_converter

from service.api import health, openapi
from service.api import inputs as api_inputs
from service.api import jobs as api_jobs
from service.api import plans as api_plans
from service.api import subscriptions as api_subscriptions
from service.api import terms as api_terms
from service.api.door import endpoint
from service.pages import (
    accounts,
    administration,
    assets,
    attendance,
    doors,
    inputs,
    letters,
    log,
    openid_doors,
    own_pages,
    planning,
    plans,
    publishing,
    replanning,
    rows,
    subscriptions,
    terms,
    trying,
    written_reports,
)


class Number:
    """An id: digits that fit every database."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """From the path."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Into a path."""
        return str(value)


register_converter(Number, "nr")
_SECRET = "(?P<secret>[A-Za-z0-9_-]{43})"

urlpatterns = [
    path("", terms.terms),
    re_path(rf"^min/{_SECRET}$", own_pages.own),
    re_path(rf"^min/{_SECRET}/klart$", own_pages.done),
    re_path(rf"^min/{_SECRET}/kan-inte-komma$", own_pages.cannot_come),
    re_path(rf"^min/{_SECRET}/narvaro$", own_pages.own_attendance),
    path("logga-in", doors.log_in),
    path("logga-in/oidc", openid_doors.lead_there),
    path("logga-in/oidc/svar", openid_doors.come_back),
    path("logga-ut", doors.log_out),
    path("avsluta", doors.end),
    re_path(r"^oppna/(?P<token>[A-Za-z0-9_-]{43})$", doors.come_in),
    re_path(r"^statisk/(?P<digest>[0-9a-f]{12})/(?P<name>[a-z.-]+)$", assets.asset),
    path("arbetsbok", inputs.empty_workbook),
    path("terminer/<nr:term>/underlag", inputs.inputs),
    path("terminer/<nr:term>/underlag/<nr:number>/fil", inputs.source),
    path("terminer/<nr:term>/underlag/<nr:number>/arbetsbok", inputs.workbook),
    path("terminer/<nr:term>/underlag/<nr:number>/atergang", inputs.revert),
    path("terminer/<nr:term>/underlag/rad", rows.row),
    path("terminer/<nr:term>/registerutdrag", inputs.register_extract),
    path("terminer/<nr:term>/planera", planning.planning),
    path("terminer/<nr:term>/planera-om", replanning.replanning),
    path("terminer/<nr:term>/planera-om/valj", replanning.choose),
    path("terminer/<nr:term>/utskick", letters.sending),
    path("terminer/<nr:term>/utskick/skicka", letters.send),
    path("terminer/<nr:term>/utskick/igen", letters.again),
    path("terminer/<nr:term>/utskick/stryk", letters.drop),
    path("terminer/<nr:term>/utskick/slapp", letters.release),
    path("terminer/<nr:term>/prenumerationer", subscriptions.subscriptions),
    path("jobb/<nr:number>", planning.job),
    path("jobb/<nr:number>/avbryt", planning.stop),
    path("planer/<nr:number>", plans.plan),
    path("planer/<nr:number>/stil.css", plans.styles),
    path("planer/<nr:number>/personer", plans.people),
    path("planer/<nr:number>/person", plans.person),
    path("planer/<nr:number>/prova", trying.try_out),
    path("planer/<nr:number>/las", trying.lock),
    path("planer/<nr:number>/sparra", trying.bar),
    path("planer/<nr:number>/slapp", trying.release),
    path("jobb/<nr:number>/bestam", trying.so_be_it),
    path("planer/<nr:number>/omgangar", plans.rounds),
    path("planer/<nr:number>/filer/<str:name>", plans.file),
    path("planer/<nr:number>/publicera", publishing.publish),
    path("terminer/<nr:term>/aterta", publishing.take_back),
    path("prenumerationer/<nr:number>/byt", subscriptions.change),
    path("prenumerationer/<nr:number>/stang", subscriptions.revoke),
    path("sidor/<nr:number>/byt", subscriptions.change_page),
    path("sidor/<nr:number>/stang", subscriptions.revoke_page),
    path("terminer/<nr:term>/narvaro", attendance.sessions),
    path("terminer/<nr:term>/narvaro/tillfalle", attendance.session),
    path("terminer/<nr:term>/forvaltning", administration.own),
    path("terminer/<nr:term>/forvaltning/lank", administration.own_link),
    path("terminer/<nr:term>/forvaltning/lista.xlsx", administration.own_list),
    path("terminer/<nr:term>/inkommet", administration.incoming),
    path("terminer/<nr:term>/inkommet/<nr:number>", administration.answer),
    path("rapporter", written_reports.reports),
    path("rapporter/<str:folder>/<str:name>", written_reports.file),
    path("konton", accounts.accounts),
    re_path(r"^konton/(?P<kind>konto|nyckel)/(?P<number>[1-9][0-9]{0,8})/stang$", accounts.close),
    path("logg", log.log),
    path("api/v1/health", health.health),
    path("api/v1/openapi.json", openapi.document),
    path("api/v1/terms", api_terms.terms),
    path("api/v1/terms/<nr:term>/publications", api_terms.publications),
    path("api/v1/terms/<nr:term>/inputs", api_inputs.inputs),
    path("api/v1/terms/<nr:term>/hires", api_inputs.hires),
    path("api/v1/terms/<nr:term>/attendance", api_inputs.attendance),
    path("api/v1/terms/<nr:term>/jobs", api_jobs.jobs),
    path("api/v1/terms/<nr:term>/subscriptions", api_subscriptions.subscriptions),
    path("api/v1/subscriptions/<nr:subscription>", api_subscriptions.subscription),
    path("api/v1/jobs/<nr:job>", api_jobs.job),
    path("api/v1/plans/<nr:plan>/publish", api_plans.publish),
    path("api/v1/plans/<nr:plan>/try", api_plans.try_),
    path("api/v1/plans/<nr:plan>/<str:name>", api_plans.file),
    re_path("^api/", endpoint()),
]
handler400 = "service.pages.errors.unreadable"
handler404 = "service.pages.errors.not_found"
handler500 = "service.pages.errors.broken"
