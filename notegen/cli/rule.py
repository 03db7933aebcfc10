"""`notegen rule`: the lint rules."""

from __future__ import annotations

from inspect import cleandoc

import click

from notegen import pipeline
from notegen.cli import options, output


@click.group("rule")
def command() -> None:
    """List the lint rules, or explain one."""


@command.command("list")
@options.json_option
def list_rules(as_json: bool) -> None:
    """List every rule: code, name, what it judges, how much it matters.

    \b
    Example:
      notegen rule list
    """
    known = list(pipeline.rules())
    if as_json:
        output.as_json(
            [
                {"code": r.code, "name": r.name, "subject": r.subject, "severity": r.severity, "summary": r.summary}
                for r in known
            ]
        )
        return
    output.table([(r.code, r.name, r.severity.value, r.summary) for r in known], ("code", "name", "level", "finds"))


@command.command("explain")
@click.argument("code")
@options.json_option
def explain(code: str, as_json: bool) -> None:
    """Print one rule's page of the manual: what it finds, why it matters, a bad and a good example.

    \b
    Examples:
      notegen rule explain N104
      notegen rule explain hedged-conditional
    """
    rule = pipeline.rules().get(code)
    if as_json:
        output.as_json(
            {"code": rule.code, "name": rule.name, "severity": rule.severity, "manual": cleandoc(rule.manual)}
        )
        return
    title = f"{rule.code} {rule.name} ({rule.severity.value}, judges {rule.subject})"
    click.echo(click.style(title, bold=True) if output.colourful() else title, color=True)
    click.echo()
    click.echo(cleandoc(rule.manual))
