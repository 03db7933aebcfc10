"""`notegen rule`: the lint rules."""

from __future__ import annotations

import click

from notegen import pipeline
from notegen.cli import options, output


@click.group("rule")
def command() -> None:
    """List the lint rules, or explain one."""


@command.command("list")
@options.json_option
def list_rules(as_json: bool) -> None:
    """List every rule: how much it matters, what it judges, whether --fix mends it and a comment may allow it.

    \b
    Example:
      notegen rule list
    """
    from notegen.lint.report import page

    known = list(pipeline.rules())
    if as_json:
        output.as_json([page.entry(rule) for rule in known])
        return
    heads = ("code", "name", "level", "judges", "fix", "allow", "finds")
    rows = [
        (r.code, r.name, r.severity.value, r.subject, _yes(r.fixable), "yes" if r.allowable else "never", r.summary)
        for r in known
    ]
    output.table(rows, heads)


def _yes(answer: bool) -> str:
    return "yes" if answer else ""


@command.command("explain")
@click.argument("code")
@options.json_option
def explain(code: str, as_json: bool) -> None:
    """Print one rule's page of the manual: what it finds, why it matters, a bad and a good example, how to mend it.

    \b
    Examples:
      notegen rule explain N104
      notegen rule explain hedged-conditional
    """
    from notegen.lint.report import page

    rule = pipeline.rules().get(code)
    if as_json:
        output.as_json(page.data(rule))
        return
    title = f"{rule.code} {rule.name} ({page.traits(rule)})"
    click.echo(click.style(title, bold=True) if output.colourful() else title, color=True)
    click.echo()
    click.echo(page.text(rule))
