"""What a specimen of a hand says: alphabets, marks, names and sums of a shop's notes, a paragraph of each script."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from notegen.hand import coverage, missing
from notegen.model.hand import Hand


class Sample(NamedTuple):
    """The texts of one script: its letters, a paragraph, and a few letters to write over and over."""

    letters: tuple[str, ...]
    paragraph: str
    often: str


SAMPLES: dict[str, Sample] = {
    "Latn": Sample(
        ("A B C D E F G H I J K L M N O P Q R S T U V W X Y Z", "a b c d e f g h i j k l m n o p q r s t u v w x y z"),
        "The quick brown fox jumps over the lazy dog, but you took 7 of the 24 miles on the old red bike all by "
        "yourself. Thank you for letting us fit it, and for the letter: it hangs by the till. See you in May?",
        "aegt",
    ),
    "Grek": Sample(
        (
            "Α Β Γ Δ Ε Ζ Η Θ Ι Κ Λ Μ Ν Ξ Ο Π Ρ Σ Τ Υ Φ Χ Ψ Ω",
            "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ ς τ υ φ χ ψ ω ά έ ή ί ό ύ ώ",
        ),
        "Αγαπητή Μαρία, ευχαριστούμε που διαλέξατε το μπλε ποδήλατο για τα δέκατα έκτα γενέθλια της κόρης σας. "
        "Ελάτε σε έξι εβδομάδες και θα το ρυθμίσουμε χωρίς χρέωση.",
        "αεω",
    ),
    "Cyrl": Sample(
        (
            "А Б В Г Д Е Ж З И К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Э Ю Я",
            "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я ґ є і ї ђ ј љ њ ћ џ",
        ),
        "Дорогая Мария Петровна, спасибо, что выбрали синий велосипед на шестнадцатый день рождения дочери. "
        "Приезжайте через шесть недель: настроим передачи бесплатно.",
        "адж",
    ),
    "Hebr": Sample(
        ("א ב ג ד ה ו ז ח ט י כ ך ל מ ם נ ן ס ע פ ף צ ץ ק ר ש ת",),
        "שרה יקרה, תודה שבחרת באופניים הכחולים ליום ההולדת של נועה. בואי בעוד שישה שבועות ונכוון את ההילוכים בחינם.",
        "אשל",
    ),
    "Arab": Sample(
        ("ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي",),
        "عزيزتي فاطمة، شكراً لاختيارك الدراجة الزرقاء لعيد ميلاد ابنتك. عودي بعد ستة أسابيع لضبط التروس مجاناً.",
        "عهي",
    ),
    "Deva": Sample(
        ("अ आ इ ई उ ऊ ए ऐ ओ औ क ख ग घ च छ ज झ ट ठ ड ढ ण", "त थ द ध न प फ ब भ म य र ल व श ष स ह १ २ ३ ४ ५ ६ ७ ८ ९"),
        "प्रिय सुनीता जी, नीली साइकिल चुनने के लिए धन्यवाद। बेटी को सोलहवें जन्मदिन की शुभकामनाएँ। "
        "छह हफ़्ते बाद आइए, गियर मुफ़्त में ठीक कर देंगे।",
        "अकम",
    ),
    "Jpan": Sample(
        (
            "あ い う え お か き く け こ さ し す せ そ た ち つ て と",
            "ア イ ウ エ オ カ キ ク 山 川 田 中 東 京 佐 藤 鈴 木 高 橋",
        ),
        "高橋みどり様、この度は青い自転車をお買い上げいただき、ありがとうございました。"
        "六週間後にお持ちいただければ、無料でギアを調整いたします。",
        "のあ東",
    ),
    "Hang": Sample(
        ("가 나 다 라 마 바 사 아 자 차 카 타 파 하 김 이 박 최 정", "강 조 윤 장 임 월 일 값 젊 은 꽃 밖 뷔 쉼 표"),
        "김민지 님께, 파란 자전거를 골라 주셔서 감사합니다. 따님의 열여섯 번째 생일을 진심으로 축하드립니다. "
        "6주 뒤에 오시면 기어를 무료로 봐 드립니다.",
        "가요님",
    ),
    "Hani": Sample(
        ("王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 林 郭 何 高 罗",),
        "王小姐，谢谢您为女儿的十六岁生日选了这辆蓝色的自行车。六个星期后请过来，我们免费为您调变速器。",
        "的谢您",
    ),
    "Thai": Sample(
        ("ก ข ค ง จ ช ซ ญ ด ต ถ ท ธ น บ ป ผ ฝ พ ฟ ภ ม ย ร ล ว ศ ส ห อ",),
        "ขอบคุณ ที่เลือก จักรยาน สีน้ำเงิน ให้ลูกสาว แล้วพบกัน ใหม่",
        "กนอ",
    ),
}
"""Specimen texts by script; a hand of another script shows its Latin letters alone, if it has them."""

DIGITS = "0 1 2 3 4 5 6 7 8 9   . , : ; ! ? ’ “ ” ( ) & @ % + – / # $ € £"
NAMES = "Zoë, François, Björn, Señor Núñez, Łukasz, Šárka, Søren, Ştefan, Ngô Thị Hạnh"
SUMS = "16 May 2026, 9:30   $1,249.50   3 × €12   No. 407   555-0142"
SENTENCE = "Thank you for coming in on Saturday."
TIMES = 12
"""How often a letter is written side by side."""


class Line(NamedTuple):
    """A part of a specimen: a text, and its x-height as a place between the hand's least (0) and greatest (1)."""

    text: str
    size: float


def lines(hand: Hand, facts: str) -> tuple[Line, ...]:
    """Return what a sheet about a hand says, from top to bottom, as far as the hand has the characters.

    `facts` is what is to be told of it below its title.
    """
    own = missing.characters(hand)
    whole = [one.script for one in coverage.covered(own)]
    meant = [script for script in hand.scripts if script in SAMPLES]
    latin = ["Latn"] if "Latn" in whole and "Latn" not in meant else []
    parts = [Line(hand.title, 1.3), Line(facts, 0.0)]
    parts += [Line(letters, 0.5) for script in [*meant, *latin] for letters in SAMPLES[script].letters]
    parts += [Line(DIGITS, 0.5), Line(NAMES, 0.5), Line(SUMS, 0.5)]
    parts += [Line(SAMPLES[script].paragraph, 0.5) for script in meant]
    first = SAMPLES[meant[0]].paragraph if meant and meant[0] != "Latn" else SENTENCE
    parts += [Line(_short(first), size) for size in (0.0, 0.5, 1.0)]
    parts += [Line(" ".join([letter] * TIMES), 1.0) for script in meant for letter in SAMPLES[script].often]
    written = [Line(_writable(part.text, own), part.size) for part in parts]
    return tuple(part for part in written if part.text.strip())


def _short(paragraph: str) -> str:
    """Return the beginning of a paragraph, up to its first comma or stop or thereabouts."""
    ends = [place for place in (paragraph.find(mark, 12) for mark in ".。,、，।") if place > 0]
    return paragraph[: min(ends, default=40) + 1]


def _writable(text: str, own: Set[str]) -> str:
    """Return a text without the words that have a character which the hand lacks."""
    words = text.split(" ")
    return " ".join(word for word in words if all(one in own or missing.is_silent(one) for one in word))
