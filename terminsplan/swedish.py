"""Click's own words in Swedish: usage lines, help headings, complaints about options.

Click looks up every text through ``gettext``, which wants compiled catalogues and the user's locale. A coordinator's
computer may speak any language, and the program speaks Swedish, so click's modules are given a lookup of ours instead.
"""

from __future__ import annotations

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

_SPEAKING = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.termui,
    click.types,
)

TEXTS = {
    "Usage:": "Användning:",
    "Options": "Tillval",
    "Positional arguments": "Argument",
    "Commands": "Kommandon",
    "Show this message and exit.": "Visa den här hjälpen och avsluta.",
    "Show the version and exit.": "Visa programmets version och avsluta.",
    "%(prog)s, version %(version)s": "%(prog)s, version %(version)s",
    "default: {default}": "förval: {default}",
    "env var: {var}": "miljövariabel: {var}",
    "required": "krävs",
    "(dynamic)": "(beräknas)",
    "deprecated": "utgår",
    "Aborted!": "Avbrutet.",
    "Error: {message}": "Fel: {message}",
    "Try '{command} {option}' for help.": "Skriv ”{command} {option}” för hjälp.",
    "Missing command.": "Ange ett kommando.",
    "Missing argument": "Det saknas ett argument:",
    "Missing option": "Det saknas ett tillval:",
    "Missing parameter": "Det saknas ett värde:",
    "Missing parameter: {param_name}": "Det saknas ett värde: {param_name}",
    "Missing {param_type}": "Det saknas: {param_type}",
    "Invalid value: {message}": "Värdet går inte att använda: {message}",
    "Invalid value for {param_hint}: {message}": "Värdet för {param_hint} går inte att använda: {message}",
    "No such option {name!r}.": "Tillvalet {name} finns inte.",
    "No such command {name!r}.": "Kommandot {name} finns inte.",
    "Could not open file {filename!r}: {message}": "Det gick inte att öppna {filename}: {message}",
    "unknown error": "okänt fel",
    "Option {name!r} does not take a value.": "Tillvalet {name} tar inget värde.",
    "Argument {name!r} takes {nargs} values.": "Argumentet {name} tar {nargs} värden.",
    "Choose from:\n\t{choices}": "Välj bland:\n\t{choices}",
    "Choice({choices})": "val: {choices}",
    "{value!r} is not a valid {number_type}.": "”{value}” är inte ett tal.",
    "{value} is not in the range {range}.": "{value} ligger utanför det tillåtna ({range}).",
    "{value!r} is not a valid boolean. Recognized values: {states}": "”{value}” är varken ja eller nej ({states}).",
    "Value must be an iterable.": "Det ska vara flera värden.",
    "file": "filen",
    "directory": "mappen",
    "path": "sökvägen",
    "{name} {filename!r} does not exist.": "{name} {filename} finns inte.",
    "{name} {filename!r} is a file.": "{name} {filename} är en fil.",
    "{name} {filename!r} is a directory.": "{name} {filename} är en mapp.",
    "{name} {filename!r} is not readable.": "{name} {filename} går inte att läsa.",
    "{name} {filename!r} is not writable.": "{name} {filename} går inte att skriva.",
    "{name} {filename!r} is not executable.": "{name} {filename} går inte att köra.",
}

COUNTED_TEXTS = {
    "Got unexpected extra argument ({args})": (
        "Det finns ett argument för mycket: {args}",
        "Det finns argument för mycket: {args}",
    ),
    "Takes {nargs} values but 1 was given.": ("Ska ha {nargs} värden, fick 1.", "Ska ha {nargs} värden, fick {len}."),
    "Did you mean {possibility}?": ("Menade du {possibility}?", "Menade du något av {possibilities}?"),
    "Option {name!r} requires an argument.": (
        "Tillvalet {name} behöver ett värde.",
        "Tillvalet {name} behöver {nargs} värden.",
    ),
    "{value!r} is not {choice}.": ("”{value}” är inte {choice}.", "”{value}” är inte något av {choices}."),
    "{value!r} does not match the format {format}.": (
        "”{value}” har inte formen {format}.",
        "”{value}” har ingen av formerna {formats}.",
    ),
    "{len_type} values are required, but {len_value} was given.": (
        "Det ska vara {len_type} värden, inte {len_value}.",
        "Det ska vara {len_type} värden, inte {len_value}.",
    ),
}


def install() -> None:
    """Make click speak Swedish from now on. Texts of programming errors stay as they are."""
    for module in _SPEAKING:
        vars(module).update(_=_text)
        if "ngettext" in vars(module):
            vars(module).update(ngettext=_counted)


def _text(english: str) -> str:
    return TEXTS.get(english, english)


def _counted(one: str, several: str, number: int) -> str:
    swedish = COUNTED_TEXTS.get(one, (one, several))
    return swedish[0] if number == 1 else swedish[1]
