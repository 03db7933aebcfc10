"""Reading templates: front matter, syntax, and the files that a template includes, imports or extends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from notegen.compose.codegen import Text, leftmost
from notegen.compose.environment import NoteEnvironment
from notegen.compose.front import body_of, front_matter
from notegen.compose.syntax import fault, refused, too_deep
from notegen.errors import nearest
from notegen.files import read_written
from notegen.model.diagnostic import Checked, Diagnostic, Severity, has_errors
from notegen.model.source import Source, Span
from notegen.model.template import Template

Find = Callable[[str], Source | None]


def load(path: Path, search: Sequence[Path] = (), name: str | None = None) -> Checked[Template]:
    """Read a template file and the files it uses, which are looked up in the `search` folders in their order.

    A template that is in none of them has the files beside it looked up first. So a shop's `_signature.j2` is used by
    the library's templates, too, when the shop's folder comes before the library.

    Raises UnreadableFile for a template that cannot be read.
    """
    return load_source(read_written(path, name), path, search)


def load_source(source: Source, path: Path, search: Sequence[Path] = ()) -> Checked[Template]:
    """Read the text of a template that is, or is to be, the file `path`."""
    listed = {folder.resolve() for folder in search}
    folders = tuple(search) if path.parent.resolve() in listed else (path.parent, *search)

    def find(wanted: str) -> Source | None:
        inside = PurePosixPath(wanted)
        if inside.is_absolute() or ".." in inside.parts or not inside.parts:
            return None
        for folder in folders:
            try:
                if (folder / inside).is_file():
                    return read_written(folder / inside)
            except OSError:  # a name that no file can have, such as one of 300 letters
                return None
        return None

    known = [one.name for folder in folders if folder.is_dir() for one in sorted(folder.glob("*.j2"))]
    return _read(source, find, known)


def parse(source: Source, library: Mapping[str, Source] | None = None) -> Checked[Template]:
    """Read a template from its text; `library` holds the files it may use, by the names it uses."""
    there = library or {}
    return _read(source, there.get, sorted(there))


def place_of(template: Template) -> Span:
    """Return a place that stands for the whole template: the first line of its body."""
    text = template.source.text
    start = template.body + len(text[template.body :]) - len(text[template.body :].lstrip())
    end = text.find("\n", start)
    return Span(template.source, start, len(text) if end < 0 else end)


def main_name(source: Source) -> str:
    """Return the name under which a template is known to the files it uses."""
    return PurePosixPath(source.name.replace("\\", "/")).name or "template"


def text_of_body(environment: NoteEnvironment, source: Source, name: str) -> tuple[Text, nodes.Template | Diagnostic]:
    """Parse the body of a file; a syntax error comes back as its diagnostic."""
    start = body_of(source)
    body = source.text[start:]
    try:
        parsed = environment.tree(body, name)
        tree: nodes.Template | Diagnostic = refused(parsed, Text(source, start, environment.places[name])) or parsed
    except TemplateSyntaxError as error:
        tree = fault(error, Text(source, start, environment.places[name]))
    except (RecursionError, MemoryError):
        tree = too_deep(Text(source, start, environment.places[name]))
    except ValueError as error:  # A number of more digits than Python reads.
        tree = fault(TemplateSyntaxError(str(error), 1), Text(source, start, environment.places[name]))
    return Text(source, start, environment.places[name]), tree


def _read(source: Source, find: Find, known: Sequence[str]) -> Checked[Template]:
    front = front_matter(source)
    found: list[Diagnostic] = list(front.diagnostics)
    if front.value is None:
        return Checked(None, tuple(found))
    library = _gather(source, find, known, found)
    if any(one.code == "T001" for one in found):
        return Checked(None, tuple(found))
    library.pop(main_name(source), None)
    return Checked(front.value(library), tuple(found))


def _gather(source: Source, find: Find, known: Sequence[str], found: list[Diagnostic]) -> dict[str, Source]:
    """Return every file that is used, near or far, by name, and the template itself under its own."""
    environment = NoteEnvironment({}, "en_US", "USD")
    main = main_name(source)
    library = {main: source}
    uses: dict[str, list[tuple[str, Span]]] = {}
    waiting = [main]
    while waiting:
        name = waiting.pop()
        text, tree = text_of_body(environment, library[name], name)
        uses[name] = []
        if isinstance(tree, Diagnostic):
            found.append(tree)
            continue
        for wanted, span, optional in _used(tree, text, found):
            there = library.get(wanted) or find(wanted)
            if there is None:
                if not optional:
                    found.append(_missing(wanted, span, known))
                continue
            uses[name].append((wanted, span))
            if wanted not in library:
                library[wanted] = there
                waiting.append(wanted)
    if not has_errors(found):
        found.extend(_cycles(main, uses))
    return library


def _used(tree: nodes.Template, text: Text, found: list[Diagnostic]) -> Iterator[tuple[str, Span, bool]]:
    """Yield the names that a body uses, where, and whether it can do without."""
    users: Any = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
    for node in tree.find_all(users):
        wanted: Any = node.template
        listed = wanted.items if isinstance(wanted, (nodes.Tuple, nodes.List)) else [wanted]
        optional = getattr(node, "ignore_missing", False) or len(listed) > 1
        for one in listed:
            span = text.word(leftmost(one))
            if isinstance(one, nodes.Const) and isinstance(one.value, str):
                yield one.value, span, optional
            else:
                hint = "name the file in quotes, and choose between files with {% if %}"
                found.append(Diagnostic("T011", Severity.ERROR, "this file's name is not written out", span, hint))


def _missing(wanted: str, span: Span, known: Sequence[str]) -> Diagnostic:
    near = nearest(wanted, known)
    hint = f"did you mean {near}?" if near else f"there are: {', '.join(known[:12]) or 'no other templates'}"
    return Diagnostic("T011", Severity.ERROR, f"there is no template file {wanted}", span, hint)


def _cycles(main: str, uses: Mapping[str, list[tuple[str, Span]]]) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each use that closes a circle."""
    done: set[str] = set()
    path: list[str] = [main]
    stack = [iter(uses.get(main, ()))]
    while stack:
        step = next(stack[-1], None)
        if step is None:
            stack.pop()
            done.add(path.pop())
            continue
        wanted, span = step
        if wanted in path:
            circle = " uses ".join([*path[path.index(wanted) :], wanted])
            yield Diagnostic("T012", Severity.ERROR, f"these templates go in a circle: {circle}", span, "break it here")
        elif wanted not in done:
            path.append(wanted)
            stack.append(iter(uses.get(wanted, ())))
