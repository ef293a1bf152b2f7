"""Which addresses lead to the network."""

from __future__ import annotations

from handlers.readers.word.parts import reaches_network
from tests.each_case import each_case


@each_case(
    "target",
    [
        "http://evil.example/x.dotm",
        "HTTPS://evil.example/x",
        "ftp://evil.example/x",
        "h\tt\ntp://evil.example/x",
        "%68ttp://evil.example/x",
        "\\\\server\\share\\x.dotm",
        "%5C%5Cserver%5Cshare",
        "//server/share/x.dotm",
        "file://server/share/x.dotm",
        "file:////server/share/x.dotm",
        "file://///server/share/x.dotm",
        "file:\\\\server\\share\\x.dotm",
        "file:///\\\\server\\share\\x.dotm",
        "\\\\?\\UNC\\server\\share",
        "\\??\\UNC\\server\\share",
        "mhtml:http://evil.example/x!y",
        "ms-word:ofe|u|http://evil.example/x",
        "x-something:y",
    ],
)
def test_these_do(target: str) -> None:
    assert reaches_network(target)


@each_case(
    "target",
    [
        "file:///C:\\Users\\a\\AppData\\Normal.dotm",
        "file:///C:/Templates/Normal.dotm",
        "file:///C:%5CTemplates%5CNormal.dotm",
        "file://localhost/C:/Templates/Normal.dotm",
        "file://C:/Templates/Normal.dotm",
        "file:///Users/a/Normal.dotm",
        "C:\\Templates\\Normal.dotm",
        "\\\\?\\C:\\Templates\\Normal.dotm",
        "H:\\Normal.dotm",
        "Normal.dotm",
        "../media/image1.png",
        "/word/media/image1.png",
        "",
        "NULL",
    ],
)
def test_these_do_not(target: str) -> None:
    assert not reaches_network(target)
