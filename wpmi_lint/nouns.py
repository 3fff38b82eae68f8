"""The nouns that a policy can speak of, with the type of each field: the one table that names are resolved against."""

from __future__ import annotations

from wpmi_lint.records import NamedTuple


class Field(NamedTuple):
    """A field of a noun. `type` is "number", "text", "truth", "date" or the name of a domain of words.

    A domain is "statistic", "measure", "kind", "dimension", "label", "marker meaning", "form" or a tuple of the
    allowed words. `many`: the field holds several words, and `is X` means that X is among them. `figure`: it holds a
    figure of the file, masked where figures are not to be shown. `deduced`: the figure is the tool's own arithmetic.
    `definite`: where it is absent, that is known (a measure without a kind has none), so a comparison is false and
    not undecided. Fields that hold many are definite.
    """

    type: str | tuple[str, ...]
    doc: str
    many: bool = False
    figure: bool = False
    deduced: bool = False
    definite: bool = False


_CELL = {
    "value": Field("number", "the figure; absent where the cell holds a marker or text", figure=True),
    "shown": Field("text", "the cell as the file shows it", figure=True),
    "cell": Field("text", "its address"),
    "displayed": Field("number", "the figure that a workbook's number format makes of the stored one", figure=True),
    "marker": Field("text", "the text that stands in place of a figure", definite=True),
    "meaning": Field("marker meaning", "what the policy says that the marker means", definite=True),
    "measure": Field("measure", "what is counted"),
    "kind": Field("kind", "the policy's class of the measure", definite=True),
    "statistic": Field("statistic", "count, percentage, rate, mean, money, index, date, code, coordinate, other"),
    "base": Field("measure", "of a percentage or rate: the measure that it is of"),
    "share": Field("truth", "of a percentage: true for a share of a whole, false for a rate of something else"),
    "by": Field("dimension", "the dimensions of the table", many=True),
    "beside": Field("kind", "kinds of the shares in the same table", many=True),
    "label": Field("label", "published, internal, ...: what the table is marked"),
    "decimals": Field("number", "decimals shown"),
    "row_header": Field("text", "the words of its row"),
    "column_header": Field("text", "the words of its column"),
    "table": Field("text", "the table's title or range"),
}

_TOTAL = {
    "parts": Field("number", "how many parts the total has; absent where none are shown"),
    "sum_of_parts": Field(
        "number", "the parts added up; absent where a part is suppressed or no figure", figure=True, deduced=True
    ),
    "direction": Field(("row", "column"), "the total closes a row or a column"),
}

_DATE = {"date": Field("date", "the day of the release")}

_AGREEMENT = {
    "id": Field("text", "the agreement that the manifest names; absent where it names none"),
    "registered": Field("truth", "the register has it"),
    "version": Field("text", "the version of its text"),
    "agreed": Field("date", "the day on which the authority agreed"),
    "signed": Field("date", "the day on which it was signed"),
    "signatory": Field("text", "who signed"),
    "expires": Field("date", "the last day on which it is in force"),
    "withdrawn": Field("date", "the first day on which it is no longer in force"),
    "with_authority": Field("truth", "it is with the authority that receives the release"),
    "with_provider": Field("truth", "it is with the provider that shares"),
}

_REPRESENTATIVE = {
    "name": Field("text", "the person that the manifest names; absent where it names none"),
    "registered": Field("truth", "the register has the person"),
    "for_authority": Field("truth", "the person answers for the authority that receives the release"),
    "role": Field("text", "the person's post"),
    "starts": Field("date", "the first day in post"),
    "ends": Field("date", "the last day in post; absent while it lasts"),
}

_CONTRACT = {
    "provider": Field("text", "the provider that shares"),
    "area": Field("text", "the contract package area that the manifest names"),
    "registered": Field("truth", "the register has a contract of this provider for this area"),
    "starts": Field("date", "the first day of the contract"),
    "ends": Field("date", "its last day; absent while it lasts"),
    "authority": Field("text", "the authority that receives the release"),
    "authority_area": Field("text", "the area that the authority lies in; absent where that is not known"),
    "in_area": Field("truth", "the authority lies in the contract's area"),
    "confidence": Field(("high", "medium-high", "medium", "low"), "how sure it is which area the authority lies in"),
}

_RELEASE = {
    "name": Field("text", "the name of the release"),
    "programme": Field("text", "the programme"),
    "provider": Field("text", "the provider that shares"),
    "area": Field("text", "the contract package area"),
    "authority": Field("text", "the authority that receives it"),
    "kind": Field(("routine", "ad hoc", "bespoke"), "what kind of report it is"),
    "purpose": Field("text", "what the authority uses it for"),
    "earlier": Field("number", "how many earlier releases it was compared with"),
    "files": Field("number", "how many files it has"),
}


def _dotted(noun: str, fields: dict[str, Field]) -> dict[str, Field]:
    return {f"{noun}.{name}": field for name, field in fields.items()}


# The ways in which a file carries what it does not show; carried/ways.py says of each where to click.
_WAYS = (
    "hidden-sheet",
    "very-hidden-sheet",
    "hidden-rows",
    "hidden-columns",
    "filtered-rows",
    "zero-height-default",
    "text-same-colour",
    "tiny-font",
    "format-invisible",
    "display-rounding",
    "display-scaling",
    "value-under-merge",
    "far-cells",
    "outside-print-area",
    "huge-dimension",
    "formulas",
    "formula-literal-operands",
    "formula-rounding",
    "formula-external",
    "formula-hidden",
    "formula-hidden-protection",
    "cached-value-differs",
    "pivot-cache-records",
    "pivot-cache-definition",
    "pivot-table",
    "slicer-cache",
    "chart-cache",
    "chart-pivot-source",
    "external-link-cache",
    "external-link",
    "data-model",
    "power-query-mashup",
    "connections",
    "query-table",
    "defined-name-hidden",
    "defined-name-constant",
    "defined-name-external",
    "defined-name-broken",
    "comments",
    "threaded-comments",
    "persons",
    "doc-properties",
    "custom-doc-properties",
    "custom-xml",
    "label-info",
    "author-path",
    "file-sharing",
    "custom-view",
    "header-footer",
    "alt-text",
    "drawing-text",
    "hidden-shape",
    "hyperlink-local-path",
    "validation-literal-list",
    "scenarios",
    "revision-log",
    "embedded-object",
    "ole-object",
    "image",
    "thumbnail",
    "form-control",
    "custom-property-bin",
    "rich-data",
    "web-extension",
    "vba-project",
    "xlm-macro-sheet",
    "digital-signature",
    "printer-settings",
    "sheet-protection",
    "workbook-protection",
    "unreferenced-shared-strings",
    "orphan-part",
    "strict-ooxml",
    "zip-trailing-data",
    "zip-backslash-names",
    "extra-columns",
    "rows-after-table",
    "comment-lines",
    "formula-injection",
    "padded-cells",
    "control-characters",
    "unused-keys",
    "exact-values",
)

NOUNS: dict[str, dict[str, Field]] = {
    "cell": _CELL,
    "count": _CELL,
    "percentage": _CELL,
    "rate": _CELL,
    "mean": _CELL,
    "money": _CELL,
    "total": {**_CELL, **_TOTAL},
    "table": {
        "title": Field("text", "the title"),
        "form": Field(("cross", "tidy"), "cross table or one row an observation"),
        "label": Field("label", "published, internal, ...: what the table is marked"),
        "other_label": Field("label", "a second label that contradicts the first"),
        "source": Field("text", "where a published figure is published, as the table says"),
        "by": Field("dimension", "the dimensions", many=True),
        "kind": Field("kind", "kinds of its measures", many=True),
        "measure": Field("measure", "its measures", many=True),
        "rows": Field("number", "body rows"),
        "columns": Field("number", "body columns"),
        "cells": Field("number", "body cells"),
        "counts": Field("number", "body cells that are counts"),
        "zeros": Field("number", "counts shown as 0"),
        "nil_marks": Field("number", "blanks and markers that mean nil among the counts"),
    },
    "measure": {
        "name": Field("measure", "the policy's measure; absent where no term fits"),
        "kind": Field("kind", "the policy's class of it", definite=True),
        "statistic": Field("statistic", "what its figures are"),
        "header": Field("text", "the words that were read"),
        "label": Field("label", "what the table is marked"),
    },
    "breakdown": {
        "kind": Field("kind", "the class of the measure", definite=True),
        "measure": Field("measure", "the measure"),
        "by": Field("dimension", "the dimension that the shares go over; absent where it is not known"),
        "label": Field("label", "what the table is marked"),
        "sum": Field("number", "the shares added up, in percent", figure=True, deduced=True),
        "gap": Field("number", "how far the sum is from 100, in percentage points", figure=True, deduced=True),
        "slack": Field("number", "how far rounding alone can take it: half a unit of the last decimal for each share"),
        "decimals": Field("number", "decimals shown"),
        "shares": Field("number", "how many shares there are"),
        "complete": Field("truth", "the sum is 100 within rounding"),
    },
    "text": {
        "words": Field("text", "the words", figure=True),
        "where": Field("text", "title, note, header, sheet name, file name, comment, property"),
        "kind": Field("kind", "kinds of measure that it names", many=True),
        "volume": Field("text", "the figure that it gives for such a measure", figure=True),
    },
    "hidden": {
        "what": Field(_WAYS, "the way in which it is carried"),
        "where": Field("text", "where, in words"),
        "figures": Field("number", "how many figures it carries"),
        "unseen": Field("number", "how many of them no visible cell shows; absent where they were not compared"),
        "telling": Field("truth", "false where it tells a reader nothing: a template, a program's name, repeated text"),
        "words": Field("text", "the words carried", figure=True),
        "volume": Field("text", "the figure that they give for a measure of some kind", figure=True),
        "sheet": Field("text", "the sheet that it is in"),
        "visible_name": Field("text", "the way, in words"),
        "see": Field("text", "where to click to see it"),
        "remove": Field("text", "how to remove it"),
    },
    "identifier": {
        "what": Field(
            ("NINo", "name", "date of birth", "postcode", "e-mail", "phone", "reference", "row-level"),
            "the kind of personal identifier; row-level: one row a person",
        ),
        "place": Field("text", "the column or text that it stands in"),
        "count": Field("number", "how many"),
        "certain": Field("truth", "false where a person must look: it may be of an office and not of a participant"),
        "hidden": Field("truth", "it stands in something that the file does not show"),
    },
    "file": {
        "path": Field("text", "the path"),
        "format": Field(("csv", "xlsx", "ods", "json"), "the format"),
        "encoding": Field("text", "the encoding of a text file"),
        "label": Field("label", "the label that all its tables share"),
        "sheets": Field("number", "how many sheets"),
        "tables": Field("number", "how many tables"),
    },
    "sheet": {
        "name": Field("text", "the name"),
        "visibility": Field(("visible", "hidden", "very hidden"), "whether a reader sees it"),
        "tables": Field("number", "how many tables"),
    },
    "release": {
        **_RELEASE,
        **_DATE,
        **_dotted("agreement", _AGREEMENT),
        **_dotted("representative", _REPRESENTATIVE),
        **_dotted("contract", _CONTRACT),
    },
    "agreement": {**_AGREEMENT, **_DATE},
    "representative": {**_REPRESENTATIVE, **_DATE},
    "contract": {**_CONTRACT, **_DATE},
    "recipient": {
        "name": Field("text", "who receives the release"),
        "role": Field(("authority", "copy"), "the authority itself, or someone who gets a copy"),
        "permitted": Field("truth", "the agreement is with them or names them as permitted recipients"),
        "agreement": Field("text", "the agreement that the manifest names"),
        **_DATE,
    },
    "suspension": {
        "by": Field(("provider", "DWP"), "who suspended sharing"),
        "concerns": Field("truth", "it is for this provider and for someone who receives the release"),
        "starts": Field("date", "its first day"),
        "ends": Field("date", "its last day; absent while it lasts"),
        "reason": Field("text", "why"),
        **_DATE,
    },
    "item": {
        "path": Field("text", "a file of the release, or a listed file that is not there"),
        "listed": Field("truth", "the manifest lists it"),
        "found": Field("truth", "the file is there"),
        "hashed": Field("truth", "the manifest gives its SHA-256"),
        "unchanged": Field("truth", "the file has that SHA-256; absent where none is given"),
        "label": Field("label", "what the manifest marks it"),
        "publication.title": Field("text", "where it is published, as the manifest says"),
        "publication.date": Field("date", "the day of that publication"),
        "publication.url": Field("text", "where a reader finds it"),
        **_DATE,
    },
    "marking": {
        "table": Field("text", "a table of the release, by its title or range"),
        "said": Field("label", "what the table itself is marked"),
        "label": Field("label", "what the manifest marks it"),
        "other_label": Field("label", "a second label in the manifest that contradicts the first"),
        "for_recipient": Field("truth", "whom it says to be for receives the release; absent where it names nobody"),
        **_DATE,
    },
}

# what no table of a policy can show: one fact of each can be given in an example
OF_FILE = ("hidden", "identifier", "count")

# constants of a policy that the tool itself reads, whether or not a rule does
CONSTANTS = {"waiver_days": "how many days a waiver may run from its approval; 366 where the policy does not say"}

# the nouns that manifest and register fill: one fact of each can be given in an example of a policy
OF_RELEASE = ("release", "agreement", "representative", "contract", "recipient", "suspension", "item", "marking")

DOMAINS: dict[str, tuple[str, ...]] = {
    "statistic": (
        "count",
        "percentage",
        "rate",
        "mean",
        "money",
        "index",
        "date",
        "code",
        "coordinate",
        "other",
    ),
    "marker meaning": ("suppressed", "nil", "missing", "zero", "not applicable"),
}  # the domains "measure", "kind", "dimension" and "label" are the policy's own words
