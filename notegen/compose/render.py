"""Composing a note: the template is rendered with ropes and plain, and the two texts must be equal."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain as chained
from typing import Any, Final

from jinja2 import nodes
from jinja2.environment import Template as JinjaTemplate
from jinja2.exceptions import TemplateSyntaxError

from notegen.compose import tidy
from notegen.compose.codegen import Text, leftmost, word_of
from notegen.compose.environment import NoteEnvironment, is_macros_alone
from notegen.compose.findings import Findings, suggest_name
from notegen.compose.front import body_of, is_locale
from notegen.compose.limits import Fuel, TooMuch
from notegen.compose.rope import LONGEST, Rope, TooLong, limit
from notegen.compose.steps import Stop
from notegen.compose.syntax import fault, too_deep
from notegen.compose.template import main_name, place_of, text_of_body
from notegen.compose.trace import TracedEnvironment
from notegen.compose.values import Gap, barer, carrier, day_type, gap
from notegen.errors import NotegenError
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.facts import Facts
from notegen.model.junk import is_junk
from notegen.model.note import Note
from notegen.model.schema import Schema
from notegen.model.source import Source, Span
from notegen.model.template import Template

SPECIAL: Final = frozenset(("loop", "caller", "varargs", "kwargs", "self", "super", "true", "false", "none"))
_HTML: Final = "e escape forceescape safe striptags tojson urlencode urlize xmlattr pprint filesizeformat".split()


@dataclass(slots=True)
class Compiled:
    """A template made ready for many customers; `lock` lets one render go on at a time."""

    traced: TracedEnvironment
    plain: NoteEnvironment
    main: str
    roots: frozenset[str]
    trees: Mapping[str, tuple[Text, nodes.Template]]
    diagnostics: tuple[Diagnostic, ...] = ()
    lock: threading.Lock = field(default_factory=threading.Lock)

    def template(self, environment: NoteEnvironment) -> JinjaTemplate:
        """Return the compiled main template of one of the two environments."""
        return environment.get_template(self.main)


TOO_LONG = f"this note grows beyond {LONGEST:,} characters"
TOO_LONG_HINT = "a card holds about 1,000 characters"

Key = tuple[Source, tuple[tuple[str, Source], ...]]


def key_of(template: Template) -> Key:
    """Return what decides how a template compiles."""
    return template.source, tuple(sorted(template.library.items(), key=lambda item: item[0]))


def compose(
    facts: Facts, template: Template, schema: Schema, *, locale: str = "en_US", currency: str = "USD"
) -> Checked[Note]:
    """Write one customer's note.

    Every problem that can be found in one go is found; with an error there is no note. Raises NotegenError for a locale
    that there is not.
    """
    locale = locale.replace("-", "_")
    made, place, needed = _ready(template, locale, currency)
    findings = Findings(facts, schema)
    if made.diagnostics:
        return Checked(None, tuple(_noted(one, facts.key) for one in made.diagnostics))
    for path, span in needed:
        value = facts.get(path)
        if value == () or is_junk(value):
            findings.required(path, span)
    with made.lock:
        parts = _rendered(made, findings, locale)
        whole = "".join(parts or ())
        slices = tidy.kept(whole)
        text = tidy.cut(whole, slices)
        if parts is not None and not findings.found and not text:
            hint = "write something that is true of everybody, or require the facts it needs"
            findings.add("T015", place, "this template has no words for this customer", hint)
        if findings.found or parts is None:
            return Checked(None, findings.found)
        _assert_same(whole, text, made, facts, schema, locale)
    return Checked(Note(facts.key, template.name, text, tidy.pieces(parts, slices, place)), ())


def _ready(template: Template, locale: str, currency: str) -> Ready:
    """Return what `compose` needs of a template and a customer has no say in.

    It is found again by the template's identity, which is quicker than by its text and as safe while it is held here.
    """
    wanted = (id(template), locale, currency)
    found = _READY.get(wanted)
    if found is None:
        if len(_READY) >= REMEMBERED:
            _READY.clear()
        made = compiled(key_of(template), locale, currency)
        found = _READY[wanted] = template, (made, place_of(template), tuple(required(template)))
    return found[1]


REMEMBERED: Final = 64
"""Templates that are kept ready, each with a locale and a currency."""

Ready = tuple[Compiled, Span, tuple[tuple[str, Span], ...]]
_READY: Final[dict[tuple[int, str, str], tuple[Template, Ready]]] = {}


def required(template: Template) -> Iterator[tuple[str, Span]]:
    """Yield the facts that a template requires, with the places where it says so."""
    otherwise = template.places.get("requires") or Span(template.source, 0, 0)
    for index, path in enumerate(template.requires):
        yield path, template.places.get(f"requires.{index}", otherwise)


def _noted(one: Diagnostic, key: str) -> Diagnostic:
    from dataclasses import replace

    return replace(one, note=key)


@lru_cache(maxsize=REMEMBERED)
def compiled(key: Key, locale: str, currency: str) -> Compiled:
    """Compile a template and all that it uses, once."""
    if not is_locale(locale):
        raise NotegenError(f"there is no locale called '{locale}'", hint="write one such as en_US or de_DE")
    sources = dict(key[1]) | {main_name(key[0]): key[0]}
    bodies = {name: source.text[body_of(source) :] for name, source in sources.items()}
    plain = NoteEnvironment(bodies, locale, currency)
    found: list[Diagnostic] = []
    trees: dict[str, tuple[Text, nodes.Template]] = {}
    for name, source in sources.items():
        text, tree = text_of_body(plain, source, name)
        if isinstance(tree, Diagnostic):
            found.append(tree)
        else:
            trees[name] = text, tree
            found.extend(unknown_functions(text, tree, plain))
    names = frozenset(chained.from_iterable(_assigned(tree) for _, tree in trees.values())) | SPECIAL
    roots = frozenset(one.name for _, tree in trees.values() for one in tree.find_all(nodes.Name) if one.ctx == "load")
    traced = TracedEnvironment(bodies, locale, currency, names | frozenset(plain.globals))
    made = Compiled(traced, plain, main_name(key[0]), roots, trees)
    made.diagnostics = tuple(found or _compile_all(made, trees))
    return made


def _compile_all(made: Compiled, trees: Mapping[str, tuple[Text, nodes.Template]]) -> Iterator[Diagnostic]:
    """Compile every file in both environments, so that nothing can fail later."""
    alone: set[str | None] = {name for name, (_, tree) in trees.items() if is_macros_alone(tree)}
    made.traced.macros_alone = made.plain.macros_alone = alone
    for name, (text, _) in trees.items():
        made.traced.texts[name] = text
        try:
            made.traced.get_template(name)
            made.plain.get_template(name)
        except TemplateSyntaxError as error:
            yield fault(error, text)
        except TooLong:  # Jinja joins literal text while it compiles.
            yield Diagnostic("T009", Severity.ERROR, TOO_LONG, text.span(0, 0), TOO_LONG_HINT)
        except (RecursionError, MemoryError, SyntaxError):
            yield too_deep(text)


def unknown_functions(text: Text, tree: nodes.Template, environment: NoteEnvironment) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each filter and test that there is not, also those named to `map` and `select`."""
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        kind, known = ("filter", environment.filters) if isinstance(node, nodes.Filter) else ("test", environment.tests)
        if node.name not in known:
            yield _unknown(kind, node.name, word_of(text, node), known)
        named = node.args[0] if node.args and node.name in ("map", "select", "reject") else None
        if node.name in ("selectattr", "rejectattr") and len(node.args) > 1:
            named = node.args[1]
        if isinstance(named, nodes.Const) and isinstance(named.value, str):
            kind, known = ("filter", environment.filters) if node.name == "map" else ("test", environment.tests)
            if named.value not in known:
                yield _unknown(kind, named.value, text.word(leftmost(named)), known)


def _unknown(kind: str, name: str, span: Span, known: Mapping[str, object]) -> Diagnostic:
    hint = suggest_name(kind, name, known)
    if name in _HTML:
        hint = "a note is written by hand, without HTML; leave it out"
    if name == "random":
        hint = "the same facts always give the same note; choose by a fact instead"
    return Diagnostic("T006", Severity.ERROR, f"there is no {kind} called {name}", span, hint)


def _assigned(tree: nodes.Template) -> Iterator[str]:
    """Yield the names to which a template gives values of its own."""
    for name in tree.find_all(nodes.Name):
        if name.ctx != "load":
            yield name.name
    makers: Any = (nodes.Macro, nodes.Import, nodes.FromImport)
    for node in tree.find_all(makers):
        if isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.Import):
            yield node.target
        else:
            yield from (name[1] if isinstance(name, tuple) else name for name in node.names)


def variables(made: Compiled, facts: Facts, schema: Schema) -> Iterator[tuple[str, Any]]:
    """Yield the roots of the facts that the template names, those that are absent as None."""
    for root in made.roots:
        if root in schema.fields or root in facts.tree:
            yield root, facts.tree.get(root, facts.key if root == "key" else None)


def _rendered(made: Compiled, findings: Findings, locale: str) -> list[Rope] | None:
    """Render with ropes, which are still to be joined; None when the render had to stop, which has been noted."""
    environment = made.traced
    environment.findings, environment.fuel = findings, Fuel()

    def tell(one: Gap) -> None:
        site = environment.sites[environment.here]
        findings.gap(one, site.span)

    def root_gap(name: str) -> Gap:
        return gap("absent" if name not in findings.facts.tree else "blank", name, tell)

    carried = carrier(day_type(locale), tell)
    context = {
        name: root_gap(name) if value is None else carried(value, name)
        for name, value in variables(made, findings.facts, findings.schema)
    }
    template = made.template(environment)
    try:
        parts: list[Any] = list(template.root_render_func(template.new_context(context)))
        limit(sum(map(len, parts)))
        return parts
    except Stop:
        return None
    except RecursionError:
        findings.add("T009", _whole(made), "this template calls itself without end", "give the macro a way to stop")
    except (NameError, ImportError, AssertionError):
        raise  # faults of ours, which no template can cause
    except (TooLong, TooMuch):
        findings.add("T009", _whole(made), TOO_LONG, TOO_LONG_HINT)
    except Exception as error:  # Whatever Python says about an operation that has no guard of its own, as `<`.
        findings.add("T014", located(error, environment) or _whole(made), f"this does not work: {plainly(error)}")
    return None


def _whole(made: Compiled) -> Span:
    text = made.traced.texts[made.main]
    return text.span(0, min(len(text.places.body), max(text.places.body.find("\n"), 0)))


def located(error: BaseException, environment: TracedEnvironment) -> Span | None:
    """Return the place in a template of the innermost compiled code that an exception came through."""
    found: Span | None = None
    trace = error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, JinjaTemplate) and template.name in environment.texts:
            text = environment.texts[template.name]
            offset = template.get_corresponding_lineno(trace.tb_lineno) - 1
            tag = text.places.tag_at(offset)
            found = text.span(*tag.inner) if tag else text.word(offset)
        trace = trace.tb_next
    return found


def plainly(error: BaseException) -> str:
    """Return an exception's words with our types called what they are."""
    from notegen.compose.values import plain_words

    return plain_words(str(error) or type(error).__name__)


def _assert_same(whole: str, text: str, made: Compiled, facts: Facts, schema: Schema, locale: str) -> None:
    """Render plainly with Jinja's own code and hold the two texts equal: a difference is a bug of ours.

    `whole` is the text before it was tidied: where that is the same, so is what tidying makes of it.
    """
    bare = barer(day_type(locale))
    context = {
        name: gap("blank", name) if value is None else bare(value, name)
        for name, value in variables(made, facts, schema)
    }
    template = made.template(made.plain)
    plain = "".join(template.root_render_func(template.new_context(context)))
    if plain != whole and (plain := tidy.tidy(plain)) != text:
        raise AssertionError(f"the two renders of {made.main} differ:\n  ropes {text!r}\n  plain {plain!r}")
