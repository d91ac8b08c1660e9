"""Imports calendars into GNOME's calendar store, as Evolution does, and compares what lies there with the files (docs/kalendrar.md).

``dbus-run-session -- /usr/bin/python3 tests/readers/import_evolution.py UT [UT …]``: every calendar of the first plan into a calendar of its
own, then those of each later plan of the chain over it, and of each hire's calendar by what is mailed alone. Needs Debian's
evolution-data-server, gir1.2-ecal-2.0 and python3-gi; touches nothing but a store of its own. Prints what was imported and what differs.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory(prefix="terminsplan-evolution-") as _HOME:
    for _name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"):
        os.environ[_name] = f"{_HOME}/{_name.lower()}"
        Path(os.environ[_name]).mkdir()

    import gi

    gi.require_version("ECal", "2.0")
    gi.require_version("EDataServer", "1.2")
    from gi.repository import ECal, EDataServer, ICalGLib

    SECONDS = 30
    Event = tuple[str, str, str, int, str, str, str, str]

    def store(registry: EDataServer.SourceRegistry, name: str) -> ECal.Client:
        """A new, empty calendar."""
        source = EDataServer.Source.new(None, None)
        source.set_display_name(name)
        source.set_parent("local-stub")
        source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("local")
        registry.commit_source_sync(source, None)
        return ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, SECONDS, None)

    def receive(client: ECal.Client, path: Path) -> None:
        """The file as an import or a mail hands it over."""
        whole = ECal.util_parse_ics_string(path.read_text("utf-8"))
        client.receive_objects_sync(whole, ECal.OperationFlags.NONE, None)

    def lying_there(client: ECal.Client) -> set[Event]:
        """All events of a calendar as the store gives them out."""
        _, found = client.get_object_list_sync("#t", None)
        return {told(event, client) for event in found}

    def in_file(path: Path) -> set[Event]:
        """The events of a file by the same library without the store, with the zone of the file."""
        whole = ECal.util_parse_ics_string(path.read_text("utf-8"))
        found, event = set(), whole.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
        while event is not None:
            found.add(told(event, None))
            event = whole.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
        return found

    def told(event: ICalGLib.Component, client: ECal.Client | None) -> Event:
        """What a person sees of it, and its identity."""

        def text(value: str | None) -> str:
            return value or ""

        def moment(kind: ICalGLib.PropertyKind, time: ICalGLib.Time) -> str:
            prop = event.get_first_property(kind)
            zone_id = prop.get_parameter_as_string("TZID") if prop else ""
            zone = ICalGLib.Timezone.get_builtin_timezone(zone_id)
            if client is not None and zone_id:
                zone = client.get_timezone_sync(zone_id, None)[1] or zone
            time.set_timezone(zone)
            return str(time.convert_to_zone(ICalGLib.Timezone.get_utc_timezone()).as_ical_string())

        kinds = ICalGLib.PropertyKind
        return (
            event.get_uid(),
            moment(kinds.DTSTART_PROPERTY, event.get_dtstart()),
            moment(kinds.DTEND_PROPERTY, event.get_dtend()),
            event.get_sequence(),
            str(event.get_status()),
            text(event.get_summary()),
            text(event.get_location()),
            text(event.get_description()),
        )

    def say(sentence: str) -> None:
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()

    def main() -> None:
        """All plans of the command line."""
        registry = EDataServer.SourceRegistry.new_sync(None)
        plans = [Path(argument) for argument in sys.argv[1:]]
        clients: dict[Path, ECal.Client] = {}
        mailed: dict[str, ECal.Client] = {}
        wrong = 0
        for number, plan in enumerate(plans):
            files = [p.relative_to(plan) for p in sorted((plan / "kalendrar").rglob("*.ics")) if "andringar" not in p.parts]
            events = 0
            for file in files:
                if file not in clients:
                    clients[file] = store(registry, str(file))
                client = clients[file]
                receive(client, plan / file)
                expected, found = in_file(plan / file), lying_there(client)
                events += len(expected)
                if number == 0 and file.parts[1] == "person":
                    mailed[file.stem] = store(registry, f"post {file.stem}")
                    receive(mailed[file.stem], plan / file)
                if missing := expected - found:
                    wrong += 1
                    say(f"{plan / file}: {len(missing)} av {len(expected)} är inte där: {sorted(missing)[:1]}")
            mails = sorted((plan / "kalendrar" / "andringar").rglob("*.ics")) if number else []
            sent = [mail for mail in mails if mail.parent.name in mailed]
            for mail in sent:
                receive(mailed[mail.parent.name], mail)
            say(f"{plan}: {len(files)} kalendrar, {events} händelser, {len(sent)} brev med en händelse")
        for hire, client in mailed.items() if len(plans) > 1 else ():
            last = plans[-1] / "kalendrar" / "person" / f"{hire}.ics"
            confirmed = {event for event in in_file(last) if "CANCELLED" not in event[4]} if last.exists() else set()
            if missing := confirmed - lying_there(client):
                wrong += 1
                say(f"{hire}: {len(missing)} händelser kom inte med breven: {sorted(missing)[:1]}")
        say(f"{wrong} fel")
        sys.exit(bool(wrong))

    if __name__ == "__main__":
        main()
