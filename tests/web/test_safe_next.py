"""Where a login or a form may lead: paths of this site, nothing else (T12)."""

from __future__ import annotations

import pytest

from web.session import safe_next

OURS = (
    "/",
    "/admin/",
    "/arende/12",
    "/admin/case/?type=synpunkt-hjo&page=2",
    "/admin/case/edit/?id=3#svar",
    "/admin/units/?search=%C3%A5ldre+a:b",
    "/svar/abc_DEF-123~",
)
FOREIGN = (
    "", None, " ", "admin/", "evil.test", "//evil.test", "///evil.test", "////evil.test",
    "/\\evil.test", "\\/evil.test", "\\\\evil.test", "/%5c\\evil.test", "/a//evil.test",
    "http://evil.test", "https://evil.test", "http:evil.test", "https:evil.test",
    "https:/evil.test", "http:///evil.test", "http:\\\\evil.test", "HTTP://EVIL.TEST",
    "javascript:alert(1)", "data:text/html,x", "mailto:a@b.c", "ftp://evil.test", "vbscript:x",
    "file:///etc/passwd", " /admin", "\t//evil.test", "/\t/evil.test", "/\n/evil.test",
    "/\r/evil.test", "/\x00/evil.test", "\x0b//evil.test", "/admin\r\nSet-Cookie: a=b",
    "/admin\n", "/x y", "/å", "/\u2028", "/\u00a0/evil.test", "\ufeff/admin", "\u200b/admin",
    "?next=/", "#top", "@evil.test", ":80", "./admin", "../admin", "/" + "a" * 3000,
    "//evil.test/%2f..", "//user:pass@evil.test", "//[::1]/", "//127.0.0.1",
    "//evil.test:443/admin",
)  # fmt: skip


@pytest.mark.parametrize("target", OURS)
def test_a_path_of_this_site_is_kept(target):
    assert safe_next(target) == target


@pytest.mark.parametrize("target", FOREIGN)
def test_anything_else_is_dropped(target):
    assert safe_next(target) is None
