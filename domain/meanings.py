"""Meanings of choices. Rules ask for these, so that labels stay free (ärendetyper are data)."""

from enum import StrEnum


class Meaning(StrEnum):
    """`list:meaning`. A choice without a meaning is only a label."""

    CHANNEL_LETTER = "channel:letter"
    CHANNEL_WEB = "channel:web"
    CONTACT_EMAIL = "contact:email"
    CONTACT_LETTER = "contact:letter"
    CONTACT_PHONE = "contact:phone"
    CONTACT_NONE = "contact:none"
    CONTACT_ALREADY_ANSWERED = "contact:already-answered"
    ORIGIN_EXTERNAL = "origin:external"
    ORIGIN_INTERNAL = "origin:internal"
    PUBLISH_NO = "publish:no"
    PUBLISH_YES = "publish:yes"
    STATUS_NEW = "status:new"
    STATUS_ACKNOWLEDGED = "status:acknowledged"
    STATUS_ANSWERED = "status:answered"
    STATUS_NO_ANSWER = "status:no-answer"
    TYPE_COMPLAINT = "type:complaint"
    TYPE_INTERNAL = "type:internal"
    TYPE_NOT_OURS = "type:not-ours"
    TYPE_PRAISE = "type:praise"
    WORKFLOW_FAULT_REPORT = "workflow:fault-report"
    WORKFLOW_FEEDBACK = "workflow:feedback"
