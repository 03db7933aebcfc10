"""Templates that somebody wrote to get out: none reads a file, imports, reaches Python's objects, or has no end."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from composing import ANA, SCHEMA
from conftest import ROOT

from notegen.compose import check, check_paths, compose, load, parse
from notegen.model.source import Source

FILES = [
    "{% include '../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'a/../../../etc/passwd' %}",
    "{% include '..\\\\..\\\\etc\\\\passwd' %}",
    "{% include 'file:///etc/passwd' %}",
    "{% include '/proc/self/environ' %}",
    "{% include '.' %}",
    "{% include '' %}",
    "{% include 'a\\0b' %}",
    "{% include '\\ud800' %}",
    "{% include 'x' * 300 %}",
    f"{{% include '{'x' * 300}' %}}",
    f"{{% include '{'x/' * 3000}' %}}",
    "{% include customer.name %}",
    "{% include ['/etc/passwd', '../../etc/passwd'] ignore missing %}y{{ shop.name }}",
    "{% import '../../etc/passwd' as p %}{{ p }}",
    "{% from '/etc/hosts' import localhost %}{{ localhost }}",
    "{% extends '../../etc/passwd' %}",
    "{% import 'os' as os %}{{ os.getcwd() }}",
    "{{ open('/etc/passwd').read() }}",
    "{{ __import__('os').getcwd() }}",
    "{{ self._TemplateReference__context }}",
    "{{ get_flashed_messages.__globals__ }}",
]
PYTHON = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ customer.__class__ }}",
    "{{ customer['__class__'] }}",
    "{{ customer.__init__.__globals__ }}",
    "{{ customer.get.__self__ }}",
    "{{ customer.keys.__func__.__globals__ }}",
    "{{ customer.name.upper.__self__.__class__ }}",
    "{{ sale.date.__reduce__() }}",
    "{{ sale.price.real.__class__ }}",
    "{{ (customer | string).__class__ }}",
    "{{ '{0.__class__}'.format(customer) }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(customer) }}",
    "{{ '{0[__class__]}'.format(customer) }}",
    "{{ '{x.__class__}'.format_map({'x': customer}) }}",
    "{{ '{0.__class__}' | format(customer) }}",
    "{{ ('{0.__cla' ~ 'ss__}').format(customer) }}",
    "{{ '{0.%s}' | format('__class__') }}",
    "{{ ['{0.__class__}'] | map('format', customer) | list }}",
    "{{ '%s' | format(namespace) }}",
    "{{ '%r' | format(dict) }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ joiner(',').__class__ }}",
    "{{ dict.__base__ }}",
    "{{ dict.mro() }}",
    "{{ range.__class__ }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ loop.__class__ }}{% for x in remember %}{{ loop._iterator }}{% endfor %}",
    "{% for x in remember %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{% macro m() %}{{ caller.__code__ }}{% endmacro %}{% call m() %}x{% endcall %}",
    "{% macro m() %}x{% endmacro %}{{ m.__class__ }}{{ m._func }}",
    "{% macro m() %}{{ varargs.__class__ }}{{ kwargs.__class__ }}{% endmacro %}{{ m(1, a=2) }}",
    "{{ self.__class__ }}{{ self.__init__.__globals__ }}",
    "{% block b %}{{ super.__class__ }}{{ self.b.__globals__ }}{% endblock %}",
    "{{ remember | map(attribute='__class__') | list }}",
    "{{ remember | map(attribute='upper.__self__.__class__') | list }}",
    "{{ [customer] | groupby('__class__') }}",
    "{{ [customer] | sum(attribute='__class__') }}",
    "{{ [customer] | sort(attribute='__class__') }}",
    "{{ [customer] | selectattr('__class__') | list }}",
    "{{ [customer] | rejectattr('x', 'eq', customer.__class__) | list }}",
    "{{ [customer] | unique(attribute='__class__') | list }}",
    "{{ customer | attr('__class__') }}",
    "{{ customer | map('attr', '__class__') | list }}",
    "{{ customer | dictsort | first | first | attr('x') }}",
    "{% set customer.name = 'x' %}{{ customer.name }}",
    "{% set ns = namespace() %}{% set ns.__class__ = 1 %}{{ ns }}",
    "{{ namespace(__class__=dict) }}",
    "{{ remember.append('x') }}{{ customer.update(a=1) }}{{ customer.pop('name') }}",
    "{{ environment }}{{ environment.filters }}",
    "{{ context }}{{ resolve('x') }}{{ undefined }}",
    "{{ nothing.__class__ }}{{ nothing._undefined_hint }}",
    "{{ g }}{{ config }}{{ request }}{{ url_for }}{{ debug() }}",
    "{% set x = customer.items %}{{ x.__self__ }}{{ x }}",
    "{{ 'a'.join }}{{ 'a'.format }}{{ range }}{{ dict }}",
    "{{ (1).__add__(2) }}{{ (1.5).hex.__self__ }}",
    "{{ (1,).__class__ }}{{ [].__len__ }}{{ {}.__class__ }}",
    "{{ true.__class__ }}{{ none.__class__ }}",
]
_DOUBLING = "{% set ns = namespace(a='x') %}{% for i in range(99) %}"
ENDLESS = [
    "{{ 'x' * 10**9 }}",
    "{{ 10**9 * 'x' }}",
    "{{ ['x'] * 10**9 }}",
    "{{ 10**10**8 }}",
    "{{ 2**2**2**2**2**2 }}",
    "{{ (2**1999) * (2**1999) }}",
    "{% set ns = namespace(a=2) %}{% for i in range(9999) %}{% set ns.a = ns.a * ns.a %}{% endfor %}{{ ns.a }}",
    "{{ range(10**9) | list }}",
    "{{ range(10**9) | sum }}",
    "{{ range(10**18) | length }}",
    "{{ range(-10**9, 10**9, 1) | last }}",
    "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in [1] %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in range(9999) %}{{ remember | join | upper | lower | title | wordwrap(1) }}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(n) %}{{ m(n + 1) }}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
    "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ m(caller=m) }}{% endcall %}",
    "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% for x in [[[[1]]]] recursive %}{{ loop(x) }}{% endfor %}",
    "{% block b %}{{ self.b() }}{% endblock %}",
    "{{ '%999999999d' % 1 }}",
    "{{ '%999999999d' | format(1) }}",
    "{{ '%*d' % (999999999, 1) }}",
    "{{ '%.999999999f' | format(1.5) }}",
    "{{ '%-999999999s' % 'x' }}",
    "{{ '{:>999999999}'.format('x') }}",
    "{{ '{:{}}'.format('x', 999999999) }}",
    "{{ '{0:.999999999f}'.format(1.5) }}",
    "{{ ('{:>99}' * 99).format(*['x'] * 99) }}",
    "{{ 'x'.center(10**9) }}{{ 'x'.ljust(10**9) }}{{ 'x'.zfill(10**9) }}",
    "{{ 'x'.expandtabs(10**9) }}{{ '\t'.expandtabs(10**9) }}",
    "{{ ('x' * 7000).replace('x', 'x' * 7000) }}",
    "{{ ('x' * 7000) | replace('', 'x' * 7000) }}",
    "{{ ('x' * 7000).join(['y'] * 7000) }}",
    "{{ ['y'] * 7000 | join('x' * 7000) }}",
    "{{ ('x,' * 3000).split(',') | join('x' * 3000) }}",
    "{{ ('a' * 3000).translate({97: 'a' * 3000}) }}",
    "{{ 'x' | center(10**9) }}{{ 'x' | indent(10**9) }}",
    "{{ 'x\n' * 3000 | indent(9999) }}",
    "{{ 'x' | truncate(10**9, true, 'y' * 7000) }}",
    "{{ ('x ' * 3000) | wordwrap(1, wrapstring='y' * 7000) }}",
    "{{ [1, 2] | batch(10**9, 'x') | list }}",
    "{{ [1, 2] | slice(10**9, 'x') | list }}",
    "{{ 1.5 | round(10**9) }}{{ 1 | round(-10**9) }}",
    "{{ 1.5 | round(400, 'floor') }}",
    "{{ ('9' * 7000) | int }}",
    "{{ ('f' * 7000) | int(base=16) }}",
    "{{ ('1e999' | float) | int }}",
    "{{ 1e999 }}{{ -1e999 }}{{ 1e308 * 10 }}",
    "{{ 9" + "9" * 5000 + " }}",
    "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
    "{{ " + "not " * 5000 + "1 }}",
    "{{ " + "-" * 5000 + "1 }}",
    "{{ " + "1 + " * 5000 + "1 }}",
    "{{ " + "[" * 900 + "]" * 900 + " }}",
    "{{ customer" + ".name" * 5000 + " }}",
    "{{ 'x'" + " | upper" * 3000 + " }}",
    "{{ 'x'" + " ~ 'x'" * 2000 + " }}",
    "{% if x %}" * 200 + "{% endif %}" * 200,
    "{% for x in remember %}" * 50 + "{% endfor %}" * 50,
    "{% filter upper %}" * 200 + "{% endfilter %}" * 200,
    "{% set ns = namespace(a=[]) %}{% for i in range(9999) %}{% set ns.a = ns.a + [ns.a] %}{% endfor %}{{ ns.a }}",
    _DOUBLING + "{% set ns.a = ns.a ~ ns.a %}{% endfor %}{{ ns.a }}",
    _DOUBLING + "{% set ns.a = [ns.a, ns.a] | join %}{% endfor %}{{ ns.a }}",
    _DOUBLING + "{% set ns.a = '%s%s' | format(ns.a, ns.a) %}{% endfor %}{{ ns.a }}",
    _DOUBLING + "{% set ns.a %}{{ ns.a }}{{ ns.a }}{% endset %}{% endfor %}{{ ns.a }}",
    "{{ namespace(" + ", ".join(f"a{n}=1" for n in range(900)) + ") }}",
    "{{ ('a' * 4000) in ('a' * 3999 ~ 'b') }}" * 60,
    "{{ lipsum(n=10**9) }}{{ cycler('x') }}{{ joiner('x' * 10**9)() }}",
    "{{ 10**9 | in_words }}{{ (10**300) | in_words }}{{ (10**300) | money }}{{ (10**300) | ordinal }}",
    "{{ (2**1999) | number }}{{ 1e300 | money }}{{ -1e300 | in_words }}",
]
SAID = ("root:", "object at", "0x", "<class", "<function", "<built-in", "Rope", "jinja2", "__globals__'", "<module")


@pytest.mark.parametrize("body", [*FILES, *PYTHON, *ENDLESS], ids=lambda body: body[:60])
def test_nothing_gets_out(body: str) -> None:
    """Each is answered with findings, or with words that hold nothing of Python's or of another file."""
    said = []
    read = parse(Source("t.j2", body))
    said += [one.message for one in read.diagnostics]
    if read.value is not None:
        said += [one.message for one in (*check(read.value, SCHEMA), *check_paths(read.value, SCHEMA))]
        made = compose(ANA, read.value, SCHEMA)
        assert (made.value is None) == bool(made.diagnostics)
        said += [one.message for one in made.diagnostics] + ([made.value.text] if made.value else [])
    for words in said:
        assert not any(secret in words for secret in SAID if secret not in body), words


@pytest.mark.parametrize("body", FILES)
def test_no_file_is_taken_in(body: str, tmp_path: Path) -> None:
    """A file outside the templates' folders is never read, whatever it is called."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "passwd").write_text("root: secret")
    shop = tmp_path / "a" / "b"
    shop.mkdir(parents=True)
    path = shop / "t.j2"
    path.write_bytes(f"---\nname: t\n---\nDear you,\n{body}\n".encode())
    read = load(path, (shop,))
    assert not (read.value and read.value.library)
    assert not any("root:" in one.message for one in read.diagnostics)


def test_no_template_runs_longer_or_takes_more_than_its_cap(tmp_path: Path) -> None:
    """All of them at once, judged and written, in a process that the kernel ends beyond its limits."""
    for number, body in enumerate(ENDLESS):
        (tmp_path / f"t{number}.j2").write_bytes(f"---\nname: t{number}\n---\nDear you,\n{body}\n".encode())
    judged = _within_limits("lint", *sorted(one.name for one in tmp_path.glob("*.j2")), cwd=tmp_path)
    assert judged.returncode == 1, judged.stderr[-2000:]


def _within_limits(*words: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run notegen with 2 GiB of addresses and 120 CPU seconds, which are for a machine that is slow."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))
        resource.setrlimit(resource.RLIMIT_CPU, (120, 120))

    return subprocess.run(
        [sys.executable, "-m", "notegen", *words],
        cwd=cwd, capture_output=True, check=False, preexec_fn=limit,
        env={"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "PATH": ""},
    )  # fmt: skip
