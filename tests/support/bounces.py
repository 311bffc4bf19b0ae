"""Bounces as mail servers write them, about any mail."""

from __future__ import annotations

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: synpunkten@hjo.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={report}; boundary="GRANS"

This is a MIME-encapsulated message.

--GRANS
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--GRANS
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4Zt0

Final-Recipient: rfc822; {final}
{original}Action: {action}
Status: {status}
Remote-MTA: dns; in.example.org
Diagnostic-Code: smtp; {said}

{returned}
--GRANS--
"""
WHOLE = """\
--GRANS
Content-Description: Undelivered Message
Content-Type: message/rfc822

Return-Path: <synpunkten@hjo.example>
From: Hjo kommun <synpunkten@hjo.example>
To: Berit Ek <berit@example.org>
Subject: =?utf-8?q?Svar_p=C3=A5_synpunkt?=
Message-ID: {message_id}

Hej Berit!
"""
HEADERS = """\
--GRANS
Content-Type: text/rfc822-headers

Received: from gensvar by mx.example.org
Message-ID: {message_id}
Subject: Svar
"""


def bounce(
    message_id: str,
    *,
    final: str = "berit@example.org",
    original: str = "",
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "550 5.1.1 <berit@example.org>: Recipient address rejected",
    report: str = "delivery-status",
    returned: str = WHOLE,
) -> bytes:
    """One report about the mail with this Message-ID, as Postfix writes it."""
    text = POSTFIX.format(
        report=report,
        final=final,
        original=f"Original-Recipient: rfc822;{original}\n" if original else "",
        action=action,
        status=status,
        said=said,
        returned=returned.format(message_id=message_id),
    )
    return text.replace("\n", "\r\n").encode()


def without_return(message_id: str, header: str = "In-Reply-To") -> bytes:
    """A report that returns nothing of the mail, and only says which one it answers."""
    raw = bounce(message_id, returned="")
    return f"{header}: {message_id}\r\n".encode() + raw


def automatic_reply(message_id: str) -> bytes:
    """What a person on holiday sends."""
    return (
        f"From: Berit Ek <berit@example.org>\r\nIn-Reply-To: {message_id}\r\n"
        "Auto-Submitted: auto-replied\r\nSubject: Semester\r\n\r\nJag är borta.\r\n"
    ).encode()
